import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { metadataInput } from '#api/input/metadata.ts'
import { email, phoneNumber, text } from '#api/input/text.ts'
import { updateCustomer } from '#core/customers/update-customer.ts'
import { customerSchema, customerToWire } from '#wire/customer.ts'

export const updateCustomerBody = z
  .object({
    email: email().nullish(),
    name: text({ max: 250 }).nullish().openapi({ example: 'Mara Lind' }),
    phone_number: phoneNumber().nullish().openapi({ description: 'null clears it' }),
    metadata: metadataInput.nullish().openapi({ description: 'Replaces all of it' }),
  })
  .openapi('UpdateCustomer')

export const updateCustomerEndpoint = endpoint(
  {
    method: 'patch',
    path: '/customers/{customer_id}',
    operation: 'updateCustomer',
    noun: 'Customers',
    summary: 'Update a customer',
    description: 'What is left out stays as it is.',
    body: updateCustomerBody,
    example: { name: 'Mara Lind-Okafor' },
    answer: customerSchema,
  },
  async (ctx, { params, body }) => {
    const { email, name, phone_number, metadata } = body
    const change = {
      ...(email ? { email } : {}),
      ...(name ? { name } : {}),
      ...(phone_number === undefined ? {} : { phone_number }),
      ...(metadata ? { metadata } : {}),
    }
    return customerToWire(await updateCustomer(ctx, params.customer_id, change))
  },
)
