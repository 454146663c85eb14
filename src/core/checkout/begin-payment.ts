// The buyer pressed Pay: write who buys, what is owed and the attempt; then open the processor's page.

import { getSettings } from '#core/businesses/queries.ts'
import { type Cart, priceCart } from '#core/checkout/cart.ts'
import { checkoutReason } from '#core/checkout/checkout-discounts.ts'
import { closeEarlierAttempt } from '#core/checkout/close-earlier-attempt.ts'
import { openPage } from '#core/checkout/open-page.ts'
import type { Checkout } from '#core/checkout/queries.ts'
import { buyerOf, lockCheckout, writePendingSubscription } from '#core/checkout/store.ts'
import { reserveRedemptions } from '#core/discounts/redeem.ts'
import { type Discountable, resolveCodes } from '#core/discounts/resolve-codes.ts'
import { openCheckoutSetup } from '#core/payment-methods/open-setup.ts'
import { firstCheck } from '#core/payments/check-schedule.ts'
import { insertAttempt, lastAttempt } from '#core/payments/insert-attempt.ts'
import type { Dues, Payment } from '#core/payments/queries.ts'
import { settlePayment } from '#core/payments/settle-payment.ts'
import { insertDues, type NewDues, rewriteDues } from '#core/payments/store.ts'
import { from, update } from '#core/scope.ts'
import type { BillingAddress } from '#db/json-types.ts'
import { type BusinessCtx, inTransaction, processorFor } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface Buyer {
  email: string
  name: string
  phone_number: string | null
  billing: BillingAddress
  /** What the shop told of these two stays where they are not given. */
  tax_id?: string | null
  customer_business_name?: string | null
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
    const { trial_period_days, billing_currency, discount_codes } = checkout
    const customer_id = await buyerOf(ctx, checkout, buyer)
    const redeemer = { customer_id, reason_key: checkoutReason(checkout_id) }
    const redeem = (sold: Discountable) => resolveCodes(ctx, discount_codes, sold, redeemer)
    const terms = { trial_period_days, billing_currency, buyer: partyOf(checkout, buyer), redeem }
    const cart = await priceCart(ctx, checkout.product_cart, terms)
    await assertMaySubscribe(ctx, cart, customer_id)
    return writeAttempt(ctx, checkout, cart, customer_id, buyer)
  })
  return attempt.type === 'done' ? attempt : openPage(outer, checkout_id, attempt, buyer)
}

async function writeAttempt(
  ctx: BusinessCtx,
  checkout: Checkout,
  cart: Cart,
  customer_id: string,
  buyer: Buyer,
): Promise<Attempt> {
  const { checkout_id } = checkout
  const { tax_id, customer_business_name } = partyOf(checkout, buyer)
  const subscription_id = await writePendingSubscription(ctx, checkout, cart, customer_id, partyOf(checkout, buyer))
  await update(ctx, 'checkout_sessions')
    .set({
      customer_id,
      subscription_id,
      customer_email: buyer.email,
      customer_name: buyer.name,
      tax_id,
      customer_business_name,
    })
    .where('checkout_id', '=', checkout_id)
    .execute()
  const ids = cart.discounts.map(({ discount_id }) => discount_id)
  await reserveRedemptions(ctx, ids, { reason_key: checkoutReason(checkout_id), customer_id, subscription_id })
  if (cart.dues.total === 0 && subscription_id !== null && paysLater(cart)) {
    const { setup_id } = await openCheckoutSetup(ctx, { checkout_id, customer_id, subscription_id })
    return { type: 'setup', setup_id }
  }
  assertChargeable(ctx, cart)
  const dues = await writeDues(ctx, checkout, cart, customer_id, subscription_id)
  const payment = await attemptOf(ctx, dues, checkout, buyer)
  if (dues.total > 0) return { type: 'payment', payment_id: payment.payment_id }
  await settlePayment(ctx, payment.payment_id, { status: 'succeeded', reference: '', method: null })
  return { type: 'done' }
}

/** Who buys, as invoices and tax know them. */
function partyOf(checkout: Checkout, buyer: Buyer) {
  const { billing, tax_id = checkout.tax_id, customer_business_name = checkout.customer_business_name } = buyer
  return { billing, tax_id, customer_business_name: tax_id === null ? null : customer_business_name }
}

/** Nothing is due now, and something will be: a trial ends, usage is billed. */
function paysLater({ subscription }: Cart): boolean {
  return subscription !== undefined && (subscription.trial_period_days > 0 || subscription.product.meters.length > 0)
}

async function writeDues(
  ctx: BusinessCtx,
  checkout: Checkout,
  cart: Cart,
  customer_id: string,
  subscription_id: string | null,
): Promise<Dues> {
  const owed: NewDues = {
    reason_key: checkoutReason(checkout.checkout_id),
    kind: 'checkout',
    customer_id,
    subscription_id,
    checkout_id: checkout.checkout_id,
    currency: cart.currency,
    tax_inclusive: cart.tax_inclusive,
    ...cart.dues,
  }
  return (await insertDues(ctx, owed)) ?? rewriteDues(ctx, owed)
}

async function attemptOf(ctx: BusinessCtx, dues: Dues, checkout: Checkout, buyer: Buyer): Promise<Payment> {
  const open = await from(ctx, 'payments')
    .selectAll()
    .where('dues_id', '=', dues.dues_id)
    .where('settled_at', 'is', null)
    .executeTakeFirst()
  if (open !== undefined) return assertSameAttempt(open, dues)
  return insertAttempt(ctx, dues, (await lastAttempt(ctx, dues.dues_id)) + 1, {
    off_session: false,
    origin: 'first',
    payment_method_id: null,
    processor: dues.total === 0 ? null : processorFor(ctx).name,
    checkout_id: checkout.checkout_id,
    billing: buyer.billing,
    metadata: checkout.metadata,
    next_check_at: firstCheck(ctx.wall.now()),
  })
}

/** Another tab pressed Pay at this very moment: its attempt is ours too, unless somebody else is buying there or at another price. */
function assertSameAttempt(open: Payment, dues: Dues): Payment {
  if (open.customer_id === dues.customer_id && open.total_amount === dues.total) return open
  throw new AppError('PREVIOUS_PAYMENT_PENDING')
}

function assertChargeable(ctx: BusinessCtx, cart: Cart): void {
  const { total } = cart.dues
  if (total === 0 || total >= processorFor(ctx).minimumAmount(cart.currency)) return
  throw new AppError('TOTAL_PAYMENT_AMOUNT_BELOW_MINIMUM_AMOUNT')
}

async function assertMaySubscribe(ctx: BusinessCtx, cart: Cart, customer_id: string): Promise<void> {
  if (cart.subscription === undefined || (await getSettings(ctx)).allow_multiple_subscriptions) return
  const running = await from(ctx, 'subscriptions')
    .select('subscription_id')
    .where('customer_id', '=', customer_id)
    .where('status', 'in', ['active', 'past_due', 'on_hold', 'paused'])
    .executeTakeFirst()
  if (running !== undefined) throw new AppError('CUSTOMER_HAS_EXISTING_SUBSCRIPTION')
}
