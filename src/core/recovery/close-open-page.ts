// What is owed is paid on one page at a time. Before it is asked for in another way, the page is closed at the processor; if it turns
// out to have been paid, that is settled instead.
import { orUnknown } from '#core/payments/collect-payment.ts'
import { settlePayment } from '#core/payments/settle-payment.ts'
import { from } from '#core/scope.ts'
import { type BusinessCtx, processorNamed } from '#src/context.ts'

const ABANDONED = { status: 'declined', reference: null, code: 'CUSTOMER_CANCELLED', message: null } as const

/** Afterwards no page of the subscription takes money, unless the processor could not be asked: then its payment stays open. */
export async function closeOpenPage(ctx: BusinessCtx, subscription_id: string): Promise<void> {
  const open = await from(ctx, 'payments')
    .select(['payment_id', 'processor', 'processor_key'])
    .where('subscription_id', '=', subscription_id)
    .where('origin', '=', 'pay_page')
    .where('settled_at', 'is', null)
    .execute()
  for (const { payment_id, processor, processor_key } of open) {
    if (processor === null) continue
    const closed = await orUnknown(() =>
      processorNamed(ctx, processor).closePayment(ctx.business.business_id, processor_key),
    )
    const outcome = closed.status === 'never_seen' || closed.status === 'requires_action' ? ABANDONED : closed
    await settlePayment(ctx, payment_id, outcome)
  }
}
