// digital_product_delivery: what a product delivers without an entitlement made for it. It stands for one of the product's own.
import type { Selectable } from 'kysely'
import { dropOwn, type Entitlement, findOwn, keepOwn } from '#core/entitlements/store.ts'
import { attachFiles } from '#core/files/attach-files.ts'
import { from, update } from '#core/scope.ts'
import type { DigitalFilesConfig } from '#db/json-types.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

/** What is left out stays as it is. */
export interface DeliveryChange {
  external_url?: string | null
  instructions?: string | null
  /** All of them, by file_id. */
  files?: readonly string[]
}

interface Change {
  /** All that the product unlocks; what is not named was taken off. */
  entitlements?: readonly string[]
  digital_product_delivery?: DeliveryChange | null
}

type ProductRow = Selectable<DB['products']>

/** Null takes it off, and so does one that delivers nothing. Who bought before keeps what was granted then. */
export async function setOwnDelivery(ctx: BusinessCtx, product: ProductRow, change: Change): Promise<void> {
  const { entitlements, digital_product_delivery: delivery } = change
  if (delivery === undefined && entitlements === undefined) return
  const own = await findLiving(ctx, product.product_id)
  if (delivery) {
    const kept = await keepDelivery(ctx, product, own, delivery)
    if (await deliversNothing(ctx, kept)) await dropOwn(ctx, kept)
    return
  }
  const taken = delivery === null || entitlements?.includes(own?.entitlement_id ?? '') === false
  if (taken && own !== undefined) await dropOwn(ctx, own)
}

/** One that was taken off belongs to those who bought before, with its files; what is told from now on is another. */
async function findLiving(ctx: BusinessCtx, product_id: string): Promise<Entitlement | undefined> {
  const own = await findOwn(ctx, product_id, 'digital_files')
  if (own?.deleted_at === null || own === undefined) return own
  await update(ctx, 'entitlements').set({ product_id: null }).where('entitlement_id', '=', own.entitlement_id).execute()
  return undefined
}

async function keepDelivery(
  ctx: BusinessCtx,
  product: ProductRow,
  own: Entitlement | undefined,
  { files, ...change }: DeliveryChange,
): Promise<Entitlement> {
  const before = (own?.integration_config as DigitalFilesConfig | undefined) ?? NOTHING
  const kept = await keepOwn(ctx, product, 'digital_files', { ...before, ...change })
  await attachFiles(ctx, kept.entitlement_id, { digital_file_ids: files })
  return kept
}

const NOTHING: DigitalFilesConfig = { external_url: null, instructions: null }

async function deliversNothing(ctx: BusinessCtx, { entitlement_id, integration_config }: Entitlement) {
  const { external_url, instructions } = integration_config as DigitalFilesConfig
  if (external_url !== null || instructions !== null) return false
  const file = await from(ctx, 'entitlement_files')
    .select('file_id')
    .where('entitlement_id', '=', entitlement_id)
    .limit(1)
    .executeTakeFirst()
  return file === undefined
}
