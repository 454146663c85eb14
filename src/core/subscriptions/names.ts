import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

/** What subscriptions are called by: their plans' names. */
export async function namesOfSubscriptions(ctx: BusinessCtx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await from(ctx, 'subscriptions')
    .innerJoin('products', (join) =>
      join
        .onRef('products.business_id', '=', 'subscriptions.business_id')
        .onRef('products.product_id', '=', 'subscriptions.product_id'),
    )
    .select(['subscriptions.subscription_id', 'products.name'])
    .where('subscriptions.subscription_id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map(({ subscription_id, name }) => [subscription_id, name]))
}
