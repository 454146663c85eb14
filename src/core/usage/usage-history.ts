// What a subscription used, period by period: first what runs, then what was billed.
import { sql } from 'kysely'
import { formatDecimal } from '#billing/decimal.ts'
import { offsetOf, type Page } from '#core/paging.ts'
import { from, on } from '#core/scope.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { measureUsage, readSoldMeters } from '#core/usage/measure-usage.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface MeterUsage {
  meter_id: string
  name: string
  units: string
  free_units: string
  chargeable_units: string
  price_per_unit: string
  /** Minor units. */
  amount: number
}

export interface UsagePeriod {
  period_start: Temporal.Instant
  period_end: Temporal.Instant
  meters: MeterUsage[]
}

export interface UsageFilter {
  meter_id?: string
  /** Periods that end at this time or later. */
  start_date?: Temporal.Instant
  /** Periods that begin at this time or earlier. */
  end_date?: Temporal.Instant
}

/** Newest first. A change of plan cuts a period in two. */
export async function listUsage(
  ctx: BusinessCtx,
  subscription_id: string,
  filter: UsageFilter,
  page: Page,
): Promise<{ currency: string; periods: UsagePeriod[] }> {
  const { currency, next_billing_date } = await getSubscription(ctx, subscription_id)
  const running = (await runningUsage(ctx, subscription_id, next_billing_date)).filter((period) => fits(period, filter))
  const first = offsetOf(page)
  const shown = running.slice(first, first + page.page_size)
  const billed = await billedUsage(ctx, subscription_id, filter, {
    limit: page.page_size - shown.length,
    offset: Math.max(0, first - running.length),
  })
  return { currency, periods: [...shown, ...billed].map((period) => onlyOf(period, filter.meter_id)) }
}

async function runningUsage(
  ctx: BusinessCtx,
  subscription_id: string,
  until: Temporal.Instant | null,
): Promise<UsagePeriod[]> {
  if (until === null) return []
  const meters = await readSoldMeters(ctx, subscription_id, { lock: false })
  const measured = await measureUsage(ctx, subscription_id, meters, until)
  const byStart = Map.groupBy(measured, ({ since }) => since.toString())
  return [...byStart.values()]
    .map((of) => ({
      period_start: of[0]?.since ?? until,
      period_end: until,
      meters: of.map(({ meter, charge }) => ({
        meter_id: meter.meter_id,
        name: meter.name,
        units: formatDecimal(charge.units),
        free_units: formatDecimal(charge.free_units),
        chargeable_units: formatDecimal(charge.chargeable_units),
        price_per_unit: meter.credit_entitlement_id === null ? (meter.price_per_unit ?? '0') : '0',
        amount: charge.amount,
      })),
    }))
    .toSorted((a, b) => Temporal.Instant.compare(b.period_start, a.period_start))
}

function fits({ period_start, period_end, meters }: UsagePeriod, filter: UsageFilter): boolean {
  const { meter_id, start_date, end_date } = filter
  if (start_date !== undefined && Temporal.Instant.compare(period_end, start_date) < 0) return false
  if (end_date !== undefined && Temporal.Instant.compare(period_start, end_date) > 0) return false
  return meter_id === undefined || meters.some((meter) => meter.meter_id === meter_id)
}

function onlyOf(period: UsagePeriod, meter_id: string | undefined): UsagePeriod {
  if (meter_id === undefined) return period
  return { ...period, meters: period.meters.filter((meter) => meter.meter_id === meter_id) }
}

async function billedUsage(
  ctx: BusinessCtx,
  subscription_id: string,
  { meter_id, start_date, end_date }: UsageFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<UsagePeriod[]> {
  let query = from(ctx, 'usage_charges')
    .innerJoin('meters', on('meters.meter_id', 'usage_charges.meter_id'))
    .select(['period_start', 'period_end'])
    .select(
      sql<MeterUsage[]>`json_agg(json_build_object('meter_id', meters.meter_id, 'name', name, 'units', units::text,
        'free_units', free_units::text, 'chargeable_units', chargeable_units::text,
        'price_per_unit', price_per_unit::text, 'amount', amount) order by meters.meter_id)`.as('meters'),
    )
    .where('subscription_id', '=', subscription_id)
  if (meter_id !== undefined) query = query.where('usage_charges.meter_id', '=', meter_id)
  if (start_date !== undefined) query = query.where('period_end', '>=', start_date)
  if (end_date !== undefined) query = query.where('period_start', '<=', end_date)
  return query
    .groupBy(['period_start', 'period_end'])
    .orderBy('period_start', 'desc')
    .orderBy('period_end', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
}
