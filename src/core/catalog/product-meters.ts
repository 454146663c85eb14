// The meters of a product priced by usage, and what a unit of each costs.
import { from, on, owned } from '#core/scope.ts'
import type { PlanMeter } from '#db/json-types.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** With what the meter says of itself. */
export interface ProductMeter extends Required<PlanMeter> {
  product_id: string
  name: string
  description: string | null
  measurement_unit: string
}

/** In the order they were given. */
export async function readProductMeters(ctx: BusinessCtx, product_ids: readonly string[]): Promise<ProductMeter[]> {
  return from(ctx, 'product_meters')
    .innerJoin('meters', on('meters.meter_id', 'product_meters.meter_id'))
    .select(['product_id', 'product_meters.meter_id', 'price_per_unit', 'free_threshold'])
    .select(['credit_entitlement_id', 'meter_units_per_credit'])
    .select(['name', 'description', 'measurement_unit'])
    .where('product_id', 'in', [...product_ids])
    .orderBy('position')
    .execute()
}

/** The meters of a product become exactly these. Throws INVALID_REQUEST_BODY for one that is not there, is archived or named twice. */
export async function writeProductMeters(
  ctx: BusinessCtx,
  product_id: string,
  meters: readonly PlanMeter[],
): Promise<void> {
  await assertMeters(
    ctx,
    meters.map(({ meter_id }) => meter_id),
  )
  await assertCredits(
    ctx,
    meters.flatMap(({ credit_entitlement_id }) => credit_entitlement_id ?? []),
  )
  await ctx.db
    .deleteFrom('product_meters')
    .where('business_id', '=', ctx.business.business_id)
    .where('product_id', '=', product_id)
    .execute()
  if (meters.length === 0) return
  await ctx.db
    .insertInto('product_meters')
    .values(meters.map((meter, position) => ({ ...owned(ctx), product_id, position, ...meter })))
    .execute()
}

async function assertMeters(ctx: BusinessCtx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const found = await from(ctx, 'meters')
    .select('meter_id')
    .where('meter_id', 'in', [...ids])
    .where('archived_at', 'is', null)
    .execute()
  const usable = new Set(found.map(({ meter_id }) => meter_id))
  const missing = ids.find((meter_id) => !usable.has(meter_id))
  const twice = ids.find((meter_id, index) => ids.indexOf(meter_id) !== index)
  if (missing !== undefined) throw refused(`There is no meter ${missing}, or it is archived`)
  if (twice !== undefined) throw refused(`The meter ${twice} is named twice`)
}

async function assertCredits(ctx: BusinessCtx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const found = await from(ctx, 'credit_entitlements')
    .select('credit_entitlement_id')
    .where('credit_entitlement_id', 'in', [...ids])
    .where('deleted_at', 'is', null)
    .execute()
  const usable = new Set(found.map(({ credit_entitlement_id }) => credit_entitlement_id))
  const missing = ids.find((id) => !usable.has(id))
  if (missing !== undefined) throw refused(`There are no credits ${missing}`)
}

function refused(message: string): AppError {
  return new AppError('INVALID_REQUEST_BODY', { message, field: 'price.meters' })
}
