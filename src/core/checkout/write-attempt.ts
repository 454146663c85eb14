// One trip to pay a checkout: a payment on the processor's page or with a saved method, a set-up that only saves a method, or nothing where
// nothing has to be paid. Call it with the checkout locked.
import type { Buyer, Orderer } from '#core/checkout/begin-payment.ts'
import { checkoutReason } from '#core/checkout/checkout-discounts.ts'
import { ABANDONED } from '#core/checkout/close-earlier-attempt.ts'
import { completeUnbilled } from '#core/checkout/complete-checkout.ts'
import { beginsUnbilled, needsMethod, type Order, writeOrderDues } from '#core/checkout/write-order.ts'
import { reserveRedemptions } from '#core/discounts/redeem.ts'
import { assertOffered } from '#core/payment-methods/allowed-types.ts'
import { openCheckoutSetup } from '#core/payment-methods/open-setup.ts'
import { firstCheck } from '#core/payments/check-schedule.ts'
import { insertAttempt, lastAttempt } from '#core/payments/insert-attempt.ts'
import { awaitsBuyer, type Dues, type Payment } from '#core/payments/queries.ts'
import { settlePayment } from '#core/payments/settle-payment.ts'
import { updatePayment } from '#core/payments/store.ts'
import { from } from '#core/scope.ts'
import type { CustomFieldResponse } from '#db/checkout-json.ts'
import { type BusinessCtx, processorFor } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export type Attempt = { type: 'payment'; payment_id: string } | { type: 'setup'; setup_id: string } | { type: 'done' }

/** Who pays, and with which saved method; null: with what is entered on the processor's page. */
interface Payer extends Buyer {
  payment_method_id: string | null
}

export async function writeAttempt(ctx: BusinessCtx, order: Order, payer: Payer): Promise<Attempt> {
  const { checkout, cart, customer_id, subscription_id } = order
  const { checkout_id, allowed_payment_method_types: allowed_types } = checkout
  if (needsMethod(cart) && payer.payment_method_id === null) {
    assertOffered(ctx, { currency: cart.currency, country: payer.billing.country, allowed_types })
  }
  const unpaid = cart.dues.total === 0 && (needsMethod(cart) || beginsUnbilled(cart))
  const waiting = unpaid ? await findOpen(ctx, checkout_id) : undefined
  if (waiting !== undefined) await settlePayment(ctx, waiting.payment_id, ABANDONED)
  const ids = cart.discounts.map(({ discount_id }) => discount_id)
  await reserveRedemptions(ctx, ids, { reason_key: checkoutReason(checkout_id), customer_id, subscription_id })
  if (unpaid && subscription_id !== null) {
    const begun = await beginUnpaid(ctx, { ...order, subscription_id }, payer)
    if (begun !== undefined) return begun
  }
  const dues = await writeOrderDues(ctx, order)
  const payment = await paymentOf(ctx, dues, order, payer)
  if (dues.total > 0) return { type: 'payment', payment_id: payment.payment_id }
  await settlePayment(ctx, payment.payment_id, { status: 'succeeded', reference: '', method: null })
  return { type: 'done' }
}

/** Begins at once where no method has to be saved first; undefined where a saved one pays an invoice of nothing. */
async function beginUnpaid(
  ctx: BusinessCtx,
  order: Order & { subscription_id: string },
  { payment_method_id }: Payer,
): Promise<Attempt | undefined> {
  const { checkout, cart, customer_id, subscription_id } = order
  const { checkout_id } = checkout
  const unbilled = beginsUnbilled(cart)
  if (unbilled && (payment_method_id !== null || !needsMethod(cart))) {
    await completeUnbilled(ctx, checkout_id, subscription_id, payment_method_id)
    return { type: 'done' }
  }
  if (payment_method_id !== null) return undefined
  if (!unbilled) await writeOrderDues(ctx, order)
  const { setup_id } = await openCheckoutSetup(ctx, { checkout_id, customer_id, subscription_id })
  return { type: 'setup', setup_id }
}

async function paymentOf(ctx: BusinessCtx, dues: Dues, { checkout }: Order, payer: Payer): Promise<Payment> {
  const { checkout_id, metadata } = checkout
  const open = await findOpen(ctx, checkout_id)
  const processor = dues.total === 0 ? null : processorFor(ctx).name
  const { billing, payment_method_id } = payer
  const next_check_at = firstCheck(ctx.wall.now())
  const paying = { billing, payment_method_id, custom_field_responses: answersOf(payer), processor, next_check_at }
  if (open !== undefined && awaitsBuyer(open)) {
    const { customer_id, currency, total: total_amount, tax } = dues
    const owed = { customer_id, currency, total_amount, tax }
    return updatePayment(ctx, open.payment_id, { ...owed, ...paying, status: 'processing' })
  }
  if (open !== undefined) return assertSameAttempt(open, dues, payment_method_id)
  const number = (await lastAttempt(ctx, dues.dues_id)) + 1
  return insertAttempt(ctx, dues, number, { ...paying, off_session: false, origin: 'first', checkout_id, metadata })
}

/** As the column holds them: null where nothing was asked or answered. */
function answersOf({ custom_field_responses: answers = [] }: Orderer): CustomFieldResponse[] | null {
  return answers.length === 0 ? null : answers
}

async function findOpen(ctx: BusinessCtx, checkout_id: string): Promise<Payment | undefined> {
  return from(ctx, 'payments')
    .selectAll()
    .where('checkout_id', '=', checkout_id)
    .where('settled_at', 'is', null)
    .executeTakeFirst()
}

/** Another tab pressed Pay at this very moment: its attempt is ours too, unless somebody else is buying there, at another price or with another method. */
function assertSameAttempt(open: Payment, dues: Dues, payment_method_id: string | null): Payment {
  const same = open.customer_id === dues.customer_id && open.total_amount === dues.total
  if (same && open.payment_method_id === payment_method_id) return open
  throw new AppError('PREVIOUS_PAYMENT_PENDING')
}
