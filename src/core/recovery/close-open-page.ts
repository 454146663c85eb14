// What is owed is paid on one page at a time. Before it is asked for in another way, the page is closed at the processor; if it turns
// out to have been paid, that is settled instead.
import { closeSetup } from '#core/payment-methods/settle-method.ts'
import { orUnknown } from '#core/payments/collect-payment.ts'
import { GIVEN_UP } from '#core/payments/decline-attempt.ts'
import { settlePayment } from '#core/payments/settle-payment.ts'
import { from } from '#core/scope.ts'
import type { NeverSeen, PaymentOutcome } from '#processors/processor.ts'
import { type BusinessCtx, processorNamed } from '#src/context.ts'

/**
 * Afterwards no page of the subscription takes money, unless the processor could not be asked: then its payment stays open. `keep`: but
 * the page that was opened from this link stays; null is the portal.
 */
export async function closeOpenPage(ctx: BusinessCtx, subscription_id: string, keep?: string | null): Promise<void> {
  const open = await from(ctx, 'payments')
    .select(['payment_id', 'processor', 'processor_key'])
    .where('subscription_id', '=', subscription_id)
    .where('settled_at', 'is', null)
    // One that nobody has begun has no page.
    .where((eb) => eb.or([eb('status', '<>', 'requires_customer_action'), eb('next_check_at', 'is not', null)]))
    .where((eb) => {
      const page = eb('origin', '=', 'pay_page')
      // The bank asks about one saved method, whatever is chosen now.
      const bank = eb.and([eb('origin', '=', 'method_update'), eb('status', '=', 'requires_customer_action')])
      const other = keep === undefined ? page : eb.and([page, eb('pay_link_id', 'is distinct from', keep)])
      return eb.or([other, bank])
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
  if (closed.status === 'never_seen' || closed.status === 'requires_action') return GIVEN_UP
  return closed.status === 'declined' && closed.code === 'AUTHENTICATION_TIMEOUT' ? GIVEN_UP : closed
}

/** Pages that would lead a browser back to where this one does not come from, or that take what this link does not allow. */
export async function closeOtherPages(
  ctx: BusinessCtx,
  subscription_id: string,
  pay_link_id: string | null,
): Promise<void> {
  await closeOpenPage(ctx, subscription_id, pay_link_id)
  const setup = await from(ctx, 'method_setups')
    .select('setup_id')
    .where('subscription_id', '=', subscription_id)
    .where('checkout_id', 'is', null)
    .where('settled_at', 'is', null)
    .where('pay_link_id', 'is distinct from', pay_link_id)
    .executeTakeFirst()
  if (setup !== undefined) await closeSetup(ctx, setup.setup_id)
}
