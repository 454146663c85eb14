import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { booleanParam, pageParams } from '#api/input/query.ts'
import { listCreditEntitlements } from '#core/credit-entitlements/queries.ts'
import { creditEntitlementSchema, creditEntitlementToWire } from '#wire/credit-entitlement.ts'
import { listSchema } from '#wire/list.ts'

export const listCreditEntitlementsQuery = z.object({
  ...pageParams,
  deleted: booleanParam('Those that were deleted, instead of the others'),
})

export const listCreditEntitlementsEndpoint = endpoint(
  {
    method: 'get',
    path: '/credit-entitlements',
    operation: 'listCreditEntitlements',
    noun: 'Credits',
    summary: 'List credit entitlements',
    query: listCreditEntitlementsQuery,
    answer: listSchema(creditEntitlementSchema),
  },
  async (ctx, { query: { deleted = false, ...page } }) => {
    const found = await listCreditEntitlements(ctx, deleted, page)
    return { items: found.map(creditEntitlementToWire) }
  },
)
