import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { pageParams } from '#api/input/query.ts'
import { id } from '#api/input/text.ts'
import { getCreditEntitlement, listCreditBalances } from '#core/credit-entitlements/queries.ts'
import { creditBalanceSchema, creditBalanceToWire } from '#wire/credit-balance.ts'
import { listSchema } from '#wire/list.ts'

export const listCreditBalancesQuery = z.object({
  ...pageParams,
  customer_id: id().optional().openapi({ description: 'Only this customer’s' }),
})

export const listCreditBalancesEndpoint = endpoint(
  {
    method: 'get',
    path: '/credit-entitlements/{credit_entitlement_id}/balances',
    operation: 'listCreditBalances',
    noun: 'Credits',
    summary: 'List who holds a credit',
    query: listCreditBalancesQuery,
    answer: listSchema(creditBalanceSchema),
  },
  async (ctx, { params: { credit_entitlement_id }, query: { customer_id, ...page } }) => {
    await getCreditEntitlement(ctx, credit_entitlement_id)
    const balances = await listCreditBalances(ctx, { credit_entitlement_id, customer_id }, page)
    return { items: balances.map(creditBalanceToWire) }
  },
)
