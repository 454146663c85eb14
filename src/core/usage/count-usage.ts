// What usage adds up to: for each subscription that pays by a meter one row an hour, cut where a billing period begins. Reading a period
// adds up those rows, however many events there were.
import { sql } from 'kysely'
import { type Decimal, formatDecimal, ONE } from '#billing/decimal.ts'
import type { TimeInterval } from '#billing/period.ts'
import { boundariesUntil, bucketOf, countedAt, type Microseconds, microsecondsOf } from '#billing/usage.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface Counted {
  event_id: string
  customer_id: string
  meter_id: string
  occurred_at: Microseconds
  /** Undefined where only the event itself is counted. */
  units: Decimal | undefined
}

/** Who pays by a meter, and where the times begin that are billed by themselves: what is not billed yet, and the next periods. */
interface Payer {
  subscription_id: string
  billed_until: Microseconds
  boundaries: Microseconds[]
  /** Credits pay for what it measures. */
  takes_credits: boolean
}

interface Bucket {
  subscription_id: string
  meter_id: string
  bucket_start: Microseconds
  takes_credits: boolean
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
    for (const payer of payers.get(event.customer_id + event.meter_id) ?? []) add(buckets, payer, event)
  }
  if (buckets.size === 0) return
  await addToRollups(ctx, [...buckets.values()])
  await noteCreditsDue(ctx, [...buckets.values()])
}

interface PayerRow {
  customer_id: string
  subscription_id: string
  meter_id: string
  billed_until: Microseconds
  takes_credits: boolean
  /** Only where a period has begun that is not billed yet; times inside it are text. */
  late: null | {
    anchor: string
    period_number: number
    next_billing_date: string
    expires_at: string | null
    count: number
    interval: TimeInterval
  }
}

/**
 * The subscriptions whose usage this is. Billing waits until these rows are free again and reads what was counted, so that nothing is
 * counted into a time that was billed already.
 */
async function lockPayers(ctx: BusinessCtx, counted: readonly Counted[]): Promise<Map<string, Payer[]>> {
  const distinct = (key: 'customer_id' | 'meter_id') => [...new Set(counted.map((event) => event[key]))]
  const latest = counted.reduce(
    (found, { occurred_at }) => Math.max(found, occurred_at),
    microsecondsOf(ctx.clock.now()),
  )
  const { rows } = await sql<PayerRow>`
    select s.customer_id, m.subscription_id, m.meter_id, (extract(epoch from m.billed_until) * 1000000)::bigint as billed_until,
           m.credit_entitlement_id is not null as takes_credits,
           case when s.next_billing_date <= to_timestamp(${latest}::numeric / 1000000) then json_build_object('anchor', s.anchor,
             'period_number', s.period_number, 'next_billing_date', s.next_billing_date, 'expires_at', s.expires_at,
             'count', s.payment_frequency_count, 'interval', s.payment_frequency_interval) end as late
      from subscription_meters m join subscriptions s using (business_id, subscription_id)
     where m.business_id = ${ctx.business.business_id} and m.removed_at is null and m.billed_until is not null
       and s.customer_id = any(${distinct('customer_id')}) and m.meter_id = any(${distinct('meter_id')})
       and s.status in ('active', 'past_due')
     order by m.subscription_id, m.meter_id
       for share of m
  `.execute(ctx.db)
  const payers = new Map<string, Payer[]>()
  for (const { customer_id, meter_id, subscription_id, billed_until, takes_credits, late } of rows) {
    const boundaries = [billed_until, ...(late === null ? [] : boundariesOf(late, latest))]
    const key = customer_id + meter_id
    const others = payers.get(key)
    const payer = { subscription_id, billed_until, boundaries, takes_credits }
    if (others === undefined) payers.set(key, [payer])
    else others.push(payer)
  }
  return payers
}

function boundariesOf(late: NonNullable<PayerRow['late']>, latest: Microseconds): Microseconds[] {
  const { anchor, period_number, next_billing_date, expires_at, count, interval } = late
  const dates = {
    anchor: Temporal.Instant.from(anchor),
    period_number,
    next_billing_date: Temporal.Instant.from(next_billing_date),
    expires_at: expires_at === null ? null : Temporal.Instant.from(expires_at),
    frequency: { count, interval },
  }
  return boundariesUntil(dates, new Temporal.Instant(BigInt(latest) * 1000n)).map(microsecondsOf)
}

function add(buckets: Map<string, Bucket>, payer: Payer, event: Counted): void {
  const { subscription_id, billed_until, boundaries, takes_credits } = payer
  const { meter_id, units = ONE } = event
  const bucket_start = bucketOf(countedAt(event.occurred_at, billed_until), boundaries)
  const key = subscription_id + meter_id + bucket_start
  const bucket = buckets.get(key)
  if (bucket === undefined) {
    const first = { events: 1, total: units, highest: units, last: event }
    buckets.set(key, { subscription_id, meter_id, bucket_start, takes_credits, ...first })
    return
  }
  bucket.events += 1
  bucket.total += units
  if (units > bucket.highest) bucket.highest = units
  if (isLater(event, bucket.last)) bucket.last = event
}

/** Two events of one instant have an order all the same, whichever was reported first. */
function isLater(a: Counted, b: Counted): boolean {
  return a.occurred_at === b.occurred_at ? a.event_id > b.event_id : a.occurred_at > b.occurred_at
}

/** Where credits pay for a meter, they are to be taken soon. In the order of their keys, too. */
async function noteCreditsDue(ctx: BusinessCtx, buckets: readonly Bucket[]): Promise<void> {
  const rows = buckets
    .filter(({ takes_credits }) => takes_credits)
    .map(({ subscription_id: s, meter_id: m }) => ({ s, m }))
  if (rows.length === 0) return
  await sql`
    insert into usage_deductions (business_id, subscription_id, meter_id, due_at)
    select distinct ${ctx.business.business_id}, s, m, ${ctx.clock.now()}::timestamptz
      from json_to_recordset(${JSON.stringify(rows)}::json) as b (s text, m text)
     order by 2, 3
    on conflict (business_id, subscription_id, meter_id) do update set due_at = excluded.due_at
  `.execute(ctx.db)
}

/** In the order of their keys, so that two batches do not wait for each other. */
async function addToRollups(ctx: BusinessCtx, buckets: readonly Bucket[]): Promise<void> {
  const meters = [...new Set(buckets.map(({ meter_id }) => meter_id))]
  const rows = buckets.map(({ subscription_id, meter_id, bucket_start, events, total, highest, last }) => ({
    s: subscription_id,
    m: meters.indexOf(meter_id) + 1,
    b: bucket_start,
    n: events,
    t: formatDecimal(total),
    // Of one event they are all the same.
    ...(events === 1 ? {} : { h: formatDecimal(highest), v: formatDecimal(last.units ?? ONE) }),
    a: last.occurred_at,
    e: last.event_id,
  }))
  await sql`
    insert into usage_rollups as r
      (business_id, subscription_id, meter_id, bucket_start, events, total, highest, last_value, last_at, last_event_id)
    select ${ctx.business.business_id}, s, (${meters}::text[])[m], to_timestamp(b / 1000000), n, t, coalesce(h, t), coalesce(v, t),
           to_timestamp(a / 1000000), e
      from json_to_recordset(${JSON.stringify(rows)}::json)
        as b (s text, m int, b numeric, n bigint, t numeric, h numeric, v numeric, a numeric, e text)
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
