import { reconcileSetup } from '#core/payment-methods/settle-method.ts'
import { reconcilePayment } from '#core/payments/reconcile-payment.ts'
import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

/** The browser is back, or about to begin again: whatever is open is asked about, the address is never believed. */
export async function askAgain(ctx: BusinessCtx, subscription_id: string): Promise<void> {
  const setup = await from(ctx, 'method_setups')
    .select('setup_id')
    .where('subscription_id', '=', subscription_id)
    .where('checkout_id', 'is', null)
    .where('settled_at', 'is', null)
    .where('status', '=', 'requires_customer_action')
    .executeTakeFirst()
  if (setup !== undefined) await reconcileSetup(ctx, setup.setup_id)
  // Opened for the customer, or by the method that was just saved; one that is being charged elsewhere is left alone.
  const payment = await from(ctx, 'payments')
    .select('payment_id')
    .where('subscription_id', '=', subscription_id)
    .where('settled_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb.and([eb('origin', '=', 'pay_page'), eb('status', '=', 'requires_customer_action')]),
        eb('origin', '=', 'method_update'),
        eb('unknown_since', 'is not', null),
      ]),
    )
    .executeTakeFirst()
  if (payment !== undefined) await reconcilePayment(ctx, payment.payment_id)
}
