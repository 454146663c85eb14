import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { listCreditBalances } from '#core/credit-entitlements/queries.ts'
import { getCustomer } from '#core/customers/queries.ts'

const customerCreditsSchema = z
  .object({
    items: z.array(
      z.object({
        credit_entitlement_id: z.string(),
        name: z.string(),
        description: z.string().nullable(),
        unit: z.string(),
        balance: z.string(),
        overage: z.string(),
      }),
    ),
  })
  .openapi('CustomerCredits')

export type WireCustomerCredits = z.output<typeof customerCreditsSchema>

export const listCustomerCreditsEndpoint = endpoint(
  {
    method: 'get',
    path: '/customers/{customer_id}/credit-entitlements',
    operation: 'listCustomerCredits',
    noun: 'Credits',
    summary: 'List the credits of a customer',
    answer: customerCreditsSchema,
  },
  async (ctx, { params: { customer_id } }) => {
    await getCustomer(ctx, customer_id)
    const balances = await listCreditBalances(ctx, { customer_id }, { page_number: 0, page_size: 1_000 })
    return {
      items: balances.map(({ credit_entitlement_id, name, description, unit, balance, overage }) => {
        return { credit_entitlement_id, name, description, unit, balance, overage }
      }),
    }
  },
)
