import { recordAudit } from '#core/audit/record-audit.ts'
import { lockWebhook } from '#core/webhooks/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

/** With what was delivered to it and what still waits. */
export async function deleteWebhook(outer: BusinessCtx, webhook_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    await lockWebhook(ctx, webhook_id)
    const { business_id } = ctx.business
    for (const table of ['webhook_deliveries', 'webhook_endpoints'] as const) {
      await ctx.db
        .deleteFrom(table)
        .where('business_id', '=', business_id)
        .where('webhook_id', '=', webhook_id)
        .execute()
    }
    await recordAudit(ctx, { action: 'webhook.deleted', resource_id: webhook_id, customer_id: null })
  })
}
