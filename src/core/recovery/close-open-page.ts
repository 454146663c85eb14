// What is owed is paid on one page at a time. Before it is asked for in another way, the page is closed at the processor; if it turns
// out to have been paid, that is settled instead.
import { closeSetup } from '#core/payment-methods/settle-method.ts'
import { orUnknown } from '#core/payments/collect-payment.ts'
import { settlePayment } from '#core/payments/settle-payment.ts'
import { from } from '#core/scope.ts'
import type { NeverSeen, PaymentOutcome } from '#processors/processor.ts'
import { type BusinessCtx, processorNamed } from '#src/context.ts'

const ABANDONED = { status: 'declined', reference: null, code: 'CUSTOMER_CANCELLED', message: null } as const

/** From where a page was opened: it leads back there, whoever opens it again. */
export type Opener = 'portal' | 'link'

/** Afterwards no page of the subscription takes money, unless the processor could not be asked: then its payment stays open. */
export async function closeOpenPage(ctx: BusinessCtx, subscription_id: string, opened_from?: Opener): Promise<void> {
  const open = await from(ctx, 'payments')
    .select(['payment_id', 'processor', 'processor_key'])
    .where('subscription_id', '=', subscription_id)
    .where('settled_at', 'is', null)
    .where((eb) => {
      const place = opened_from === 'portal' ? eb('pay_link_id', 'is', null) : eb('pay_link_id', 'is not', null)
      const page = eb('origin', '=', 'pay_page')
      // The bank asks about one saved method, whatever is chosen now.
      const bank = eb.and([eb('origin', '=', 'method_update'), eb('status', '=', 'requires_customer_action')])
      return eb.or([opened_from === undefined ? page : eb.and([page, place]), bank])
    })
    .execute()
  for (const { payment_id, processor, processor_key } of open) {
    if (processor === null) continue
    const closed = await orUnknown(() =>
      processorNamed(ctx, processor).closePayment(ctx.business.business_id, processor_key),
    )
    await settlePayment(ctx, payment_id, settledAs(closed))
  }
}

/** Closed before anybody answered: given up by the customer, not refused by the bank. */
function settledAs(closed: PaymentOutcome | NeverSeen): PaymentOutcome {
  if (closed.status === 'never_seen' || closed.status === 'requires_action') return ABANDONED
  return closed.status === 'declined' && closed.code === 'AUTHENTICATION_TIMEOUT' ? ABANDONED : closed
}

/** Pages that would lead a browser back to where this one does not come from. */
export async function closePagesFrom(ctx: BusinessCtx, subscription_id: string, opener: Opener): Promise<void> {
  await closeOpenPage(ctx, subscription_id, opener)
  const setup = await from(ctx, 'method_setups')
    .select('setup_id')
    .where('subscription_id', '=', subscription_id)
    .where('checkout_id', 'is', null)
    .where('settled_at', 'is', null)
    .where('pay_link_id', opener === 'portal' ? 'is' : 'is not', null)
    .executeTakeFirst()
  if (setup !== undefined) await closeSetup(ctx, setup.setup_id)
}
