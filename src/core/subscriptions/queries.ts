import { type Selectable, sql } from 'kysely'
import { offsetOf, type Page } from '#core/paging.ts'
import { from } from '#core/scope.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export { readItems, type SubscriptionItem } from '#core/subscriptions/lines.ts'
export type { Subscription } from '#core/subscriptions/store.ts'

/** A subscription with what every list of them shows. */
export type SubscriptionListed = Subscription & {
  product_name: string
  product_description: string | null
  addons: { addon_id: string; quantity: number }[]
}

export async function getSubscription(ctx: BusinessCtx, subscription_id: string): Promise<SubscriptionListed> {
  const subscription = await listed(ctx).where('subscriptions.subscription_id', '=', subscription_id).executeTakeFirst()
  if (subscription === undefined) throw notFound('subscription')
  return subscription
}

export interface SubscriptionFilter {
  customer_id?: string
  product_id?: string
  status?: Subscription['status']
  statuses?: readonly Subscription['status'][]
  cancel_at_next_billing_date?: boolean
  created_at_gte?: Temporal.Instant
  created_at_lte?: Temporal.Instant
}

export async function listSubscriptions(
  ctx: BusinessCtx,
  filter: SubscriptionFilter,
  page: Page,
): Promise<SubscriptionListed[]> {
  let query = listed(ctx)
  if (filter.customer_id !== undefined) query = query.where('subscriptions.customer_id', '=', filter.customer_id)
  if (filter.product_id !== undefined) query = query.where('subscriptions.product_id', '=', filter.product_id)
  if (filter.status !== undefined) query = query.where('subscriptions.status', '=', filter.status)
  if (filter.statuses !== undefined) query = query.where('subscriptions.status', 'in', [...filter.statuses])
  if (filter.cancel_at_next_billing_date !== undefined) {
    query = query.where('cancel_at_next_billing_date', '=', filter.cancel_at_next_billing_date)
  }
  if (filter.created_at_gte !== undefined) query = query.where('subscriptions.created_at', '>=', filter.created_at_gte)
  if (filter.created_at_lte !== undefined) query = query.where('subscriptions.created_at', '<=', filter.created_at_lte)
  return query
    .orderBy('subscriptions.created_at', 'desc')
    .orderBy('subscriptions.subscription_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
}

function listed(ctx: BusinessCtx) {
  return from(ctx, 'subscriptions')
    .innerJoin('products', (join) =>
      join
        .onRef('products.business_id', '=', 'subscriptions.business_id')
        .onRef('products.product_id', '=', 'subscriptions.product_id'),
    )
    .selectAll('subscriptions')
    .select(['products.name as product_name', 'products.description as product_description'])
    .select(
      sql<SubscriptionListed['addons']>`coalesce(
        (select json_agg(json_build_object('addon_id', a.addon_id, 'quantity', a.quantity) order by a.addon_id)
          from subscription_addons a
          where a.business_id = subscriptions.business_id and a.subscription_id = subscriptions.subscription_id),
        '[]')`.as('addons'),
    )
}

export type SubscriptionPeriod = Selectable<DB['subscription_periods']>

/** The periods of a subscription, oldest first: they tile its life. */
export async function listPeriods(ctx: BusinessCtx, subscription_id: string): Promise<SubscriptionPeriod[]> {
  return from(ctx, 'subscription_periods')
    .selectAll()
    .where('subscription_id', '=', subscription_id)
    .orderBy('period_start')
    .execute()
}

export interface TimelineEntry {
  action: string
  actor_type: string
  occurred_at: Temporal.Instant
}

/** What was done to a subscription besides paying for it, newest first. */
export async function listDeeds(ctx: BusinessCtx, subscription_id: string, limit: number): Promise<TimelineEntry[]> {
  return from(ctx, 'audit_entries')
    .select(['action', 'actor_type', 'occurred_at'])
    .where('resource_id', '=', subscription_id)
    .orderBy('occurred_at', 'desc')
    .orderBy('audit_id', 'desc')
    .limit(limit)
    .execute()
}
