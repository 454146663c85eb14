// One of each thing a path can name, made for a business, so that strangers can be tried on it.

import { createProduct } from '#core/catalog/create-product.ts'
import { adjustCredits } from '#core/credit-entitlements/adjust-credits.ts'
import { quoteChange } from '#core/quotes/quote-change.ts'
import { plan } from './buy.ts'
import type { World } from './world.ts'

interface Bought {
  subscription_id: string
  payment_id: string
  product_id: string
  customer_id: string
}

export async function ownedThings(world: World, bought: Bought) {
  const client = world.client()
  const ctx = await world.fresh()
  const { product_id } = await createProduct(ctx, plan({ price: 5000 }, { name: 'Studio Large' }))
  const quote = await quoteChange(ctx, bought.subscription_id, { product_id, quantity: 1, addons: [] })
  const { id: addon_id } = await client.addons.create({
    name: 'Seat',
    currency: 'USD',
    price: 800,
    tax_category: 'saas',
  })
  const collection = await client.productCollections.create({ name: 'Plans', groups: [{ products: [{ product_id }] }] })
  const [group] = collection.groups
  await client.products.update(bought.product_id, { pricing_mode: 'by_currency' })
  const localized = await client.products.localizedPrices.create(bought.product_id, { currency: 'EUR', amount: 4500 })
  const { id: credit_entitlement_id } = await client.creditEntitlements.create({
    name: 'Credits',
    unit: 'credits',
    precision: 0,
    overage_enabled: false,
    rollover_enabled: false,
  })
  await adjustCredits(ctx, {
    credit_entitlement_id,
    customer_id: bought.customer_id,
    amount: '10',
    entry_type: 'credit',
    expires_at: null,
    reason: null,
    metadata: {},
    idempotency_key: null,
  })
  const { refund_id } = await client.refunds.create({ payment_id: bought.payment_id })
  // Settled, a refund has its document.
  await world.work()
  return {
    quote_id: quote.quote_id,
    addon_id,
    product_collection_id: collection.id,
    group_id: group?.group_id ?? '',
    item_id: group?.products[0]?.id ?? '',
    localized_price_id: localized.id,
    credit_entitlement_id,
    refund_id,
  }
}

/** Well formed, and nobody's. */
export const nobodysThings = {
  quote_id: 'quo_0NsYeY7Sb4L4rMIxxKSBz',
  addon_id: 'adn_0NsYeY7Sb4L4rMIxxKSBz',
  product_collection_id: 'pdc_0NsYeY7Sb4L4rMIxxKSBz',
  group_id: '3f0d7c1e-6f0e-4f6a-9a39-0d7d3f7d0b11',
  item_id: '9c5b7a34-54cf-4a0a-8f2c-5d3d1b1f7a22',
  localized_price_id: 'lcp_0NsYeY7Sb4L4rMIxxKSBz',
  credit_entitlement_id: 'cde_0NsYeY7Sb4L4rMIxxKSBz',
  refund_id: 'ref_0NsYeY7Sb4L4rMIxxKSBz',
}
