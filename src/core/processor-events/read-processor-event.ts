// A webhook only says that something changed: what, is asked of the processor, so that late, doubled and reordered ones do no harm.
import { recordDispute } from '#core/disputes/record-dispute.ts'
import { reconcileSetup } from '#core/payment-methods/settle-method.ts'
import { reconcilePayment } from '#core/payments/reconcile-payment.ts'
import { collectRefund } from '#core/refunds/settle-refund.ts'
import { from, update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

export interface ProcessorEventKey {
  processor: string
  processor_event_id: string
}

export async function readProcessorEvent(outer: BusinessCtx, key: ProcessorEventKey): Promise<void> {
  const event = await from(outer, 'processor_events')
    .select(['kind', 'processor_key', 'read_at'])
    .where('processor', '=', key.processor)
    .where('processor_event_id', '=', key.processor_event_id)
    .executeTakeFirst()
  if (event === undefined || event.read_at !== null) return
  if (event.kind === 'dispute') await recordDispute(outer, key.processor, event.processor_key)
  else await reconcile(outer, event.kind, event.processor_key)
  await inTransaction(outer, async (ctx) => {
    await update(ctx, 'processor_events')
      .set({ read_at: ctx.wall.now(), next_attempt_at: null })
      .where('processor', '=', key.processor)
      .where('processor_event_id', '=', key.processor_event_id)
      .execute()
  })
}

/** An event for something we never made is read and forgotten. */
async function reconcile(ctx: BusinessCtx, kind: string, processor_key: string): Promise<void> {
  if (kind === 'payment') {
    const payment = await from(ctx, 'payments')
      .select('payment_id')
      .where('processor_key', '=', processor_key)
      .executeTakeFirst()
    if (payment !== undefined) await reconcilePayment(ctx, payment.payment_id)
  } else if (kind === 'setup') {
    const setup = await from(ctx, 'method_setups')
      .select('setup_id')
      .where('processor_key', '=', processor_key)
      .executeTakeFirst()
    if (setup !== undefined) await reconcileSetup(ctx, setup.setup_id)
  } else {
    const refund = await from(ctx, 'refunds')
      .select('refund_id')
      .where('processor_key', '=', processor_key)
      .executeTakeFirst()
    if (refund !== undefined) await collectRefund(ctx, refund.refund_id)
  }
}
