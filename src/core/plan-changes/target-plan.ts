// The plan somebody asks to change to: checked against the catalog and priced as it is sold now.
import { MAX_AMOUNT } from '#billing/money.ts'
import type { Frequency } from '#billing/period.ts'
import { discounted } from '#billing/price.ts'
import { localize } from '#core/catalog/localize.ts'
import { type Addon, getAddons, getProduct, type Product } from '#core/catalog/queries.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import { soldAt } from '#core/usage/subscription-meters.ts'
import type { PlanItem, PlanMeter } from '#db/json-types.ts'
import type { TaxCategory } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface PlanWanted {
  product_id: string
  quantity: number
  addons: readonly { addon_id: string; quantity: number }[]
}

export interface TargetPlan {
  product: Product
  quantity: number
  addons: Addon[]
  frequency: Frequency
  items: (PlanItem & { tax_category: TaxCategory })[]
  meters: PlanMeter[]
}

/** Throws 410 or 422 where the product cannot be had, not in the subscription's currency, or not with these add-ons. */
export async function getTargetPlan(
  ctx: BusinessCtx,
  subscription: Subscription,
  wanted: PlanWanted,
): Promise<TargetPlan> {
  const { quantity } = wanted
  assertQuantity(quantity, 'quantity')
  const product = await getProductFor(ctx, subscription, wanted.product_id)
  if (product.archived_at !== null) throw new AppError('PRODUCT_IS_DELETED')
  const frequency = frequencyOfProduct(product)
  assertAddons(wanted, product)
  const addons = await getAddons(
    ctx,
    wanted.addons.map(({ addon_id }) => addon_id),
  )
  if ([product, ...addons].some(({ currency }) => currency !== subscription.currency)) {
    throw new AppError('UNSUPPORTED_CURRENCY', { message: `The subscription is billed in ${subscription.currency}` })
  }
  const items = itemsOf(product, quantity, addons, wanted)
  if (items.some((item) => item.quantity * item.unit_price > MAX_AMOUNT)) {
    throw new AppError('INVALID_REQUEST_BODY', { message: 'The plan adds up to too much', field: 'quantity' })
  }
  const meters = product.meters.map(soldAt)
  return { product, quantity, addons, frequency, items, meters }
}

/** At its price in the currency the subscription is billed in, where it has one. */
async function getProductFor(ctx: BusinessCtx, { currency, billing }: Subscription, product_id: string) {
  const product = await getProduct(ctx, product_id)
  if (product.currency === currency && product.pricing_mode !== 'by_country') return product
  const [localized = product] = await localize(ctx, [product], { currency, country: billing.country })
  return localized
}

function frequencyOfProduct(product: Product): Frequency {
  const { payment_frequency_count: count, payment_frequency_interval: interval } = product
  if (product.price_type !== 'one_time_price' && count !== null && interval !== null) return { count, interval }
  throw new AppError('UNSUPPORTED_ACTION', {
    message: 'A subscription can change to a product with a recurring price',
    field: 'product_id',
  })
}

function assertAddons({ addons }: PlanWanted, product: Product): void {
  const ids = addons.map(({ addon_id }) => addon_id)
  if (new Set(ids).size < ids.length) throw new AppError('DUPLICATE_ADDON_IDS_IN_REQUEST', { field: 'addons' })
  for (const { quantity } of addons) assertQuantity(quantity, 'addons.quantity')
  const foreign = ids.find((addon_id) => !product.addons.includes(addon_id))
  if (foreign === undefined) return
  throw new AppError('INVALID_REQUEST_BODY', {
    message: `The product does not offer the add-on ${foreign}`,
    field: 'addons',
  })
}

function assertQuantity(quantity: number, field: string): void {
  if (Number.isSafeInteger(quantity) && quantity >= 1) return
  throw new AppError('INVALID_REQUEST_BODY', { message: `${field} must be at least 1`, field })
}

function itemsOf(
  product: Product,
  quantity: number,
  addons: readonly Addon[],
  wanted: PlanWanted,
): TargetPlan['items'] {
  const main = {
    kind: 'product' as const,
    product_id: product.product_id,
    addon_id: null,
    description: product.name,
    tax_category: product.tax_category,
    quantity,
    unit_price: discounted(product.price, product.discount_bps),
  }
  return [
    main,
    ...addons.map(({ addon_id, name, price, tax_category }, index) => ({
      kind: 'addon' as const,
      product_id: null,
      addon_id,
      description: name,
      tax_category,
      quantity: wanted.addons[index]?.quantity ?? 1,
      unit_price: price,
    })),
  ]
}
