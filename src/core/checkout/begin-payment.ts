// The buyer pressed Pay: write who buys, what is owed and the attempt; then open the processor's page.

import { checkoutReason } from '#core/checkout/checkout-discounts.ts'
import { ABANDONED, closeEarlierAttempt } from '#core/checkout/close-earlier-attempt.ts'
import { completeUnbilled } from '#core/checkout/complete-checkout.ts'
import { openPage } from '#core/checkout/open-page.ts'
import type { Checkout } from '#core/checkout/queries.ts'
import { lockCheckout } from '#core/checkout/store.ts'
import { beginsUnbilled, needsMethod, type Order, writeOrder, writeOrderDues } from '#core/checkout/write-order.ts'
import { reserveRedemptions } from '#core/discounts/redeem.ts'
import { assertOffered } from '#core/payment-methods/allowed-types.ts'
import { openCheckoutSetup } from '#core/payment-methods/open-setup.ts'
import { firstCheck } from '#core/payments/check-schedule.ts'
import { insertAttempt, lastAttempt } from '#core/payments/insert-attempt.ts'
import { awaitsBuyer, type Dues, type Payment } from '#core/payments/queries.ts'
import { settlePayment } from '#core/payments/settle-payment.ts'
import { updatePayment } from '#core/payments/store.ts'
import { from } from '#core/scope.ts'
import type { BillingAddress } from '#db/json-types.ts'
import { type BusinessCtx, inTransaction, processorFor } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** Who buys, as the order says it. */
export interface Orderer {
  email: string
  name: string
  phone_number: string | null
  billing: BillingAddress
  /** What the shop told of these two stays where they are not given. */
  tax_id?: string | null
  customer_business_name?: string | null
  /** Null: not known. */
  locale: string | null
}

/** One who is there. */
export interface Buyer extends Orderer {
  locale: string
}

/** Where the browser goes next: the processor's page, or the checkout's own end where nothing had to be paid. */
export type NextStep = { type: 'page'; url: string } | { type: 'done' } | { type: 'checking' }

export type Attempt = { type: 'payment'; payment_id: string } | { type: 'setup'; setup_id: string } | { type: 'done' }

/**
 * Throws CHECKOUT_SESSION_CONSUMED where it was paid, PREVIOUS_PAYMENT_PENDING where an attempt is still undecided, and what keeps its codes
 * from being redeemed by this buyer.
 */
export async function beginPayment(outer: BusinessCtx, checkout_id: string, buyer: Buyer): Promise<NextStep> {
  await closeEarlierAttempt(outer, checkout_id)
  const attempt = await inTransaction(outer, async (ctx) => {
    const checkout = await lockCheckout(ctx, checkout_id)
    return writeAttempt(ctx, await writeOrder(ctx, checkout, buyer), buyer)
  })
  return attempt.type === 'done' ? attempt : openPage(outer, checkout_id, attempt, buyer)
}

async function writeAttempt(ctx: BusinessCtx, order: Order, buyer: Buyer): Promise<Attempt> {
  const { checkout, cart, customer_id, subscription_id } = order
  const { checkout_id, allowed_payment_method_types: allowed_types } = checkout
  if (needsMethod(cart)) {
    assertOffered(ctx, { currency: cart.currency, country: buyer.billing.country, allowed_types })
  }
  const unpaid = cart.dues.total === 0 && (needsMethod(cart) || beginsUnbilled(cart))
  const waiting = unpaid ? await findOpen(ctx, checkout_id) : undefined
  if (waiting !== undefined) await settlePayment(ctx, waiting.payment_id, ABANDONED)
  const ids = cart.discounts.map(({ discount_id }) => discount_id)
  await reserveRedemptions(ctx, ids, { reason_key: checkoutReason(checkout_id), customer_id, subscription_id })
  if (unpaid && subscription_id !== null) {
    if (!needsMethod(cart)) {
      await completeUnbilled(ctx, checkout_id, subscription_id, null)
      return { type: 'done' }
    }
    if (!beginsUnbilled(cart)) await writeOrderDues(ctx, order)
    const { setup_id } = await openCheckoutSetup(ctx, { checkout_id, customer_id, subscription_id })
    return { type: 'setup', setup_id }
  }
  const dues = await writeOrderDues(ctx, order)
  const payment = await attemptOf(ctx, dues, checkout, buyer)
  if (dues.total > 0) return { type: 'payment', payment_id: payment.payment_id }
  await settlePayment(ctx, payment.payment_id, { status: 'succeeded', reference: '', method: null })
  return { type: 'done' }
}

async function attemptOf(ctx: BusinessCtx, dues: Dues, checkout: Checkout, buyer: Buyer): Promise<Payment> {
  const open = await findOpen(ctx, checkout.checkout_id)
  const processor = dues.total === 0 ? null : processorFor(ctx).name
  const next_check_at = firstCheck(ctx.wall.now())
  if (open !== undefined && awaitsBuyer(open)) {
    const { customer_id, currency, total: total_amount, tax } = dues
    const paid = { customer_id, billing: buyer.billing, currency, total_amount, tax }
    return updatePayment(ctx, open.payment_id, { ...paid, status: 'processing', processor, next_check_at })
  }
  if (open !== undefined) return assertSameAttempt(open, dues)
  return insertAttempt(ctx, dues, (await lastAttempt(ctx, dues.dues_id)) + 1, {
    off_session: false,
    origin: 'first',
    payment_method_id: null,
    processor,
    checkout_id: checkout.checkout_id,
    billing: buyer.billing,
    metadata: checkout.metadata,
    next_check_at,
  })
}

async function findOpen(ctx: BusinessCtx, checkout_id: string): Promise<Payment | undefined> {
  return from(ctx, 'payments')
    .selectAll()
    .where('checkout_id', '=', checkout_id)
    .where('settled_at', 'is', null)
    .executeTakeFirst()
}

/** Another tab pressed Pay at this very moment: its attempt is ours too, unless somebody else is buying there or at another price. */
function assertSameAttempt(open: Payment, dues: Dues): Payment {
  if (open.customer_id === dues.customer_id && open.total_amount === dues.total) return open
  throw new AppError('PREVIOUS_PAYMENT_PENDING')
}
