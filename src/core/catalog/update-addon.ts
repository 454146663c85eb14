import { recordAudit } from '#core/audit/record-audit.ts'
import type { NewAddon } from '#core/catalog/create-addon.ts'
import { type Addon, getAddon } from '#core/catalog/queries.ts'
import { imageColumn } from '#core/images/queries.ts'
import { update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

export interface AddonChange extends Partial<NewAddon> {
  /** Of a picture that was uploaded; null takes it away. */
  image_id?: string | null | undefined
}

/** Changes what is named. Running subscriptions keep their prices. */
export async function updateAddon(
  outer: BusinessCtx,
  addon_id: string,
  { image_id, ...change }: AddonChange,
): Promise<Addon> {
  return inTransaction(outer, async (ctx) => {
    await getAddon(ctx, addon_id)
    const image = await imageColumn(ctx, 'addons', image_id)
    await recordAudit(ctx, { action: 'addon.updated', resource_id: addon_id, customer_id: null })
    return update(ctx, 'addons')
      .set({ ...change, ...image, updated_at: ctx.clock.now() })
      .where('addon_id', '=', addon_id)
      .returningAll()
      .executeTakeFirstOrThrow()
  })
}
