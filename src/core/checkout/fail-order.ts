// What was begun at a checkout, or ordered through the API, and nobody paid for in time.

import { checkoutReason } from '#core/checkout/checkout-discounts.ts'
import { ABANDONED } from '#core/checkout/close-earlier-attempt.ts'
import { failPendingSubscription } from '#core/checkout/expire-attempt.ts'
import type { Checkout } from '#core/checkout/queries.ts'
import { awaitsBuyer, type Payment } from '#core/payments/queries.ts'
import { settlePayment } from '#core/payments/settle-payment.ts'
import { closeDues } from '#core/payments/store.ts'
import { from, update } from '#core/scope.ts'
import { type BusinessCtx, holdClaim, inTransaction } from '#src/context.ts'

/** A page that is still open at the processor is closed first, by whoever asks about it. */
const LATER = Temporal.Duration.from({ minutes: 15 })

/** Its subscription has failed and nothing is owed any more. Harmless to repeat, and to call before its time. */
export async function failOrder(outer: BusinessCtx, checkout_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const checkout = await from(ctx, 'checkout_sessions')
      .selectAll()
      .where('checkout_id', '=', checkout_id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    holdClaim(ctx, 'checkout_sessions', checkout)
    const now = ctx.wall.now()
    if (checkout.fails_at === null || Temporal.Instant.compare(checkout.fails_at, now) > 0) return
    const payment = await findOpenPayment(ctx, checkout_id)
    const waits = (payment !== undefined && !awaitsBuyer(payment)) || (await hasOpenSetup(ctx, checkout_id))
    if (!waits) await giveUp(ctx, checkout, payment)
    await update(ctx, 'checkout_sessions')
      .set({ fails_at: waits ? now.add(LATER) : null })
      .where('checkout_id', '=', checkout_id)
      .execute()
  })
}

async function giveUp(ctx: BusinessCtx, checkout: Checkout, payment: Payment | undefined): Promise<void> {
  if (payment !== undefined) await settlePayment(ctx, payment.payment_id, ABANDONED)
  if (checkout.subscription_id !== null) await failPendingSubscription(ctx, checkout.subscription_id)
  const owed = await from(ctx, 'dues')
    .select('dues_id')
    .where('reason_key', '=', checkoutReason(checkout.checkout_id))
    .where('status', '=', 'open')
    .executeTakeFirst()
  if (owed !== undefined) await closeDues(ctx, owed.dues_id, 'void')
}

async function findOpenPayment(ctx: BusinessCtx, checkout_id: string): Promise<Payment | undefined> {
  return from(ctx, 'payments')
    .selectAll()
    .where('checkout_id', '=', checkout_id)
    .where('settled_at', 'is', null)
    .executeTakeFirst()
}

async function hasOpenSetup(ctx: BusinessCtx, checkout_id: string): Promise<boolean> {
  const open = await from(ctx, 'method_setups')
    .select('setup_id')
    .where('checkout_id', '=', checkout_id)
    .where('settled_at', 'is', null)
    .executeTakeFirst()
  return open !== undefined
}
