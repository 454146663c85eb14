// Usage is closed once: where a period ends, where the plan becomes another, where the subscription ends.
import { formatDecimal } from '#billing/decimal.ts'
import { owned, update } from '#core/scope.ts'
import { lockSubscription } from '#core/subscriptions/store.ts'
import { type Measured, measureUsage, readSoldMeters } from '#core/usage/measure-usage.ts'
import { payByCredits } from '#core/usage/pay-by-credits.ts'
import type { BusinessCtx } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export interface Closing {
  /** What counts from here on is left to the next closing. */
  until: Temporal.Instant
  /** Or it goes on, and what was counted stays used up of its free units. */
  period: 'ends' | 'goes_on'
}

/** Writes what the usage of a locked subscription costs until then. Owing it is the caller's. False where it never had a meter. */
export async function closeUsage(
  ctx: BusinessCtx,
  subscription_id: string,
  { until, period }: Closing,
): Promise<boolean> {
  const meters = await readSoldMeters(ctx, subscription_id, { lock: true })
  // Read after the lock, so that all that was counted before it is seen.
  const measured = await measureUsage(ctx, subscription_id, meters, until)
  if (measured.length === 0) return meters.length > 0
  const paid = await payByCredits(ctx, await lockSubscription(ctx, subscription_id), measured, { ended: true })
  const now = ctx.clock.now()
  const wall = ctx.wall.now().epochMilliseconds
  await ctx.db
    .insertInto('usage_charges')
    .values(
      measured.map(({ meter, since, charge }) => ({
        ...owned(ctx),
        charge_id: newId('usage_charge', wall),
        subscription_id,
        meter_id: meter.meter_id,
        period_start: since,
        period_end: until,
        units: formatDecimal(charge.units),
        free_units: formatDecimal(charge.free_units),
        chargeable_units: formatDecimal(charge.chargeable_units),
        price_per_unit: paid.has(meter.meter_id) ? '0' : (meter.price_per_unit ?? '0'),
        amount: charge.amount,
        ...paid.get(meter.meter_id),
        created_at: now,
      })),
    )
    .execute()
  for (const one of measured) await moveOn(ctx, subscription_id, one, { until, period })
  return true
}

async function moveOn(
  ctx: BusinessCtx,
  subscription_id: string,
  { meter, charge }: Measured,
  { until, period }: Closing,
): Promise<void> {
  await update(ctx, 'subscription_meters')
    .set({ billed_until: until, counted_units: period === 'ends' ? '0' : formatDecimal(charge.counted) })
    .where('subscription_id', '=', subscription_id)
    .where('meter_id', '=', meter.meter_id)
    .execute()
}
