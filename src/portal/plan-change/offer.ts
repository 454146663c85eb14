// What a subscription may change to, read once for the page and for what it sends.
import { directionOf } from '#billing/plan-change.ts'
import { discounted } from '#billing/price.ts'
import { localize } from '#core/catalog/localize.ts'
import { type Addon, getAddons, getProducts, type Product } from '#core/catalog/queries.ts'
import { listPlanChoices } from '#core/collections/list-plan-choices.ts'
import { readItems, type SubscriptionItem, type SubscriptionListed } from '#core/subscriptions/queries.ts'
import type { OfferedAddon, OfferedPlan } from '#portal/plan-change/plan-page.tsx'
import type { BusinessCtx } from '#src/context.ts'

export interface Offer {
  /** In the merchant's order, the current one first where it is not among them. */
  plans: OfferedPlan[]
  addons: OfferedAddon[]
}

/** Plans and add-ons that have a price in the subscription's currency. */
export async function readOffer(ctx: BusinessCtx, subscription: SubscriptionListed): Promise<Offer> {
  const { product_id, currency, billing } = subscription
  const choices = await listPlanChoices(ctx, product_id)
  const listed = choices.map((choice) => choice.product_id)
  const ids = listed.includes(product_id) ? listed : [product_id, ...listed]
  const [read, items] = await Promise.all([getProducts(ctx, ids), readItems(ctx, subscription)])
  const products = await localize(ctx, read, { currency, country: billing.country })
  const offered = products.filter((product) => product.product_id === product_id || product.currency === currency)
  const addons = await getAddons(ctx, [...new Set(offered.flatMap((product) => product.addons))])
  const own = addons.filter((addon) => addon.currency === currency)
  const facts = { subscription, items, now: ctx.clock.now() }
  return {
    plans: offered.map((product) => ({
      ...planOf(product, facts),
      group: choices.find((choice) => choice.product_id === product.product_id)?.group_name ?? null,
    })),
    addons: own.map((addon) => addonOf(addon, offered, subscription)),
  }
}

interface Facts {
  subscription: SubscriptionListed
  items: readonly SubscriptionItem[]
  now: Temporal.Instant
}

function planOf(product: Product, facts: Facts): Omit<OfferedPlan, 'group'> {
  const { product_id, name, description, archived_at, meters } = product
  const current = product_id === facts.subscription.product_id
  return {
    ...{ product_id, name, description, current },
    // What one has keeps its price, and cannot be bought anew once it is no longer sold.
    price: current ? facts.subscription.unit_price : discounted(product.price, product.discount_bps),
    ...paceOf(product, facts.subscription),
    metered: current ? facts.subscription.meters.length > 0 : meters.length > 0,
    sold: archived_at === null && product.currency === facts.subscription.currency,
    direction: current ? null : directionTo(product, facts),
  }
}

/** What one has keeps its rhythm. */
function paceOf(product: Product, subscription: SubscriptionListed) {
  const { payment_frequency_count: count, payment_frequency_interval: interval } =
    product.product_id === subscription.product_id ? subscription : product
  return { count: count ?? 1, interval: interval ?? 'Month' }
}

/** As billing sees it: longer is up, then dearer; what costs the same is said to. */
function directionTo(product: Product, { subscription, items, now }: Facts): OfferedPlan['direction'] {
  const { payment_frequency_count: count, payment_frequency_interval: interval } = product
  const frequency = { count: subscription.payment_frequency_count, interval: subscription.payment_frequency_interval }
  if (count === null || interval === null) return null
  const [main] = items
  const quantity = main?.quantity ?? 1
  const unit_price = discounted(product.price, product.discount_bps)
  const sameRhythm = frequency.count === count && frequency.interval === interval
  if (sameRhythm && unit_price === main?.unit_price) return 'same'
  const from = { frequency, items: main === undefined ? [] : [main] }
  const target = { sold_with: product.product_id, description: product.name, tax_inclusive: false, tax: null }
  const to = { frequency: { count, interval }, items: [{ ...target, quantity, unit_price }], discounts: [] }
  return directionOf({ from, to, now })
}

function addonOf(addon: Addon, products: readonly Product[], subscription: SubscriptionListed): OfferedAddon {
  const { addon_id, name, description, price } = addon
  const selling = products.filter((product) => product.addons.includes(addon_id))
  return {
    ...{ addon_id, name, description, price },
    rhythm: rhythmOf(selling, subscription),
    quantity: subscription.addons.find((each) => each.addon_id === addon_id)?.quantity ?? 0,
    product_ids: selling.map(({ product_id }) => product_id),
    // Said only where it makes a difference.
    only_with: selling.length === products.length ? [] : selling.map((product) => product.name),
  }
}

/** An add-on is billed with its plan: in one rhythm, unless its plans have several. */
function rhythmOf(products: readonly Product[], subscription: SubscriptionListed): OfferedAddon['rhythm'] {
  const [first, ...others] = products.map((product) => paceOf(product, subscription))
  if (first === undefined) return null
  return others.every(({ count, interval }) => count === first.count && interval === first.interval) ? first : null
}
