// How a plan changes where the request does not say: the collection of both plans decides, else the business.
import { type BusinessSettings, getSettings } from '#core/businesses/queries.ts'
import { findSharedCollection } from '#core/collections/find-shared-collection.ts'
import type { BusinessCtx } from '#src/context.ts'

const FIELDS = [
  'effective_at_on_upgrade',
  'effective_at_on_downgrade',
  'proration_billing_mode_on_upgrade',
  'proration_billing_mode_on_downgrade',
  'on_payment_failure',
] as const

/** Null leaves it to the system. */
export type ChangeDefaults = Pick<BusinessSettings, (typeof FIELDS)[number]>

export async function readChangeDefaults(
  ctx: BusinessCtx,
  from_product_id: string,
  to_product_id: string,
): Promise<ChangeDefaults> {
  const settings = await getSettings(ctx)
  const collection = await findSharedCollection(ctx, [from_product_id, to_product_id])
  if (collection === undefined) return settings
  const said = Object.fromEntries(
    FIELDS.flatMap((field) => (collection[field] === null ? [] : [[field, collection[field]]])),
  )
  return { ...settings, ...said }
}
