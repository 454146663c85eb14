import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { metadataInput } from '#api/input/metadata.ts'
import { email, phoneNumber, text } from '#api/input/text.ts'
import { createCustomer } from '#core/customers/create-customer.ts'
import { customerSchema, customerToWire } from '#wire/customer.ts'

export const createCustomerBody = z
  .object({
    email: email(),
    name: text({ max: 250 }).openapi({ example: 'Mara Lind' }),
    phone_number: phoneNumber().nullish(),
    metadata: metadataInput.optional(),
  })
  .openapi('CreateCustomer')

export const createCustomerEndpoint = endpoint(
  {
    method: 'post',
    path: '/customers',
    operation: 'createCustomer',
    noun: 'Customers',
    summary: 'Create a customer',
    description: 'Several customers may share an address; the oldest of them is found by it.',
    body: createCustomerBody,
    example: { email: 'mara@example.com', name: 'Mara Lind', metadata: { source: 'pricing-page' } },
    answer: customerSchema,
  },
  async (ctx, { body }) => customerToWire(await createCustomer(ctx, body)),
)
