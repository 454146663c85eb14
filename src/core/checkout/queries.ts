import type { Selectable } from 'kysely'
import { type Cart, priceCart } from '#core/checkout/cart.ts'
import type { Payment } from '#core/payments/queries.ts'
import { from } from '#core/scope.ts'
import type { TaxedBuyer } from '#core/tax/queries.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

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
  checkout: Checkout
  cart: Cart
  state: CheckoutState
  payment: Payment | undefined
  /** The reason of the last attempt, where it was declined. */
  declined: string | null
}

/** `typed`: of the buyer on the page; else what was typed; else what the shop told, or who paid. */
export async function viewCheckout(ctx: BusinessCtx, checkout_id: string, typed?: TaxedBuyer): Promise<CheckoutView> {
  const checkout = await getCheckout(ctx, checkout_id)
  const payment = await findCheckoutPayment(ctx, checkout_id)
  const sold = checkout.consumed_at !== null
  const billing = sold ? (payment?.billing ?? checkout.billing) : checkout.billing
  const buyer = typed ?? { billing, tax_id: checkout.tax_id }
  const cart = await priceCart(ctx, checkout.product_cart, { ...checkout, buyer, sold })
  const declined = payment?.status === 'failed' ? (payment.error_code ?? 'GENERIC_DECLINE') : null
  return { checkout, cart, state: stateOf(ctx, checkout, payment), payment, declined }
}

function stateOf(ctx: BusinessCtx, checkout: Checkout, payment: Payment | undefined): CheckoutState {
  if (checkout.consumed_at !== null) return 'paid'
  if (payment?.unknown_since != null) return 'checking'
  return Temporal.Instant.compare(checkout.expires_at, ctx.wall.now()) <= 0 ? 'expired' : 'open'
}
