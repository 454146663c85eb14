import { endpoint } from '#api/endpoint.ts'
import { getCreditBalance } from '#core/credit-entitlements/queries.ts'
import { creditBalanceSchema, creditBalanceToWire } from '#wire/credit-balance.ts'

export const retrieveCreditBalanceEndpoint = endpoint(
  {
    method: 'get',
    path: '/credit-entitlements/{credit_entitlement_id}/balances/{customer_id}',
    operation: 'retrieveCreditBalance',
    noun: 'Credits',
    summary: 'Retrieve what a customer holds of a credit',
    answer: creditBalanceSchema,
  },
  async (ctx, { params }) => creditBalanceToWire(await getCreditBalance(ctx, params)),
)
