import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { booleanParam, pageParams } from '#api/input/query.ts'
import { listMeters } from '#core/usage/queries.ts'
import { listSchema } from '#wire/list.ts'
import { meterSchema, meterToWire } from '#wire/meter.ts'

export const listMetersQuery = z.object({ ...pageParams, archived: booleanParam('The archived ones instead') })

export const listMetersEndpoint = endpoint(
  {
    method: 'get',
    path: '/meters',
    operation: 'listMeters',
    noun: 'Meters',
    summary: 'List meters',
    query: listMetersQuery,
    answer: listSchema(meterSchema),
  },
  async (ctx, { query }) => ({ items: (await listMeters(ctx, query.archived ?? false, query)).map(meterToWire) }),
)
