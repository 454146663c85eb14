// What a checkout would buy: lines, what is due now, and the subscription it begins.

import { MAX_AMOUNT } from '#billing/money.ts'
import { discounted, lineAmounts, type PricedItem, type Totals, untaxed } from '#billing/price.ts'
import { startSubscription } from '#billing/start.ts'
import { getAddons, getProducts, type Product } from '#core/catalog/queries.ts'
import type { NewLine } from '#core/payments/store.ts'
import type { CartItem } from '#db/json-types.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface CartLine extends NewLine {
  amount: number
  quantity: number
  unit_price: number
}

export interface CartSubscription {
  product: Product
  quantity: number
  unit_price: number
  addons: { addon_id: string; quantity: number; unit_price: number }[]
  trial_period_days: number
  /** Minor units, each billing period, before tax. */
  recurring_pre_tax_amount: number
}

export interface Cart {
  currency: string
  tax_inclusive: boolean
  lines: CartLine[]
  /** Due now: nothing for the subscription while its trial runs. */
  totals: Totals
  subscription: CartSubscription | undefined
}

/**
 * Prices a cart. Throws where it mixes currencies, holds an archived product, or more than one subscription; `sold` is for one that was
 * paid, which may show what was archived since.
 */
export async function priceCart(
  ctx: BusinessCtx,
  items: readonly CartItem[],
  trialDays: number | null,
  { sold = false } = {},
): Promise<Cart> {
  if (items.length === 0) throw new AppError('PRODUCT_CART_EMTPY', { field: 'product_cart' })
  const products = await getProducts(
    ctx,
    items.map((item) => item.product_id),
  )
  const currency = assertSellable(products, sold)
  const lines: CartLine[] = []
  let subscription: CartSubscription | undefined
  for (const [index, item] of items.entries()) {
    const product = products[index] as Product
    const priced = await priceItem(ctx, product, item)
    if (product.price_type === 'one_time_price') {
      lines.push(...priced)
      continue
    }
    const recurring_pre_tax_amount = untaxed(priced.map((line) => line.amount)).total
    const trial_period_days = trialDays ?? product.trial_period_days
    subscription = {
      product,
      quantity: item.quantity,
      unit_price: unitPrice(product, item),
      addons: priced.slice(1).map((line) => ({ ...line, addon_id: line.addon_id as string })),
      trial_period_days,
      recurring_pre_tax_amount,
    }
    lines.push(...(trial_period_days > 0 ? priced.map((line) => ({ ...line, amount: 0 })) : priced))
  }
  const tax_inclusive = products[0]?.tax_inclusive ?? false
  return { currency, tax_inclusive, lines, totals: untaxed(lines.map((line) => line.amount)), subscription }
}

/** Each line within the API's largest amount, and so their sum within what a number holds. */
function assertPayable(lines: readonly PricedItem[]): void {
  if (lines.every(({ quantity, unit_price }) => quantity * unit_price <= MAX_AMOUNT)) return
  throw new AppError('INVALID_REQUEST_BODY', { message: 'product_cart adds up to too much', field: 'product_cart' })
}

function assertSellable(products: readonly Product[], sold: boolean): string {
  const [first] = products
  if (first === undefined) throw new AppError('PRODUCT_CART_EMTPY', { field: 'product_cart' })
  if (!sold && products.some((product) => product.archived_at !== null)) throw new AppError('PRODUCT_IS_DELETED')
  if (products.some((product) => product.currency !== first.currency)) {
    throw new AppError('UNSUPPORTED_CURRENCY', { message: 'All products of a checkout need one currency' })
  }
  if (products.filter((product) => product.price_type !== 'one_time_price').length > 1) {
    throw new AppError('UNSUPPORTED_ACTION', {
      message: 'A checkout can hold one subscription; make one checkout each',
    })
  }
  return first.currency
}

async function priceItem(ctx: BusinessCtx, product: Product, item: CartItem): Promise<CartLine[]> {
  const chosen = item.addons ?? []
  const foreign = chosen.find(({ addon_id }) => !product.addons.includes(addon_id))
  if (foreign !== undefined) {
    throw new AppError('INVALID_REQUEST_BODY', {
      message: `The product does not offer the add-on ${foreign.addon_id}`,
      field: 'product_cart.addons',
    })
  }
  const addons = await getAddons(
    ctx,
    chosen.map(({ addon_id }) => addon_id),
  )
  const items = [
    {
      kind: 'product' as const,
      product_id: product.product_id,
      addon_id: null,
      description: product.name,
      quantity: item.quantity,
      unit_price: unitPrice(product, item),
    },
    ...addons.map((addon, index) => ({
      kind: 'addon' as const,
      product_id: null,
      addon_id: addon.addon_id,
      description: addon.name,
      quantity: chosen[index]?.quantity ?? 1,
      unit_price: addon.price,
    })),
  ]
  assertPayable(items)
  const amounts = lineAmounts(items)
  return items.map((line, index) => ({ ...line, amount: amounts[index] ?? 0, tax: 0, tax_rate: null }))
}

function unitPrice(product: Product, item: CartItem): number {
  if (!product.pay_what_you_want) return discounted(product.price, product.discount_bps)
  const amount = item.amount ?? product.suggested_price ?? product.price
  if (amount >= product.price) return amount
  throw new AppError('TOTAL_PAYMENT_AMOUNT_BELOW_MINIMUM_AMOUNT', { field: 'product_cart.amount' })
}

/** The dates a subscription bought now would have; the page shows them and completing the checkout writes them. */
export function startOf(subscription: CartSubscription, now: Temporal.Instant) {
  const { product } = subscription
  const { payment_frequency_count: count, payment_frequency_interval: interval } = product
  const { subscription_period_count: termCount, subscription_period_interval: termInterval } = product
  if (count === null || interval === null || termCount === null || termInterval === null) {
    throw new Error('a subscription product has a frequency and a term')
  }
  const frequency = { count, interval }
  return startSubscription(now, frequency, { count: termCount, interval: termInterval }, subscription.trial_period_days)
}
