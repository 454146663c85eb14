// The meters of a subscription, at the prices it was sold at.
import { sql } from 'kysely'
import { from, owned, update } from '#core/scope.ts'
import type { PlanMeter } from '#db/json-types.ts'
import type { BusinessCtx } from '#src/context.ts'

/** What a checkout that is not paid yet would sell; written anew at each attempt. */
export async function writeSoldMeters(
  ctx: BusinessCtx,
  subscription_id: string,
  meters: readonly PlanMeter[],
): Promise<void> {
  await ctx.db
    .deleteFrom('subscription_meters')
    .where('business_id', '=', ctx.business.business_id)
    .where('subscription_id', '=', subscription_id)
    .where('billed_until', 'is', null)
    .execute()
  await setMeters(ctx, subscription_id, meters, null)
}

/** The subscription begins: what is reported from now on counts. */
export async function beginMeters(ctx: BusinessCtx, subscription_id: string): Promise<void> {
  await update(ctx, 'subscription_meters')
    .set({ billed_until: ctx.clock.now() })
    .where('subscription_id', '=', subscription_id)
    .where('billed_until', 'is', null)
    .execute()
}

/**
 * Another plan: its meters are these now. A meter that both plans have goes on counting, at its new price; so does one that was there
 * earlier in the billing period: its free units are not given twice.
 */
export async function switchMeters(
  ctx: BusinessCtx,
  subscription_id: string,
  meters: readonly PlanMeter[],
  { at, period_start }: { at: Temporal.Instant; period_start: Temporal.Instant },
): Promise<void> {
  await update(ctx, 'subscription_meters')
    .set({ counted_units: '0' })
    .where('subscription_id', '=', subscription_id)
    .where('removed_at', '<', period_start)
    .execute()
  await removeMeters(ctx, subscription_id, at)
  await setMeters(ctx, subscription_id, meters, at)
}

/**
 * A change of plan at `changed_at` was taken back: its usage goes on at the prices from before it, and what was counted then stays used up of
 * the free units.
 */
export async function restoreMeters(
  ctx: BusinessCtx,
  subscription_id: string,
  meters: readonly PlanMeter[],
  changed_at: Temporal.Instant,
): Promise<void> {
  await removeMeters(ctx, subscription_id, ctx.clock.now())
  await setMeters(ctx, subscription_id, meters, changed_at)
  await sql`
    update subscription_meters m
       set counted_units = case when t.aggregation_type in ('count', 'sum') then m.free_threshold - c.free_units + c.units
                           else c.units end
      from usage_charges c join meters t using (business_id, meter_id)
     where c.business_id = m.business_id and c.subscription_id = m.subscription_id and c.meter_id = m.meter_id
       and m.business_id = ${ctx.business.business_id} and m.subscription_id = ${subscription_id}
       and m.removed_at is null and c.period_end = ${changed_at}
  `.execute(ctx.db)
}

/** Nothing that is reported from now on counts any more. */
export async function removeMeters(ctx: BusinessCtx, subscription_id: string, at: Temporal.Instant): Promise<void> {
  await update(ctx, 'subscription_meters')
    .set({ removed_at: at })
    .where('subscription_id', '=', subscription_id)
    .where('removed_at', 'is', null)
    .execute()
}

/** A meter that comes back does not count what another plan was without. */
async function setMeters(
  ctx: BusinessCtx,
  subscription_id: string,
  meters: readonly PlanMeter[],
  since: Temporal.Instant | null,
): Promise<void> {
  if (meters.length === 0) return
  const rows = meters.map((meter, position) => {
    return { ...owned(ctx), subscription_id, position, ...soldAt(meter), billed_until: since }
  })
  await ctx.db
    .insertInto('subscription_meters')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['business_id', 'subscription_id', 'meter_id']).doUpdateSet((eb) => ({
        position: eb.ref('excluded.position'),
        price_per_unit: eb.ref('excluded.price_per_unit'),
        free_threshold: eb.ref('excluded.free_threshold'),
        credit_entitlement_id: eb.ref('excluded.credit_entitlement_id'),
        meter_units_per_credit: eb.ref('excluded.meter_units_per_credit'),
        billed_until: eb.fn('greatest', ['subscription_meters.billed_until', 'excluded.billed_until']),
        removed_at: null,
      })),
    )
    .execute()
}

/** The terms of a meter alone. */
export function soldAt(meter: PlanMeter): Required<PlanMeter> {
  const { meter_id, price_per_unit, free_threshold } = meter
  const { credit_entitlement_id = null, meter_units_per_credit = null } = meter
  return { meter_id, price_per_unit, free_threshold, credit_entitlement_id, meter_units_per_credit }
}

/** With what the meter says of itself. */
export interface SubscriptionMeter extends Required<PlanMeter> {
  name: string
  description: string | null
  measurement_unit: string
}

/** What it is sold by now, in the order of its product. */
export async function readPlanMeters(ctx: BusinessCtx, subscription_id: string): Promise<PlanMeter[]> {
  return from(ctx, 'subscription_meters')
    .select(['meter_id', 'price_per_unit', 'free_threshold', 'credit_entitlement_id', 'meter_units_per_credit'])
    .where('subscription_id', '=', subscription_id)
    .where('removed_at', 'is', null)
    .orderBy('position')
    .execute()
}
