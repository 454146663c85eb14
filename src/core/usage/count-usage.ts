// What usage adds up to: for each subscription that pays by a meter one row an hour, cut where a billing period begins. Reading a period
// adds up those rows, however many events there were.
import { sql } from 'kysely'
import { type Decimal, formatDecimal, ONE } from '#billing/decimal.ts'
import { boundariesUntil, bucketOf, countedAt } from '#billing/usage.ts'
import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface Counted {
  event_id: string
  customer_id: string
  meter_id: string
  occurred_at: Temporal.Instant
  /** Undefined where only the event itself is counted. */
  units: Decimal | undefined
}

/** Who pays by a meter, since when, and where its next periods begin. */
interface Payer {
  subscription_id: string
  billed_until: Temporal.Instant
  boundaries: Temporal.Instant[]
}

interface Bucket {
  subscription_id: string
  meter_id: string
  bucket_start: Temporal.Instant
  events: number
  total: Decimal
  highest: Decimal
  last: Counted
}

/** Called with events that were not known before, in their transaction. */
export async function countUsage(ctx: BusinessCtx, counted: readonly Counted[]): Promise<void> {
  if (counted.length === 0) return
  const payers = await lockPayers(ctx, counted)
  const buckets = new Map<string, Bucket>()
  for (const event of counted) {
    for (const payer of payers.get(`${event.customer_id} ${event.meter_id}`) ?? []) add(buckets, payer, event)
  }
  if (buckets.size > 0) await addToRollups(ctx, [...buckets.values()])
}

/**
 * The subscriptions whose usage this is. Billing waits until these rows are free again and reads what was counted, so that nothing is
 * counted into a time that was billed already.
 */
async function lockPayers(ctx: BusinessCtx, counted: readonly Counted[]): Promise<Map<string, Payer[]>> {
  const distinct = (key: 'customer_id' | 'meter_id') => [...new Set(counted.map((event) => event[key]))]
  const rows = await from(ctx, 'subscription_meters')
    .innerJoin('subscriptions', (join) =>
      join
        .onRef('subscriptions.business_id', '=', 'subscription_meters.business_id')
        .onRef('subscriptions.subscription_id', '=', 'subscription_meters.subscription_id'),
    )
    .select(['subscription_meters.subscription_id', 'subscription_meters.meter_id', 'billed_until', 'customer_id'])
    .select(['anchor', 'period_number', 'next_billing_date', 'expires_at'])
    .select(['payment_frequency_count as count', 'payment_frequency_interval as interval'])
    .where(sql<boolean>`subscriptions.customer_id = any(${distinct('customer_id')})`)
    .where(sql<boolean>`subscription_meters.meter_id = any(${distinct('meter_id')})`)
    .where('subscription_meters.removed_at', 'is', null)
    .where('subscriptions.status', 'in', ['active', 'past_due'])
    .orderBy('subscription_meters.subscription_id')
    .orderBy('subscription_meters.meter_id')
    .forShare('subscription_meters')
    .execute()
  const latest = counted.reduce((found, { occurred_at }) => later(found, occurred_at), ctx.clock.now())
  const payers = new Map<string, Payer[]>()
  for (const { customer_id, meter_id, subscription_id, billed_until, count, interval, ...dates } of rows) {
    const { anchor, next_billing_date } = dates
    if (billed_until === null || anchor === null || next_billing_date === null) continue
    const frequency = { count, interval }
    const boundaries = boundariesUntil({ ...dates, anchor, next_billing_date, frequency }, latest)
    const key = `${customer_id} ${meter_id}`
    payers.set(key, [...(payers.get(key) ?? []), { subscription_id, billed_until, boundaries }])
  }
  return payers
}

function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? b : a
}

function add(buckets: Map<string, Bucket>, payer: Payer, event: Counted): void {
  const { subscription_id, billed_until, boundaries } = payer
  const { meter_id, units = ONE } = event
  const bucket_start = bucketOf(countedAt(event.occurred_at, billed_until), [billed_until, ...boundaries])
  const key = `${subscription_id} ${meter_id} ${bucket_start.epochNanoseconds}`
  const bucket = buckets.get(key)
  if (bucket === undefined) {
    buckets.set(key, { subscription_id, meter_id, bucket_start, events: 1, total: units, highest: units, last: event })
    return
  }
  bucket.events += 1
  bucket.total += units
  if (units > bucket.highest) bucket.highest = units
  if (isLater(event, bucket.last)) bucket.last = event
}

/** Two events of one instant have an order all the same, whichever was reported first. */
function isLater(a: Counted, b: Counted): boolean {
  const order = Temporal.Instant.compare(a.occurred_at, b.occurred_at)
  return order === 0 ? a.event_id > b.event_id : order > 0
}

/** In the order of their keys, so that two batches do not wait for each other. */
async function addToRollups(ctx: BusinessCtx, buckets: readonly Bucket[]): Promise<void> {
  const time = (at: Temporal.Instant) => at.toString({ fractionalSecondDigits: 6 })
  const rows = buckets.map(({ bucket_start, total, highest, last, ...bucket }) => ({
    ...bucket,
    bucket_start: time(bucket_start),
    total: formatDecimal(total),
    highest: formatDecimal(highest),
    last_value: formatDecimal(last.units ?? ONE),
    last_at: time(last.occurred_at),
    last_event_id: last.event_id,
  }))
  await sql`
    insert into usage_rollups as r
      (business_id, subscription_id, meter_id, bucket_start, events, total, highest, last_value, last_at, last_event_id)
    select ${ctx.business.business_id}, b.*
      from json_to_recordset(${JSON.stringify(rows)}::json)
        as b (subscription_id text, meter_id text, bucket_start timestamptz, events bigint, total numeric, highest numeric,
              last_value numeric, last_at timestamptz, last_event_id text)
     order by 2, 3, 4
    on conflict (business_id, subscription_id, meter_id, bucket_start) do update set
      events = r.events + excluded.events,
      total = r.total + excluded.total,
      highest = greatest(r.highest, excluded.highest),
      last_value = case when (excluded.last_at, excluded.last_event_id collate "C") > (r.last_at, r.last_event_id collate "C")
                   then excluded.last_value else r.last_value end,
      last_event_id = case when (excluded.last_at, excluded.last_event_id collate "C") > (r.last_at, r.last_event_id collate "C")
                      then excluded.last_event_id else r.last_event_id end,
      last_at = greatest(r.last_at, excluded.last_at)
  `.execute(ctx.db)
}
