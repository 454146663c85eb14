// An order of the merchant's own server: what a buyer does on our page and the processor's is done here with what the request says. Either a
// saved method is charged at once, or the order waits for its buyer under a link.

import { getProducts, type Product } from '#core/catalog/queries.ts'
import type { Orderer } from '#core/checkout/begin-payment.ts'
import type { Cart } from '#core/checkout/cart.ts'
import { checkoutReason } from '#core/checkout/checkout-discounts.ts'
import { completeUnbilled } from '#core/checkout/complete-checkout.ts'
import { createCheckout, type NewCheckout } from '#core/checkout/create-checkout.ts'
import type { Checkout } from '#core/checkout/queries.ts'
import { beginsUnbilled, needsMethod, type Order, writeOrder, writeOrderDues } from '#core/checkout/write-order.ts'
import { reserveRedemptions } from '#core/discounts/redeem.ts'
import { assertAllowed } from '#core/payment-methods/allowed-types.ts'
import { lockPaymentMethod } from '#core/payment-methods/remove-method.ts'
import { firstCheck } from '#core/payments/check-schedule.ts'
import { collectPayment } from '#core/payments/collect-payment.ts'
import { insertAttempt } from '#core/payments/insert-attempt.ts'
import type { Payment } from '#core/payments/queries.ts'
import { updatePayment } from '#core/payments/store.ts'
import { update } from '#core/scope.ts'
import type { BillingAddress } from '#db/json-types.ts'
import { type BusinessCtx, inTransaction, processorFor } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'

export interface DirectOrder extends NewCheckout {
  customer: NonNullable<NewCheckout['customer']>
  billing: BillingAddress
  /** Saved by the customer, who is named by id, and charged at once; null: the buyer pays at the link. */
  payment_method_id: string | null
  /** What it must be for. */
  sells: 'subscription' | 'one_time' | 'anything'
}

export interface Ordered {
  checkout: Checkout
  cart: Cart
  customer_id: string
  subscription_id: string | null
  /** Undefined where a free trial begins, or will: nothing is paid then. */
  payment: Payment | undefined
  /** Whether its buyer can pay it at the page of its checkout. */
  waits: boolean
}

/**
 * Throws what a checkout and its Pay button throw; NOT_FOUND for a method that is not the customer's. A declined method is no error: the
 * payment says so, and what would have begun has failed.
 */
export async function orderDirectly(outer: BusinessCtx, input: DirectOrder): Promise<Ordered> {
  const ordered = await inTransaction(outer, async (ctx) => {
    const checkout = await createCheckout(ctx, input)
    const ids = input.product_cart.map(({ product_id }) => product_id)
    assertSells(await getProducts(ctx, ids), input.sells)
    const order = await writeOrder(ctx, checkout, ordererOf(checkout, input))
    const { payment_method_id } = input
    return payment_method_id === null
      ? { ...order, payment: await waitForBuyer(ctx, order, input), waits: true }
      : { ...order, payment: await chargeSaved(ctx, order, { ...input, payment_method_id }), waits: false }
  })
  const { payment, waits } = ordered
  if (payment === undefined || waits) return ordered
  return { ...ordered, payment: await collectPayment(outer, payment.payment_id) }
}

/** A subscription comes first; what is bought once beside it follows. */
function assertSells(products: readonly Product[], sells: DirectOrder['sells']): void {
  const recurs = ({ price_type }: Product) => price_type !== 'one_time_price'
  if (sells === 'one_time' && products.some(recurs)) {
    throw new AppError('UNSUPPORTED_ACTION', { message: 'A product that is subscribed to goes to POST /subscriptions' })
  }
  if (sells === 'subscription' && products[0] !== undefined && !recurs(products[0])) {
    throw new AppError('UNSUPPORTED_ACTION', { message: 'A product that is bought once goes to POST /payments' })
  }
}

function ordererOf(checkout: Checkout, { billing }: DirectOrder): Orderer {
  const { customer_email: email, customer_name, customer_phone_number: phone_number } = checkout
  if (email === null) throw new Error('an order names its customer')
  return { email, name: customer_name ?? email, phone_number, billing, locale: null }
}

/** The first attempt, which the Pay button takes up; where nothing is due yet there is none. */
async function waitForBuyer(ctx: BusinessCtx, order: Order, { billing }: DirectOrder): Promise<Payment | undefined> {
  const { checkout, cart } = order
  if (cart.dues.total === 0 && (needsMethod(cart) || beginsUnbilled(cart))) return undefined
  const dues = await writeOrderDues(ctx, order)
  const { payment_id } = await insertAttempt(ctx, dues, 1, {
    off_session: false,
    origin: 'first',
    payment_method_id: null,
    processor: processorFor(ctx).name,
    checkout_id: checkout.checkout_id,
    billing,
    metadata: checkout.metadata,
    next_check_at: null,
  })
  return updatePayment(ctx, payment_id, { status: 'requires_customer_action' })
}

async function chargeSaved(
  ctx: BusinessCtx,
  order: Order,
  { billing, payment_method_id }: DirectOrder & { payment_method_id: string },
): Promise<Payment | undefined> {
  const { checkout, cart, customer_id, subscription_id } = order
  const { checkout_id, metadata } = checkout
  const method = await lockPaymentMethod(ctx, payment_method_id)
  if (method?.customer_id !== customer_id || method.removed_at !== null) throw notFound('payment method')
  assertAllowed(method, checkout.allowed_payment_method_types)
  // Nobody is to pay it at its page besides.
  const closed = { expires_at: ctx.wall.now(), fails_at: null }
  await update(ctx, 'checkout_sessions').set(closed).where('checkout_id', '=', checkout_id).execute()
  const ids = cart.discounts.map(({ discount_id }) => discount_id)
  await reserveRedemptions(ctx, ids, { reason_key: checkoutReason(checkout_id), customer_id, subscription_id })
  if (beginsUnbilled(cart) && subscription_id !== null) {
    await completeUnbilled(ctx, checkout_id, subscription_id, payment_method_id)
    return undefined
  }
  const dues = await writeOrderDues(ctx, order)
  return insertAttempt(ctx, dues, 1, {
    off_session: true,
    origin: 'first',
    payment_method_id,
    processor: dues.total === 0 ? null : processorFor(ctx).name,
    checkout_id,
    billing,
    metadata,
    next_check_at: firstCheck(ctx.wall.now()),
  })
}
