import type { Selectable } from 'kysely'
import { type Brand, findBrand } from '#core/brands/queries.ts'
import { type Cart, checkoutTerms, priceCart } from '#core/checkout/cart.ts'
import { checkoutReason, resolveWhatCan } from '#core/checkout/checkout-discounts.ts'
import { type Choices, readChoices } from '#core/checkout/choices.ts'
import { rulesOf } from '#core/checkout/page-rules.ts'
import { readSoldCart } from '#core/checkout/sold-cart.ts'
import type { Discountable } from '#core/discounts/resolve-codes.ts'
import { isAllowed } from '#core/payment-methods/allowed-types.ts'
import { listUsableMethods, type PaymentMethod } from '#core/payment-methods/queries.ts'
import type { Payment } from '#core/payments/queries.ts'
import { from } from '#core/scope.ts'
import type { TaxedBuyer } from '#core/tax/queries.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { type ErrorCode, notFound } from '#src/errors.ts'

export type Checkout = Selectable<DB['checkout_sessions']>

export async function getCheckout(ctx: BusinessCtx, checkout_id: string): Promise<Checkout> {
  const checkout = await from(ctx, 'checkout_sessions')
    .selectAll()
    .where('checkout_id', '=', checkout_id)
    .executeTakeFirst()
  if (checkout === undefined) throw notFound('checkout session')
  return checkout
}

/** The latest attempt to pay a checkout. */
export async function findCheckoutPayment(ctx: BusinessCtx, checkout_id: string): Promise<Payment | undefined> {
  return from(ctx, 'payments')
    .selectAll()
    .where('checkout_id', '=', checkout_id)
    .orderBy('attempt', 'desc')
    .executeTakeFirst()
}

export type CheckoutState = 'open' | 'paid' | 'checking' | 'expired'

/** What the checkout page has to say. */
export interface CheckoutView {
  /** Under which it is sold, where that is not the business's own name. */
  brand: Brand | undefined
  checkout: Checkout
  cart: Cart
  /** Its codes that cannot be redeemed any more. */
  refused: { code: string; reason: ErrorCode }[]
  state: CheckoutState
  payment: Payment | undefined
  /** The reason of the last attempt, where it was declined. */
  declined: string | null
  choices: Choices
  /** That can be paid with, the default first. */
  saved_methods: readonly PaymentMethod[]
}

/** `typed`: of the buyer on the page; else what was typed; else what the shop told, or who paid. */
export async function viewCheckout(ctx: BusinessCtx, checkout_id: string, typed?: TaxedBuyer): Promise<CheckoutView> {
  const checkout = await getCheckout(ctx, checkout_id)
  const payment = await findCheckoutPayment(ctx, checkout_id)
  if (checkout.consumed_at !== null) {
    const cart = await readSoldCart(ctx, checkout, payment)
    const nothing = { refused: [], declined: null, choices: { products: [], addons: [] }, saved_methods: [] }
    return { checkout, cart, brand: await brandOf(ctx, cart), state: 'paid', payment, ...nothing }
  }
  const { customer_id, discount_codes } = checkout
  let refused: CheckoutView['refused'] = []
  const redeem = async (sold: Discountable) => {
    const redeemer = { customer_id, reason_key: checkoutReason(checkout_id) }
    const found = await resolveWhatCan(ctx, discount_codes, sold, redeemer)
    refused = found.refused
    return found.discounts
  }
  const buyer = typed ?? { billing: checkout.billing, tax_id: checkout.tax_id }
  const state = stateOf(ctx, checkout, payment)
  const terms = { ...checkoutTerms(checkout), buyer, redeem, sold: state === 'checking' }
  const cart = await priceCart(ctx, checkout.product_cart, terms)
  const declined = payment?.status === 'failed' ? (payment.error_code ?? 'GENERIC_DECLINE') : null
  const brand = await brandOf(ctx, cart)
  const choices = await readChoices(ctx, checkout, cart)
  const { saved_methods_of } = rulesOf(checkout)
  const usable = saved_methods_of === null ? [] : await listUsableMethods(ctx, saved_methods_of)
  const saved_methods = usable.filter((method) => isAllowed(method, checkout.allowed_payment_method_types))
  return { checkout, cart, brand, refused, state, payment, declined, choices, saved_methods }
}

/** All products of a cart have one. */
export async function brandOf(ctx: BusinessCtx, { products }: Cart): Promise<Brand | undefined> {
  return findBrand(ctx, products[0]?.product.brand_id ?? null)
}

function stateOf(ctx: BusinessCtx, checkout: Checkout, payment: Payment | undefined): CheckoutState {
  if (payment?.unknown_since != null) return 'checking'
  return Temporal.Instant.compare(checkout.expires_at, ctx.wall.now()) <= 0 ? 'expired' : 'open'
}
