import type { BusinessCtx } from '#src/context.ts'
import { withPlan } from './with-plan.ts'

/** What subscriptions are called by: their plans' names. */
export async function namesOfSubscriptions(ctx: BusinessCtx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await withPlan(ctx)
    .select(['subscriptions.subscription_id', 'products.name'])
    .where('subscriptions.subscription_id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map(({ subscription_id, name }) => [subscription_id, name]))
}
