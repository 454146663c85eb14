// Writes and locks of subscriptions. Every change moves `version`, so that a decision made on older facts can be refused.

import { type Selectable, sql, type UpdateObject } from 'kysely'
import { from, owned, update } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import { type BusinessCtx, holdClaim } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export type Subscription = Selectable<DB['subscriptions']>
export type SubscriptionAddon = Selectable<DB['subscription_addons']> &
  Pick<Selectable<DB['addons']>, 'name' | 'tax_category'>

export async function lockSubscription(ctx: BusinessCtx, subscription_id: string): Promise<Subscription> {
  const subscription = await from(ctx, 'subscriptions')
    .selectAll()
    .where('subscription_id', '=', subscription_id)
    .forUpdate()
    .executeTakeFirst()
  if (subscription === undefined) throw notFound('subscription')
  holdClaim(ctx, 'subscriptions', subscription)
  return subscription
}

export async function updateSubscriptionRow(
  ctx: BusinessCtx,
  subscription_id: string,
  change: UpdateObject<DB, 'subscriptions'>,
): Promise<Subscription> {
  return update(ctx, 'subscriptions')
    .set({ ...change, version: sql<number>`version + 1`, updated_at: ctx.clock.now() })
    .where('subscription_id', '=', subscription_id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function readAddons(ctx: BusinessCtx, subscription_id: string): Promise<SubscriptionAddon[]> {
  return from(ctx, 'subscription_addons')
    .innerJoin('addons', (join) =>
      join
        .onRef('addons.business_id', '=', 'subscription_addons.business_id')
        .onRef('addons.addon_id', '=', 'subscription_addons.addon_id'),
    )
    .selectAll('subscription_addons')
    .select(['addons.name', 'addons.tax_category'])
    .where('subscription_id', '=', subscription_id)
    .orderBy('subscription_addons.addon_id')
    .execute()
}

/** The add-ons of a subscription become exactly these. */
export async function writeAddons(
  ctx: BusinessCtx,
  subscription_id: string,
  addons: readonly { addon_id: string; quantity: number; unit_price: number }[],
): Promise<void> {
  await ctx.db
    .deleteFrom('subscription_addons')
    .where('business_id', '=', ctx.business.business_id)
    .where('subscription_id', '=', subscription_id)
    .execute()
  if (addons.length === 0) return
  const rows = addons.map(({ addon_id, quantity, unit_price }) => ({ addon_id, quantity, unit_price }))
  await ctx.db
    .insertInto('subscription_addons')
    .values(rows.map((row) => ({ ...owned(ctx), subscription_id, ...row })))
    .execute()
}

/** Credit was granted, taken or released. The ledger's entries sum to the balance. */
export async function addToCreditBalance(ctx: BusinessCtx, subscription_id: string, amount: number): Promise<void> {
  const credit_balance = sql<number>`credit_balance + ${amount}`
  await updateSubscriptionRow(ctx, subscription_id, { credit_balance })
}
