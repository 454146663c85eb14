import { recordAudit } from '#core/audit/record-audit.ts'
import type { NewAddon } from '#core/catalog/create-addon.ts'
import { type Addon, getAddon } from '#core/catalog/queries.ts'
import { update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

/** Changes what is named. Running subscriptions keep their prices. */
export async function updateAddon(outer: BusinessCtx, addon_id: string, change: Partial<NewAddon>): Promise<Addon> {
  return inTransaction(outer, async (ctx) => {
    await getAddon(ctx, addon_id)
    await recordAudit(ctx, { action: 'addon.updated', resource_id: addon_id, customer_id: null })
    return update(ctx, 'addons')
      .set({ ...change, updated_at: ctx.clock.now() })
      .where('addon_id', '=', addon_id)
      .returningAll()
      .executeTakeFirstOrThrow()
  })
}
