// What the usage of a subscription adds up to in the time that is not billed yet, and what it costs at the prices of now.
import { type Selectable, sql } from 'kysely'
import { type Decimal, ONE, parseDecimal } from '#billing/decimal.ts'
import { chargeUsage, type MeteredCharge } from '#billing/usage.ts'
import { from, on } from '#core/scope.ts'
import { readCurrentPeriod } from '#core/subscriptions/periods.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface SoldMeter extends Selectable<DB['subscription_meters']> {
  name: string
  description: string | null
  measurement_unit: string
  aggregation_type: Selectable<DB['meters']>['aggregation_type']
}

export interface Measured {
  meter: SoldMeter
  since: Temporal.Instant
  charge: MeteredCharge
}

/** The meters of a subscription, those it has no more too; locked against counting where asked. */
export async function readSoldMeters(
  ctx: BusinessCtx,
  subscription_id: string,
  { lock }: { lock: boolean },
): Promise<SoldMeter[]> {
  const query = from(ctx, 'subscription_meters')
    .innerJoin('meters', on('meters.meter_id', 'subscription_meters.meter_id'))
    .selectAll('subscription_meters')
    .select(['meters.name', 'meters.description', 'meters.measurement_unit', 'meters.aggregation_type'])
    .where('subscription_meters.subscription_id', '=', subscription_id)
    .orderBy('subscription_meters.meter_id')
  return (lock ? query.forUpdate('subscription_meters') : query).execute()
}

/** What is not billed yet and counts before `until`. In a trial all is free but what credits pay for, which have their own for it. */
export async function measureUsage(
  ctx: BusinessCtx,
  subscription_id: string,
  sold: readonly SoldMeter[],
  until: Temporal.Instant,
): Promise<Measured[]> {
  const meters = sold.filter(({ removed_at }) => removed_at === null)
  if (meters.length === 0) return []
  const totals = await addUpRollups(ctx, subscription_id, until)
  const inTrial = (await readCurrentPeriod(ctx, subscription_id)).kind === 'trial'
  return meters.flatMap((meter) => {
    const since = meter.billed_until
    if (since === null || Temporal.Instant.compare(since, until) >= 0) return []
    const byCredits = meter.credit_entitlement_id !== null
    const charge = chargeUsage({
      aggregation: meter.aggregation_type,
      measured: unitsOf(meter, totals.get(meter.meter_id)),
      counted: parseDecimal(meter.counted_units),
      free_threshold: BigInt(meter.free_threshold) * ONE,
      price_per_unit: byCredits ? 0n : parseDecimal(meter.price_per_unit ?? '0'),
    })
    return [{ meter, since, charge: inTrial && !byCredits ? free(charge) : charge }]
  })
}

function free(charge: MeteredCharge): MeteredCharge {
  return { ...charge, free_units: charge.units, chargeable_units: 0n, amount: 0, counted: 0n }
}

interface Totals {
  meter_id: string
  total: string
  highest: string
  last_value: string
}

async function addUpRollups(ctx: BusinessCtx, subscription_id: string, until: Temporal.Instant) {
  const { rows } = await sql<Totals>`
    select r.meter_id, sum(r.total) as total, max(r.highest) as highest,
           (array_agg(r.last_value order by r.last_at desc, r.last_event_id collate "C" desc))[1] as last_value
      from usage_rollups r
      join subscription_meters m using (business_id, subscription_id, meter_id)
     where r.business_id = ${ctx.business.business_id} and r.subscription_id = ${subscription_id}
       and m.removed_at is null and r.bucket_start >= m.billed_until and r.bucket_start < ${until}
     group by r.meter_id
  `.execute(ctx.db)
  return new Map(rows.map((row) => [row.meter_id, row]))
}

function unitsOf({ aggregation_type }: SoldMeter, totals: Totals | undefined): Decimal | undefined {
  if (totals === undefined) return undefined
  if (aggregation_type === 'max') return parseDecimal(totals.highest)
  return parseDecimal(aggregation_type === 'last' ? totals.last_value : totals.total)
}
