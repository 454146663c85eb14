import type { Buyer } from '#core/checkout/begin-payment.ts'
import type { Cart } from '#core/checkout/cart.ts'
import type { Checkout } from '#core/checkout/queries.ts'
import { createCustomer } from '#core/customers/create-customer.ts'
import { findCustomerByEmail } from '#core/customers/queries.ts'
import { from, owned, update } from '#core/scope.ts'
import type { BillingAddress } from '#db/json-types.ts'
import { json } from '#db/temporal.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'
import { newId } from '#src/ids.ts'

/** Locks a checkout that can still be paid. */
export async function lockCheckout(ctx: BusinessCtx, checkout_id: string): Promise<Checkout> {
  const checkout = await from(ctx, 'checkout_sessions')
    .selectAll()
    .where('checkout_id', '=', checkout_id)
    .forUpdate()
    .executeTakeFirst()
  if (checkout === undefined) throw notFound('checkout session')
  if (checkout.consumed_at !== null) throw new AppError('CHECKOUT_SESSION_CONSUMED')
  if (Temporal.Instant.compare(checkout.expires_at, ctx.wall.now()) <= 0) {
    throw new AppError('NOT_FOUND', { message: 'This checkout has expired; ask for a new one' })
  }
  return checkout
}

/** The named customer, else the one this address leads to, else a new one. Nobody is signed in by it. */
export async function buyerOf(ctx: BusinessCtx, checkout: Checkout, buyer: Buyer): Promise<string> {
  const attached = checkout.customer_id !== null && sameAddress(checkout.customer_email, buyer.email)
  if (attached && checkout.customer_id !== null) return checkout.customer_id
  const known = await findCustomerByEmail(ctx, buyer.email)
  if (known !== undefined) return known.customer_id
  const { email, name, phone_number, locale } = buyer
  return (await createCustomer(ctx, { email, name, phone_number, locale })).customer_id
}

function sameAddress(a: string | null, b: string): boolean {
  return a !== null && a.trim().toLowerCase() === b.trim().toLowerCase()
}

/** The subscription this checkout begins, `pending` until it is paid; written anew at each attempt. */
export async function writePendingSubscription(
  ctx: BusinessCtx,
  checkout: Checkout,
  cart: Cart,
  customer_id: string,
  billing: BillingAddress,
): Promise<string | null> {
  if (cart.subscription === undefined) return null
  if (checkout.subscription_id !== null) {
    await update(ctx, 'subscriptions')
      .set({ customer_id, billing: json(billing) })
      .where('subscription_id', '=', checkout.subscription_id)
      .where('status', '=', 'pending')
      .execute()
    return checkout.subscription_id
  }
  return insertPending(ctx, checkout, cart, customer_id, billing)
}

async function insertPending(
  ctx: BusinessCtx,
  checkout: Checkout,
  cart: Cart,
  customer_id: string,
  billing: BillingAddress,
): Promise<string> {
  const { subscription } = cart
  if (subscription === undefined) throw new Error('the cart holds no subscription')
  const { product } = subscription
  const subscription_id = newId('subscription', ctx.wall.now().epochMilliseconds)
  const now = ctx.clock.now()
  await ctx.db
    .insertInto('subscriptions')
    .values({
      ...owned(ctx),
      subscription_id,
      customer_id,
      product_id: product.product_id,
      checkout_id: checkout.checkout_id,
      status: 'pending',
      quantity: subscription.quantity,
      currency: cart.currency,
      unit_price: subscription.unit_price,
      recurring_pre_tax_amount: subscription.recurring_pre_tax_amount,
      tax_inclusive: product.tax_inclusive,
      payment_frequency_count: product.payment_frequency_count ?? 1,
      payment_frequency_interval: product.payment_frequency_interval ?? 'Month',
      subscription_period_count: product.subscription_period_count ?? 10,
      subscription_period_interval: product.subscription_period_interval ?? 'Year',
      trial_period_days: subscription.trial_period_days,
      billing: json(billing),
      metadata: json(checkout.metadata),
      created_at: now,
      updated_at: now,
    })
    .execute()
  if (subscription.addons.length > 0) {
    const addons = subscription.addons.map(({ addon_id, quantity, unit_price }) => ({ addon_id, quantity, unit_price }))
    await ctx.db
      .insertInto('subscription_addons')
      .values(addons.map((addon) => ({ ...owned(ctx), subscription_id, ...addon })))
      .execute()
  }
  return subscription_id
}
