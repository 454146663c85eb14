// What a checkout would cost, by the same prices, discounts and taxes as the page; nothing is written.

import { hasTaxIdForm, isInEuropeanUnion } from '#billing/tax-id.ts'
import { type Breakup, type Cart, priceCart } from '#core/checkout/cart.ts'
import { cartOf, type NewCheckout, redeemerOf } from '#core/checkout/create-checkout.ts'
import { startOf } from '#core/checkout/start-of.ts'
import { needsMethod } from '#core/checkout/write-order.ts'
import { assertGranted } from '#core/credit-entitlements/sold-amounts.ts'
import { type Discountable, resolveCodes } from '#core/discounts/resolve-codes.ts'
import type { BillingAddress } from '#db/json-types.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface CheckoutPreview {
  cart: Cart
  /** What is due now. */
  due: Breakup
  /** What the first renewal would take today; null where nothing renews. */
  renewal: Breakup | null
  billing_country: string
  tax_id: { given: boolean; valid: boolean; is_vat: boolean }
  payment_method_required: boolean
  /** Null where nothing renews. */
  next_billing_date: Temporal.Instant | null
}

/** Throws what keeps the cart from being sold or a code from being redeemed, as making the checkout would. */
export async function previewCheckout(ctx: BusinessCtx, input: NewCheckout): Promise<CheckoutPreview> {
  const { trial_period_days = null, billing_currency = null, on_demand = null } = input
  const billing = placeOf(ctx, input.billing ?? null)
  const tax_id = checkTaxId(billing.country, input.tax_id ?? null)
  const buyer = { billing, tax_id: tax_id.valid ? (input.tax_id ?? null) : null }
  const { codes, redeemer } = await redeemerOf(ctx, input)
  const redeem = (sold: Discountable) => resolveCodes(ctx, codes, sold, redeemer)
  const terms = { trial_period_days, billing_currency, on_demand, buyer, redeem }
  const product_cart = await cartOf(ctx, input)
  const cart = await priceCart(ctx, product_cart, terms)
  assertGranted(product_cart, cart.products)
  const renewing = cart.subscription?.on_demand ? undefined : cart.subscription
  return {
    cart,
    due: dueOf(cart),
    renewal: renewing?.renewal ?? null,
    billing_country: billing.country,
    tax_id,
    payment_method_required: needsMethod(cart),
    next_billing_date: renewing === undefined ? null : startOf(renewing, ctx.clock.now()).next_billing_date,
  }
}

/** Of a buyer who is nowhere yet the business's own country is assumed. */
function placeOf({ business }: BusinessCtx, billing: BillingAddress | null): Pick<BillingAddress, 'country' | 'state'> {
  if (billing !== null) return billing
  if (business.country !== null) return { country: business.country, state: null }
  throw new AppError('INVALID_REQUEST_BODY', {
    message: 'billing_address is needed: the business has no country to calculate for',
    field: 'billing_address',
  })
}

function checkTaxId(country: string, tax_id: string | null): CheckoutPreview['tax_id'] {
  const given = tax_id !== null
  const valid = given && hasTaxIdForm(country, tax_id)
  return { given, valid, is_vat: valid && isInEuropeanUnion(country) }
}

function dueOf({ dues }: Cart): Breakup {
  const discount = (dues.discounts ?? []).reduce((total, { amount }) => total + amount, 0)
  return { subtotal: dues.subtotal + discount, discount, tax: dues.tax, total: dues.total }
}
