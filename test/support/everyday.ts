// A customer one could meet: eight months of a plan with seats, a card that began to fail, an ending, a trial, a purchase with keys.

import { enterBusiness } from '#core/addresses/enter-business.ts'
import { findReader } from '#core/addresses/find-reader.ts'
import { setSettings } from '#core/businesses/set-settings.ts'
import { createAddon } from '#core/catalog/create-addon.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import type { ProductFields, RecurringPrice } from '#core/catalog/product-columns.ts'
import { getProduct } from '#core/catalog/queries.ts'
import { createCheckout, type NewCheckout } from '#core/checkout/create-checkout.ts'
import { createCollection } from '#core/collections/create-collection.ts'
import { createCustomer } from '#core/customers/create-customer.ts'
import { getCustomer } from '#core/customers/queries.ts'
import { openAddressSession, openSession } from '#core/sessions/open-session.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { pauseSubscription } from '#core/subscriptions/pause-subscription.ts'
import { inTransaction, withActor } from '#src/context.ts'
import { besides } from './besides.ts'
import { type Buyer, buy, cards, download, payCheckout, plan } from './buy.ts'
import type { World } from './world.ts'

export const everydayWorld = {
  startsAt: '2026-03-05T09:20:00Z',
  business: {
    name: 'Linden Studio',
    legal_name: 'Linden Studio AB',
    address: 'Götgatan 11\n116 46 Stockholm',
    country: 'SE',
    tax_id: 'SE556677889901',
    timezone: 'Europe/Stockholm',
    support_email: 'hello@linden.example',
  },
}

const buyer: Buyer = { email: 'mara@northwind.example', name: 'Mara Lindqvist', country: 'SE' }

export type Everyday = Awaited<ReturnType<typeof everydayCustomer>>

/**
 * The world must begin as `everydayWorld` does; afterwards its business lives on 20 November 2026. `advanceTo` is for who wants to do
 * something on the way.
 */
export async function everydayCustomer(world: World, advanceTo: (to: string) => Promise<unknown> = world.advanceTo) {
  const active = await buySeats(world)
  const plans = await offerPlans(world, active.product_id)
  const past = await buy(world, plan({ price: 900 }, { name: 'Sketch Club' }), buyer)
  await advanceTo('2026-05-18T15:00:00Z')
  await cancel(world, past.subscription_id, 'now')
  const on_hold = await buy(world, plan({ price: 450 }, { name: 'Stock Textures' }), {
    ...buyer,
    card: cards.failsLater,
  })
  const yearly = { price: 12000, payment_frequency_interval: 'Year' } as const
  const ending = await buy(world, plan(yearly, { name: 'Font Library' }), { ...buyer, card: cards.mastercard })
  await advanceTo('2026-10-28T08:00:00Z')
  const keys = { license_key_enabled: true, license_key_activations_limit: 3, license_key_activation_message: null }
  await buy(world, download(4900, { name: 'Brush Pack', ...keys }), buyer)
  await cancel(world, ending.subscription_id, 'at_next_billing_date')
  await setSettings(await world.fresh(), { allow_subscription_pause: true })
  const paused = await buyToPause(world)
  await advanceTo('2026-11-15T12:00:00Z')
  const trial = await buy(world, plan({ trial_period_days: 14, price: 1900 }, { name: 'Render Farm' }), buyer)
  await advanceTo('2026-11-20T10:00:00Z')
  return {
    customer_id: active.customer_id,
    plans,
    subscriptions: {
      active: active.subscription_id,
      on_hold: on_hold.subscription_id,
      ending: ending.subscription_id,
      trial: trial.subscription_id,
      past: past.subscription_id,
      paused: paused.subscription_id,
    },
    paid_checkout: active.checkout_id,
    open_checkout: (await offer(world, active.product_id, { cancel_url: 'https://linden.example/pricing' }))
      .checkout_id,
  }
}

async function buyToPause(world: World) {
  const bought = await buy(world, plan({ price: 600 }, { name: 'Colour Lab' }), buyer)
  const { customer_id: id, subscription_id } = bought
  const ctx = withActor(await world.fresh(), { type: 'customer', id })
  await pauseSubscription(ctx, subscription_id, { resumes_at: Temporal.Instant.from('2027-01-20T09:00:00Z') })
  return bought
}

async function buySeats(world: World) {
  const ctx = await world.fresh()
  const price = { currency: 'USD', tax_category: 'saas' } as const
  const { addon_id } = await createAddon(ctx, { name: 'Extra seat', price: 800, ...price })
  const fields: ProductFields = { ...plan({ price: 2900 }), name: 'Studio Pro', addons: [addon_id] }
  const { product_id } = await createProduct(ctx, { ...fields, description: 'All tools, all exports, ten projects' })
  const { checkout_id } = await offer(world, product_id, {}, [{ addon_id, quantity: 2 }])
  await payCheckout(world, checkout_id, buyer)
  const bought = await ctx.db
    .selectFrom('checkout_sessions')
    .select(['customer_id', 'subscription_id'])
    .where('checkout_id', '=', checkout_id)
    .executeTakeFirstOrThrow()
  return {
    product_id,
    checkout_id,
    customer_id: bought.customer_id ?? '',
    subscription_id: bought.subscription_id ?? '',
  }
}

/** What the plan with seats can be changed to: a smaller one, a larger one with seats, and its own for a year. */
async function offerPlans(world: World, product_id: string) {
  const ctx = await world.fresh()
  const { addons } = await getProduct(ctx, product_id)
  const make = async (name: string, description: string, price: Partial<RecurringPrice>, sold: string[] = addons) =>
    (await createProduct(ctx, { ...plan(price), name, description, addons: sold })).product_id
  const basic = await make('Studio Basic', 'Three projects, 10 GB', { price: 1500 }, [])
  const team = await make('Studio Team', 'Everything in Pro, five desks, shared libraries', { price: 6000 })
  const year = { price: 29_000, payment_frequency_interval: 'Year' } as const
  const yearly = await make('Studio Pro, yearly', 'All tools, all exports, two months free', year)
  const items = (ids: string[]) => ids.map((id) => ({ product_id: id }))
  await createCollection(ctx, {
    name: 'Studio',
    groups: [
      { group_name: 'By the month', items: items([basic, product_id, team]) },
      { group_name: 'By the year', items: items([yearly]) },
    ],
  })
  await setSettings(ctx, { allow_subscription_updates: true })
  return { basic, team, yearly }
}

type Addons = NewCheckout['product_cart'][number]['addons']

/** A checkout of one product. */
export async function offer(world: World, product_id: string, more: Partial<NewCheckout> = {}, addons: Addons = []) {
  return createCheckout(await world.fresh(), {
    product_cart: [{ product_id, quantity: 1, addons, amount: null }],
    ...more,
  })
}

async function cancel(world: World, subscription_id: string, timing: 'now' | 'at_next_billing_date') {
  await cancelSubscription(await world.fresh(), subscription_id, { timing, cancellation_feedback: 'unused' })
}

/** Cookies of a browser that is signed in, for stories that begin behind the sign-in. */
export async function signedIn(world: World, customer_id: string): Promise<Record<string, string>> {
  const browser = { cookie: undefined, user_agent: null }
  const { token } = await inTransaction(await world.fresh(), (ctx) =>
    openSession(ctx, { customer_id, return_url: 'https://linden.example/account', ...browser }),
  )
  return { portico_test_session: token }
}

/** The same, proven for everything the customer's address has, here and at a business that sells something else. */
export async function provenEverywhere(world: World, customer_id: string): Promise<Record<string, string>> {
  const { email, email_key } = await getCustomer(await world.fresh(), customer_id)
  const other = await besides(world, {})
  for (const place of [world, other]) await createCustomer(await place.fresh(), { email, name: 'Mara Lindqvist AB' })
  const { ctx } = world.modes.test
  const { token } = await openAddressSession(ctx, email_key, { cookie: undefined, user_agent: null })
  const reader = await findReader(ctx, token)
  if (reader === undefined) throw new Error('the address was proven')
  await enterBusiness(reader, { business_id: world.business_id, customer_id })
  return { portico_test_session: token }
}
