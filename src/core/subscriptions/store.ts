// Writes and locks of subscriptions. Every change moves `version`, so that a decision made on older facts can be refused.

import { type Selectable, sql, type UpdateObject } from 'kysely'
import { from, update } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export type Subscription = Selectable<DB['subscriptions']>
export type SubscriptionAddon = Selectable<DB['subscription_addons']> & { name: string }

export async function lockSubscription(ctx: BusinessCtx, subscription_id: string): Promise<Subscription> {
  const subscription = await from(ctx, 'subscriptions')
    .selectAll()
    .where('subscription_id', '=', subscription_id)
    .forUpdate()
    .executeTakeFirst()
  if (subscription === undefined) throw notFound('subscription')
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
    .select('addons.name')
    .where('subscription_id', '=', subscription_id)
    .orderBy('subscription_addons.addon_id')
    .execute()
}

export async function recordPeriod(
  ctx: BusinessCtx,
  period: {
    subscription_id: string
    period_start: Temporal.Instant
    period_end: Temporal.Instant
    kind: 'trial' | 'paid'
    dues_id: string | null
  },
): Promise<void> {
  await ctx.db
    .insertInto('subscription_periods')
    .values({ business_id: ctx.business.business_id, ...period })
    .execute()
}

/** The billing date was moved: the current period ends then, longer or shorter than it was. */
export async function moveCurrentPeriodEnd(
  ctx: BusinessCtx,
  subscription_id: string,
  period_end: Temporal.Instant,
): Promise<void> {
  await sql`
    update subscription_periods set period_end = ${period_end}
    where business_id = ${ctx.business.business_id} and subscription_id = ${subscription_id} and period_start =
      (select max(period_start) from subscription_periods
       where business_id = ${ctx.business.business_id} and subscription_id = ${subscription_id})
  `.execute(ctx.db)
}
