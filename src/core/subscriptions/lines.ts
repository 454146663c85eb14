// The lines of a subscription: its product, then its add-ons.
import { sql } from 'kysely'
import type { Frequency } from '#billing/period.ts'
import type { PricedItem } from '#billing/price.ts'
import { from } from '#core/scope.ts'
import { readAddons, type Subscription } from '#core/subscriptions/store.ts'
import { inOrder, together } from '#core/together/together.ts'
import type { TaxCategory } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface SubscriptionItem extends PricedItem {
  kind: 'product' | 'addon'
  product_id: string | null
  addon_id: string | null
  description: string
  tax_category: TaxCategory
}

/** `has` says whether there are add-ons to be read, where that is known. */
export async function readItems(
  ctx: BusinessCtx,
  subscription: Subscription,
  has: { addons: boolean } = { addons: true },
): Promise<SubscriptionItem[]> {
  const product = await together(ctx, readProducts, subscription.product_id)
  const addons = has.addons ? await readAddons(ctx, subscription.subscription_id) : []
  return [
    {
      kind: 'product',
      product_id: subscription.product_id,
      addon_id: null,
      description: product.name,
      tax_category: product.tax_category,
      quantity: subscription.quantity,
      unit_price: subscription.unit_price,
    },
    ...addons.map((addon) => ({
      kind: 'addon' as const,
      product_id: null,
      addon_id: addon.addon_id,
      description: addon.name,
      tax_category: addon.tax_category,
      quantity: addon.quantity,
      unit_price: addon.unit_price,
    })),
  ]
}

async function readProducts(ctx: BusinessCtx, ids: readonly string[]) {
  const products = await from(ctx, 'products')
    .select(['product_id', 'name', 'tax_category'])
    .where(sql<boolean>`product_id = any(${[...new Set(ids)]})`)
    .execute()
  return inOrder(ids, products, ({ product_id }) => product_id) as typeof products
}

/** How often it renews; one that is charged on demand never does: its period is the term. */
export function frequencyOf(subscription: Subscription): Frequency {
  if (subscription.on_demand) {
    return { count: subscription.subscription_period_count, interval: subscription.subscription_period_interval }
  }
  return { count: subscription.payment_frequency_count, interval: subscription.payment_frequency_interval }
}
