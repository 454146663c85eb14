// What a product unlocks. Its license_key_* fields and digital_product_delivery are the older way to say it: each stands for an
// entitlement of the product's own.
import type { Selectable } from 'kysely'
import { licenseConfigOf } from '#core/entitlements/deliver-grant.ts'
import { type DeliveryChange, setOwnDelivery } from '#core/entitlements/own-delivery.ts'
import {
  dropOwn,
  type Entitlement,
  findOwn,
  keepOwn,
  linkToProduct,
  readEntitlementsOf,
} from '#core/entitlements/store.ts'
import { from, update } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

type ProductRow = Selectable<DB['products']>

interface Change {
  /** All of them; what is not named is taken off. */
  entitlements?: readonly string[]
  license_key_enabled?: boolean
  digital_product_delivery?: DeliveryChange | null
}

/**
 * Called after the product's columns are written. The product's own entitlement is there while it says license_key_enabled and no other
 * license key is attached. Who bought before keeps what was granted then.
 */
export async function attachEntitlements(ctx: BusinessCtx, product_id: string, change: Change): Promise<void> {
  const own = await findOwn(ctx, product_id, 'license_key')
  if (change.entitlements !== undefined) {
    await writeLinks(ctx, product_id, change.entitlements)
    const taken = own?.deleted_at === null && !change.entitlements.includes(own.entitlement_id)
    if (taken && change.license_key_enabled !== true) await switchOff(ctx, product_id)
  }
  const product = await from(ctx, 'products')
    .selectAll()
    .where('product_id', '=', product_id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const linked = await readEntitlementsOf(ctx, product_id)
  const others = linked.some((one) => one.integration_type === 'license_key' && one.product_id !== product_id)
  if (product.license_key_enabled && !others) await keepLicenseKey(ctx, product, own)
  else if (own?.deleted_at === null) await dropOwn(ctx, own)
  await setOwnDelivery(ctx, product, change)
}

async function writeLinks(ctx: BusinessCtx, product_id: string, entitlement_ids: readonly string[]): Promise<void> {
  const wanted = [...new Set(entitlement_ids)]
  const found =
    wanted.length === 0
      ? []
      : await from(ctx, 'entitlements')
          .select('entitlement_id')
          .where('entitlement_id', 'in', wanted)
          .where('deleted_at', 'is', null)
          .execute()
  if (found.length < wanted.length) throw notFound('entitlement')
  await ctx.db
    .deleteFrom('product_entitlements')
    .where('business_id', '=', ctx.business.business_id)
    .where('product_id', '=', product_id)
    .execute()
  for (const entitlement_id of wanted) await linkToProduct(ctx, product_id, entitlement_id)
}

export async function switchOff(ctx: BusinessCtx, product_id: string): Promise<void> {
  await update(ctx, 'products').set({ license_key_enabled: false }).where('product_id', '=', product_id).execute()
}

async function keepLicenseKey(ctx: BusinessCtx, product: ProductRow, own: Entitlement | undefined): Promise<void> {
  await keepOwn(ctx, product, 'license_key', {
    activation_message: product.license_key_activation_message,
    activations_limit: product.license_key_activations_limit,
    duration_count: product.license_key_duration_count,
    duration_interval: product.license_key_duration_interval,
    fulfillment_mode: own === undefined ? 'auto' : licenseConfigOf(own).fulfillment_mode,
  })
}
