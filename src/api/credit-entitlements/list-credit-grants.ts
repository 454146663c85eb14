import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { pageParams } from '#api/input/query.ts'
import { getCreditBalance, listCreditGrants } from '#core/credit-entitlements/queries.ts'
import { creditGrantSchema, creditGrantToWire } from '#wire/credit-balance.ts'
import { listSchema } from '#wire/list.ts'

export const listCreditGrantsQuery = z.object({
  ...pageParams,
  status: z.enum(['active', 'expired', 'depleted']).optional(),
})

export const listCreditGrantsEndpoint = endpoint(
  {
    method: 'get',
    path: '/credit-entitlements/{credit_entitlement_id}/balances/{customer_id}/grants',
    operation: 'listCreditGrants',
    noun: 'Credits',
    summary: 'List the grants a balance is made of',
    query: listCreditGrantsQuery,
    answer: listSchema(creditGrantSchema),
  },
  async (ctx, { params, query: { status, ...page } }) => {
    await getCreditBalance(ctx, params)
    const grants = await listCreditGrants(ctx, params, status, page)
    const now = ctx.clock.now()
    return { items: grants.map((grant) => creditGrantToWire(grant, now)) }
  },
)
