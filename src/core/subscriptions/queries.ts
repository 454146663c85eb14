import { sql } from 'kysely'
import { type CreditInCart, readCreditCart } from '#core/credit-entitlements/credit-cart.ts'
import { type DiscountDetail, discountsOfSubscription } from '#core/discounts/details.ts'
import { offsetOf, type Page } from '#core/paging.ts'
import { from, type Scope } from '#core/scope.ts'
import type { SubscriptionPeriod } from '#core/subscriptions/periods.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import type { SubscriptionMeter } from '#core/usage/subscription-meters.ts'
import { compileOnce } from '#db/compile-once.ts'
import type { Facts, PlanItem } from '#db/json-types.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'
import { withPlan } from './with-plan.ts'

export { readItems, type SubscriptionItem } from '#core/subscriptions/lines.ts'
export { type NextPayment, readNextPayments } from '#core/subscriptions/next-payments.ts'
export type { SubscriptionPeriod } from '#core/subscriptions/periods.ts'
export type { Subscription } from '#core/subscriptions/store.ts'

/** A subscription with what every list of them shows. */
export type SubscriptionListed = Subscription & {
  product_name: string
  product_description: string | null
  /** Of its product; null for the primary one. */
  brand_id: string | null
  /** When it was taken from sale. */
  product_archived_at: Temporal.Instant | null
  /** Its running period is the trial. */
  in_trial: boolean
  addons: { addon_id: string; quantity: number }[]
  scheduled_change: ScheduledChange | null
  meters: SubscriptionMeter[]
  /** In the order they apply. */
  discounts: DiscountDetail[]
}

/** A plan change that waits for the next billing date. */
export interface ScheduledChange {
  change_id: string
  product_id: string
  product_name: string
  product_description: string | null
  quantity: number
  /** At the prices shown when it was chosen. */
  items: PlanItem[]
  created_at: Temporal.Instant
  effective_at: Temporal.Instant
}

/** With the credits it grants and what its customer holds of them. */
export type SubscriptionWhole = SubscriptionListed & { credits: CreditInCart[] }

export async function getSubscription(ctx: BusinessCtx, subscription_id: string): Promise<SubscriptionWhole> {
  const [subscription] = await subscriptionsById(ctx.db, ctx.business.business_id, subscription_id)
  if (subscription === undefined) throw notFound('subscription')
  return { ...readTimes(subscription), credits: await readCreditCart(ctx, subscription_id) }
}

const subscriptionsById = compileOnce((db, business_id: string, subscription_id: string) =>
  listed({ db, business: { business_id } }).where('subscriptions.subscription_id', '=', subscription_id),
)

export interface SubscriptionFilter {
  /** Of its product; null: the primary one. */
  brand_id?: string | null | undefined
  customer_id?: string
  product_id?: string
  status?: Subscription['status']
  statuses?: readonly Subscription['status'][]
  cancel_at_next_billing_date?: boolean
  /** It pays by a meter. */
  metered?: true
  /** Credit waits for its next invoice, or something too small to be charged. */
  holds_amounts?: true
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
  if (filter.brand_id !== undefined) query = query.where('products.brand_id', 'is not distinct from', filter.brand_id)
  if (filter.metered) query = query.where(isMetered)
  if (filter.holds_amounts) query = query.where(holdsAmounts)
  if (filter.created_at_gte !== undefined) query = query.where('subscriptions.created_at', '>=', filter.created_at_gte)
  if (filter.created_at_lte !== undefined) query = query.where('subscriptions.created_at', '<=', filter.created_at_lte)
  const rows = await query
    .orderBy('subscriptions.created_at', 'desc')
    .orderBy('subscriptions.subscription_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
  return rows.map(readTimes)
}

const isMetered = sql<boolean>`exists (select from subscription_meters m where m.business_id = subscriptions.business_id
  and m.subscription_id = subscriptions.subscription_id and m.removed_at is null)`

const holdsAmounts = sql<boolean>`(subscriptions.credit_balance > 0 or exists (select from carried_amounts c
  where c.business_id = subscriptions.business_id and c.subscription_id = subscriptions.subscription_id
    and c.waived_at is null))`

/** What needs attention first, then what runs, then what is over; inside each the newest first. A purchase never paid is not among them. */
export async function listInReadingOrder(
  ctx: BusinessCtx,
  customer_id: string,
  page: Page,
): Promise<SubscriptionListed[]> {
  const rows = await listed(ctx)
    .where('subscriptions.customer_id', '=', customer_id)
    .where('subscriptions.status', 'not in', ['pending', 'failed'])
    .orderBy(sql`case when subscriptions.status in ('on_hold', 'past_due') then 0 when subscriptions.status = 'active' then 1
      when subscriptions.status = 'paused' then 2 else 3 end`)
    .orderBy('subscriptions.created_at', 'desc')
    .orderBy('subscriptions.subscription_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
  return rows.map(readTimes)
}

/** How many a customer has of each status. */
export async function countByStatus(
  ctx: BusinessCtx,
  customer_id: string,
): Promise<Map<Subscription['status'], number>> {
  const rows = await from(ctx, 'subscriptions')
    .select(['status', (eb) => eb.fn.countAll<number>().as('count')])
    .where('customer_id', '=', customer_id)
    .groupBy('status')
    .execute()
  return new Map(rows.map(({ status, count }) => [status, Number(count)]))
}

function listed(ctx: Scope) {
  return withPlan(ctx)
    .selectAll('subscriptions')
    .select(['products.name as product_name', 'products.description as product_description'])
    .select(['products.archived_at as product_archived_at', 'products.brand_id'])
    .select(
      sql<SubscriptionListed['addons']>`coalesce(
        (select json_agg(json_build_object('addon_id', a.addon_id, 'quantity', a.quantity) order by a.addon_id)
          from subscription_addons a
          where a.business_id = subscriptions.business_id and a.subscription_id = subscriptions.subscription_id),
        '[]')`.as('addons'),
    )
    .select(
      sql<SubscriptionMeter[]>`coalesce(
        (select json_agg(json_build_object('meter_id', m.meter_id, 'name', m.name, 'description', m.description,
                  'measurement_unit', m.measurement_unit, 'price_per_unit', sm.price_per_unit::text,
                  'free_threshold', sm.free_threshold, 'credit_entitlement_id', sm.credit_entitlement_id,
                  'meter_units_per_credit', sm.meter_units_per_credit::text) order by sm.position)
           from subscription_meters sm join meters m using (business_id, meter_id)
          where sm.business_id = subscriptions.business_id and sm.subscription_id = subscriptions.subscription_id
            and sm.removed_at is null),
        '[]')`.as('meters'),
    )
    .select(
      sql<ScheduledInJson | null>`(
        select json_build_object('change_id', c.change_id, 'product_id', c.product_id, 'product_name', p.name,
                 'product_description', p.description, 'quantity', c.quantity, 'items', c.items,
                 'created_at', c.created_at, 'effective_at', c.effective_at)
          from plan_changes c join products p using (business_id, product_id)
         where c.business_id = subscriptions.business_id and c.subscription_id = subscriptions.subscription_id
           and c.status = 'scheduled')`.as('scheduled_change'),
    )
    .select(
      sql<boolean>`exists (select from subscription_periods t where t.business_id = subscriptions.business_id
        and t.subscription_id = subscriptions.subscription_id and t.period_start = subscriptions.previous_billing_date
        and t.kind = 'trial')`.as('in_trial'),
    )
    .select(discountsOfSubscription().as('discounts'))
}

/** Inside JSON, times are text. */
type ScheduledInJson = Omit<ScheduledChange, 'created_at' | 'effective_at'> &
  Record<'created_at' | 'effective_at', string>

function readTimes<Row extends { scheduled_change: ScheduledInJson | null }>({ scheduled_change, ...row }: Row) {
  if (scheduled_change === null) return { ...row, scheduled_change: null }
  const created_at = Temporal.Instant.from(scheduled_change.created_at)
  const effective_at = Temporal.Instant.from(scheduled_change.effective_at)
  return { ...row, scheduled_change: { ...scheduled_change, created_at, effective_at } }
}

/** The periods of a subscription, oldest first. */
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
  details: Facts
  occurred_at: Temporal.Instant
}

/** What was done to a subscription besides paying for it, of the actions named; newest first. */
export async function listDeeds(
  ctx: BusinessCtx,
  subscription_id: string,
  actions: readonly string[],
  limit: number,
): Promise<TimelineEntry[]> {
  return from(ctx, 'audit_entries')
    .select(['action', 'actor_type', 'details', 'occurred_at'])
    .where('resource_id', '=', subscription_id)
    .where('action', 'in', [...actions])
    .orderBy('occurred_at', 'desc')
    .orderBy('audit_id', 'desc')
    .limit(limit)
    .execute()
}
