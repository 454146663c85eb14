// What is bought and by whom, written down: the pending subscription and what is owed now. Call it with the checkout locked.
import { getSettings } from '#core/businesses/queries.ts'
import type { Orderer } from '#core/checkout/begin-payment.ts'
import { type Cart, type CartSubscription, checkoutTerms, priceCart } from '#core/checkout/cart.ts'
import { checkoutReason } from '#core/checkout/checkout-discounts.ts'
import type { Checkout } from '#core/checkout/queries.ts'
import { buyerOf, writePendingSubscription } from '#core/checkout/store.ts'
import { type Discountable, resolveCodes } from '#core/discounts/resolve-codes.ts'
import type { Dues } from '#core/payments/queries.ts'
import { insertDues, type NewDues, rewriteDues } from '#core/payments/store.ts'
import { from, update } from '#core/scope.ts'
import { json } from '#db/temporal.ts'
import { type BusinessCtx, processorFor } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface Order {
  checkout: Checkout
  cart: Cart
  customer_id: string
  subscription_id: string | null
}

/** Priced for this buyer. Throws what keeps the codes from being redeemed, CUSTOMER_HAS_EXISTING_SUBSCRIPTION. */
export async function writeOrder(ctx: BusinessCtx, checkout: Checkout, buyer: Orderer): Promise<Order> {
  const { checkout_id, discount_codes } = checkout
  const customer_id = await buyerOf(ctx, checkout, buyer)
  const party = partyOf(checkout, buyer)
  const redeemer = { customer_id, reason_key: checkoutReason(checkout_id) }
  const redeem = (sold: Discountable) => resolveCodes(ctx, discount_codes, sold, redeemer)
  const cart = await priceCart(ctx, checkout.product_cart, { ...checkoutTerms(checkout), buyer: party, redeem })
  await assertMaySubscribe(ctx, cart, customer_id)
  const subscription_id = await writePendingSubscription(ctx, checkout, cart, customer_id, party)
  const { tax_id, customer_business_name, custom_field_responses } = party
  const { email: customer_email, name: customer_name } = buyer
  await update(ctx, 'checkout_sessions')
    .set({ customer_id, subscription_id, customer_email, customer_name, tax_id, customer_business_name })
    .set({ custom_field_responses, customer_phone_number: buyer.phone_number, fails_at: checkout.expires_at })
    .where('checkout_id', '=', checkout_id)
    .execute()
  return { checkout, cart, customer_id, subscription_id }
}

/** Once for a checkout; written anew with the price of each attempt. Throws TOTAL_PAYMENT_AMOUNT_BELOW_MINIMUM_AMOUNT. */
export async function writeOrderDues(
  ctx: BusinessCtx,
  { checkout: { checkout_id }, cart, customer_id, subscription_id }: Order,
): Promise<Dues> {
  const { currency, tax_inclusive, dues } = cart
  if (dues.total > 0 && dues.total < processorFor(ctx).minimumAmount(currency)) {
    throw new AppError('TOTAL_PAYMENT_AMOUNT_BELOW_MINIMUM_AMOUNT')
  }
  const reason = { reason_key: checkoutReason(checkout_id), kind: 'checkout' as const, checkout_id }
  const owed: NewDues = { ...reason, customer_id, subscription_id, currency, tax_inclusive, ...dues }
  return (await insertDues(ctx, owed)) ?? rewriteDues(ctx, owed)
}

/** Whether somebody has to pay, or to save a method because something will be due: false where it begins with no card. */
export function needsMethod(cart: Cart): boolean {
  const { dues, subscription } = cart
  if (dues.total > 0) return true
  if (subscription === undefined || subscription.method_optional) return false
  return subscription.costs_later || isBilledLater(subscription)
}

/** Nothing is due now, and no invoice says so: a trial runs, usage is billed later, the merchant asks. */
export function beginsUnbilled({ dues, subscription, products }: Cart): boolean {
  return dues.total === 0 && products.length === 1 && subscription !== undefined && isBilledLater(subscription)
}

function isBilledLater({ on_demand, trial_period_days, product }: CartSubscription): boolean {
  return on_demand || trial_period_days > 0 || product.meters.length > 0
}

/** Who buys, as invoices and tax know them. */
function partyOf(checkout: Checkout, buyer: Orderer) {
  const { billing, tax_id = checkout.tax_id, customer_business_name = checkout.customer_business_name } = buyer
  const named = tax_id === null ? null : customer_business_name
  const { custom_field_responses: answers = [] } = buyer
  const custom_field_responses = answers.length === 0 ? null : json(answers)
  return { billing, tax_id, customer_business_name: named, custom_field_responses }
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
