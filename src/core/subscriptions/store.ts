// Writes and locks of subscriptions. Every change moves `version`, so that a decision made on older facts can be refused.

import { type Selectable, sql, type Updateable, type UpdateObject } from 'kysely'
import { from, on, owned, update } from '#core/scope.ts'
import { updateRows } from '#core/together/rows.ts'
import { inOrder, isShared, leaveCompany, together } from '#core/together/together.ts'
import type { DB } from '#db/schema.ts'
import { type BusinessCtx, holdClaim } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export type Subscription = Selectable<DB['subscriptions']>
export type SubscriptionAddon = Selectable<DB['subscription_addons']> &
  Pick<Selectable<DB['addons']>, 'name' | 'tax_category'>

export async function lockSubscription(ctx: BusinessCtx, subscription_id: string): Promise<Subscription> {
  const subscription = await together(ctx, lockSubscriptions, subscription_id)
  if (subscription === undefined) leaveCompany(ctx)
  if (subscription === undefined) throw notFound('subscription')
  holdClaim(ctx, 'subscriptions', subscription)
  return subscription
}

/** Whoever travels with others waits for nobody. */
async function lockSubscriptions(ctx: BusinessCtx, ids: readonly string[]): Promise<(Subscription | undefined)[]> {
  const query = from(ctx, 'subscriptions')
    .selectAll()
    .where(sql<boolean>`subscription_id = any(${ids})`)
    .orderBy('subscription_id')
    .forUpdate()
  const rows = await (isShared(ctx) ? query.skipLocked() : query).execute()
  return inOrder(ids, rows, (row) => row.subscription_id)
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

/** The same, with values alone: of several at once where they travel together. */
export async function moveSubscription(
  ctx: BusinessCtx,
  subscription_id: string,
  change: Updateable<DB['subscriptions']>,
): Promise<Subscription> {
  return together(ctx, moveSubscriptions, { subscription_id, ...change, updated_at: ctx.clock.now() })
}

async function moveSubscriptions(
  ctx: BusinessCtx,
  changes: readonly (Updateable<DB['subscriptions']> & { subscription_id: string })[],
): Promise<Subscription[]> {
  const version = sql`kept.version + 1`
  const rows = await updateRows(ctx, 'subscriptions', 'subscription_id', changes, { version })
  return inOrder(
    changes.map(({ subscription_id }) => subscription_id),
    rows,
    (row) => row.subscription_id,
  ) as Subscription[]
}

export async function readAddons(ctx: BusinessCtx, subscription_id: string): Promise<SubscriptionAddon[]> {
  return from(ctx, 'subscription_addons')
    .innerJoin('addons', on('addons.addon_id', 'subscription_addons.addon_id'))
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
