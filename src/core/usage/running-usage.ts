// What a subscription has used since it was last billed, meter by meter, as it is this instant. Changes and locks nothing.
import { formatDecimal, parseDecimal } from '#billing/decimal.ts'
import { creditsFor } from '#billing/metered-credits.ts'
import { getCreditEntitlement } from '#core/credit-entitlements/queries.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import { type Measured, measureUsage, readSoldMeters } from '#core/usage/measure-usage.ts'
import { readUsageSeries, type UsageSeries } from '#core/usage/usage-series.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Units are decimals. */
export interface RunningMeter {
  meter_id: string
  name: string
  measurement_unit: string
  /** What counts is not billed before. */
  since: Temporal.Instant
  units: string
  free_units: string
  chargeable_units: string
  /** Minor units, as a decimal. */
  price_per_unit: string
  /** Minor units, before discounts and tax. */
  amount: number
  /** Credits that pay for it in place of money. */
  credits: { credit_entitlement_id: string; unit: string; units_per_credit: string; used: string } | null
  series: UsageSeries
}

export interface RunningUsage {
  /** When it is billed. */
  period_end: Temporal.Instant
  meters: RunningMeter[]
}

/** In the order of the plan; null where nothing is measured. */
export async function readRunningUsage(ctx: BusinessCtx, subscription: Subscription): Promise<RunningUsage | null> {
  const { subscription_id, next_billing_date } = subscription
  const sold = await readSoldMeters(ctx, subscription_id, { lock: false })
  const period_end = next_billing_date ?? ctx.clock.now()
  const measured = await measureUsage(ctx, subscription_id, sold, period_end)
  if (measured.length === 0) return null
  const inOrder = measured.toSorted((a, b) => a.meter.position - b.meter.position)
  return { period_end, meters: await Promise.all(inOrder.map((one) => tell(ctx, one, period_end))) }
}

async function tell(ctx: BusinessCtx, one: Measured, until: Temporal.Instant): Promise<RunningMeter> {
  const { meter, since, charge } = one
  const { meter_id, name, measurement_unit } = meter
  const [credits, series] = await Promise.all([creditsOf(ctx, one), readUsageSeries(ctx, meter, since, until)])
  return {
    ...{ meter_id, name, measurement_unit, since, credits, series },
    units: formatDecimal(charge.units),
    free_units: formatDecimal(charge.free_units),
    chargeable_units: formatDecimal(charge.chargeable_units),
    price_per_unit: formatDecimal(parseDecimal(meter.price_per_unit ?? '0')),
    amount: charge.amount,
  }
}

async function creditsOf(ctx: BusinessCtx, { meter, charge }: Measured): Promise<RunningMeter['credits']> {
  const { credit_entitlement_id, meter_units_per_credit } = meter
  if (credit_entitlement_id === null || meter_units_per_credit === null) return null
  const { unit, precision } = await getCreditEntitlement(ctx, credit_entitlement_id)
  const units_per_credit = parseDecimal(meter_units_per_credit)
  const used = creditsFor(charge.chargeable_units, units_per_credit, { precision, ended: false })
  return {
    credit_entitlement_id,
    unit,
    units_per_credit: formatDecimal(units_per_credit),
    used: formatDecimal(used),
  }
}
