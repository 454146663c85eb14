import type { RawBuilder } from 'kysely'
import type { Orderer } from '#core/checkout/begin-payment.ts'
import type { Cart, CartSubscription } from '#core/checkout/cart.ts'
import { rulesOf } from '#core/checkout/page-rules.ts'
import type { Checkout } from '#core/checkout/queries.ts'
import { createCustomer } from '#core/customers/create-customer.ts'
import { findCustomerByEmail } from '#core/customers/queries.ts'
import { writeDiscounts } from '#core/discounts/subscription-discounts.ts'
import { from, owned, update } from '#core/scope.ts'
import { writeAddons } from '#core/subscriptions/store.ts'
import { writeSoldMeters } from '#core/usage/subscription-meters.ts'
import type { CustomFieldResponse } from '#db/checkout-json.ts'
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
export async function buyerOf(ctx: BusinessCtx, checkout: Checkout, buyer: Orderer): Promise<string> {
  const attached = checkout.customer_id !== null && sameAddress(checkout.customer_email, buyer.email)
  if (attached && checkout.customer_id !== null) return checkout.customer_id
  const known = rulesOf(checkout).new_customer ? undefined : await findCustomerByEmail(ctx, buyer.email)
  if (known !== undefined) return known.customer_id
  const { email, name, phone_number, locale } = buyer
  return (await createCustomer(ctx, { email, name, phone_number, locale })).customer_id
}

function sameAddress(a: string | null, b: string): boolean {
  return a !== null && a.trim().toLowerCase() === b.trim().toLowerCase()
}

interface BuyingParty {
  billing: BillingAddress
  tax_id: string | null
  customer_business_name: string | null
  custom_field_responses: RawBuilder<CustomFieldResponse[]> | null
}

/** The subscription this checkout begins, `pending` until it is paid; written anew at each attempt. */
export async function writePendingSubscription(
  ctx: BusinessCtx,
  checkout: Checkout,
  cart: Cart,
  customer_id: string,
  buyer: BuyingParty,
): Promise<string | null> {
  const { subscription, currency } = cart
  if (subscription === undefined) return null
  const { billing, ...rest } = buyer
  const party = { customer_id, billing: json(billing), ...rest }
  const terms = { ...termsOf(subscription), currency, ...party }
  const subscription_id = checkout.subscription_id ?? newId('subscription', ctx.wall.now().epochMilliseconds)
  const now = ctx.clock.now()
  if (checkout.subscription_id === null) {
    const { checkout_id, metadata } = checkout
    const begun = {
      checkout_id,
      metadata: json(metadata),
      status: 'pending' as const,
      created_at: now,
      updated_at: now,
    }
    await ctx.db
      .insertInto('subscriptions')
      .values({ ...owned(ctx), subscription_id, ...terms, ...begun })
      .execute()
  } else {
    await update(ctx, 'subscriptions')
      .set({ ...terms, updated_at: now })
      .where('subscription_id', '=', subscription_id)
      .where('status', '=', 'pending')
      .execute()
  }
  await writeAddons(ctx, subscription_id, subscription.addons)
  await writeSoldMeters(ctx, subscription_id, subscription.product.meters)
  await writeDiscounts(ctx, subscription_id, subscription.discounts)
  return subscription_id
}

function termsOf({ product, ...subscription }: CartSubscription) {
  return {
    product_id: product.product_id,
    quantity: subscription.quantity,
    unit_price: subscription.unit_price,
    recurring_pre_tax_amount: subscription.recurring_pre_tax_amount,
    tax_inclusive: product.tax_inclusive,
    payment_frequency_count: product.payment_frequency_count ?? 1,
    payment_frequency_interval: product.payment_frequency_interval ?? ('Month' as const),
    subscription_period_count: product.subscription_period_count ?? 10,
    subscription_period_interval: product.subscription_period_interval ?? ('Year' as const),
    trial_period_days: subscription.trial_period_days,
    trial_amount: subscription.trial_amount,
    on_demand: subscription.on_demand,
  }
}
