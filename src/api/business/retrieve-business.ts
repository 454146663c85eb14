import { endpoint } from '#api/endpoint.ts'
import { getSettings } from '#core/businesses/queries.ts'
import { businessSchema, businessToWire } from '#wire/business.ts'

export const retrieveBusinessEndpoint = endpoint(
  {
    method: 'get',
    path: '/portico/business',
    operation: 'retrieveBusiness',
    noun: 'Business',
    summary: 'Retrieve the business',
    description: 'Who it is, in both modes, and what it allows its customers, in this one.',
    answer: businessSchema,
  },
  async (ctx) => businessToWire(ctx.business, await getSettings(ctx)),
)
