// An archived meter can be priced no more. Subscriptions that were sold with it keep it, as they keep their prices.
import { recordAudit } from '#core/audit/record-audit.ts'
import { update } from '#core/scope.ts'
import { getMeter } from '#core/usage/queries.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

export async function archiveMeter(ctx: BusinessCtx, meter_id: string): Promise<void> {
  await setArchived(ctx, meter_id, true)
}

export async function unarchiveMeter(ctx: BusinessCtx, meter_id: string): Promise<void> {
  await setArchived(ctx, meter_id, false)
}

async function setArchived(outer: BusinessCtx, meter_id: string, archived: boolean): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const meter = await getMeter(ctx, meter_id)
    if ((meter.archived_at !== null) === archived) return
    const now = ctx.clock.now()
    await update(ctx, 'meters')
      .set({ archived_at: archived ? now : null, updated_at: now })
      .where('meter_id', '=', meter_id)
      .execute()
    const action = archived ? 'meter.archived' : 'meter.unarchived'
    await recordAudit(ctx, { action, resource_id: meter_id, customer_id: null })
  })
}
