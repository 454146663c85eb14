// Playing the buyer: from a cart to the end of the processor's page, through the same doors a browser uses.

import { createProduct } from '#core/catalog/create-product.ts'
import type { ProductFields, RecurringPrice } from '#core/catalog/product-columns.ts'
import { createCheckout } from '#core/checkout/create-checkout.ts'
import type { World } from './world.ts'

export const cards = {
  good: '4242424242424242',
  mastercard: '5555555555554444',
  declined: '4000000000000002',
  /** Attaches, then declines every later charge. */
  failsLater: '4000000000000341',
  /** Later charges are taken but never answered. */
  timesOut: '4000000000004087',
  /** Later charges are lost on the way. */
  lost: '4000000000005043',
  challenge: '4000000000003220',
} as const

/** A monthly plan of 30.00 USD, unless told otherwise. */
export function plan(price: Partial<RecurringPrice> = {}, fields: Partial<ProductFields> = {}): ProductFields {
  return {
    name: 'Studio Basic',
    description: null,
    tax_category: 'saas',
    addons: [],
    license_key_enabled: false,
    license_key_activations_limit: null,
    license_key_activation_message: null,
    license_key_duration: null,
    metadata: {},
    price: {
      type: 'recurring_price',
      currency: 'USD',
      price: 3000,
      discount_bps: 0,
      tax_inclusive: false,
      payment_frequency_count: 1,
      payment_frequency_interval: 'Month',
      subscription_period_count: 10,
      subscription_period_interval: 'Year',
      trial_period_days: 0,
      ...price,
    },
    ...fields,
  }
}

export function download(price: number, fields: Partial<ProductFields> = {}): ProductFields {
  const one = { discount_bps: 0, tax_inclusive: false, pay_what_you_want: false, suggested_price: null }
  return { ...plan(), name: 'Brush pack', ...fields, price: { type: 'one_time_price', currency: 'USD', price, ...one } }
}

export interface Buyer {
  email?: string
  name?: string
  country?: string
  card?: string
  /** Leaves the processor's page and never comes back. */
  goes_away?: boolean
}

/** Posts a form the way a page of ours would. */
export async function post(world: World, url: string, fields: Record<string, string>, cookie?: string) {
  const headers: Record<string, string> = { origin: new URL(url).origin, 'sec-fetch-site': 'same-origin' }
  if (cookie !== undefined) headers.cookie = cookie
  return world.app.request(url, { method: 'POST', headers, body: new URLSearchParams(fields) })
}

/** Fills the checkout in and pays on the processor's page; answers where the browser ended. */
export async function payCheckout(world: World, checkout_id: string, buyer: Buyer = {}): Promise<Response> {
  const {
    email = 'mara@northwind.example',
    name = 'Mara Lindqvist',
    country = 'SE',
    card = cards.good,
    goes_away = false,
  } = buyer
  const checkout = await post(world, world.urls.checkout(checkout_id), { email, name, country })
  const page = checkout.headers.get('location')
  if (page === null) return checkout
  if (!page.includes('/sandbox/')) return world.app.request(page)
  const paid = await post(world, page, { number: card, expiry: '12/34', cvc: '123', name })
  const back = paid.headers.get('location')
  return back === null || goes_away ? paid : world.app.request(back)
}

export interface Bought {
  checkout_id: string
  product_id: string
  customer_id: string
  subscription_id: string
}

/** Makes a product and buys it; answers the ids. */
export async function buy(world: World, product: ProductFields = plan(), buyer: Buyer = {}): Promise<Bought> {
  const ctx = await world.fresh()
  const { product_id } = await createProduct(ctx, product)
  const { checkout_id } = await createCheckout(ctx, {
    product_cart: [{ product_id, quantity: 1, addons: [], amount: null }],
  })
  const answer = await payCheckout(world, checkout_id, buyer)
  const row = await ctx.db
    .selectFrom('checkout_sessions')
    .selectAll()
    .where('checkout_id', '=', checkout_id)
    .executeTakeFirstOrThrow()
  if (row.consumed_at === null) throw new Error(`the checkout was not paid: ${answer.status} ${await answer.text()}`)
  return { checkout_id, product_id, customer_id: row.customer_id ?? '', subscription_id: row.subscription_id ?? '' }
}
