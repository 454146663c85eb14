// A priced cart as the checkout shows it.

import { taxesOf } from '#billing/invoice.ts'
import type { Cart } from '#core/checkout/cart.ts'
import { startOf } from '#core/checkout/start-of.ts'
import { needsMethod } from '#core/checkout/write-order.ts'
import type { Urls } from '#src/urls.ts'
import type { Order, OrderLine, Renewal } from './order-summary.tsx'

type DuesLine = Cart['dues']['lines'][number]

export function orderOf(cart: Cart, now: Temporal.Instant, urls: Urls): Order {
  const { currency, dues, subscription, discounts } = cart
  return {
    currency,
    lines: linesOf(cart, urls),
    discounts: (dues.discounts ?? []).flatMap(({ code, amount }) => {
      const entered = discounts.some((each) => each.code === code)
      return amount > 0 || entered ? [{ code, amount }] : []
    }),
    trial_period_days: subscription?.trial_period_days ?? 0,
    trial_amount: trialAmountOf(cart),
    taxes: cart.tax_known ? taxesOf(dues.lines.map(taxed)) : null,
    reverse_charge: dues.reverse_charge ?? false,
    total: dues.total,
    renewal: renewalOf(cart, now),
    method_required: needsMethod(cart),
    on_demand: subscription?.on_demand ?? false,
  }
}

function taxed({ amount, tax, tax_rate, tax_name, tax_inclusive }: DuesLine) {
  const rate = tax_rate == null ? null : Number(tax_rate)
  return { amount, tax, tax_rate: rate, tax_name: tax_name ?? null, tax_inclusive: tax_inclusive ?? false }
}

function linesOf({ dues: { lines }, subscription, products }: Cart, urls: Urls): OrderLine[] {
  const count = subscription?.product.payment_frequency_count
  const unit = subscription?.on_demand ? null : subscription?.product.payment_frequency_interval
  return lines.map((line) => {
    const recurs = line.kind === 'addon' || line.product_id === subscription?.product.product_id
    return {
      name: line.description,
      description:
        line.product_id === subscription?.product.product_id ? (subscription?.product.description ?? null) : null,
      thumbnail: thumbnailOf(products, line, urls),
      quantity: line.quantity,
      amount: recurs ? periodPriceOf(line, subscription) : line.quantity * line.unit_price,
      recurs: recurs && count && unit ? { count, unit } : null,
    }
  })
}

/** The small picture of what a line is of. */
function thumbnailOf(products: Cart['products'], { product_id, addon_id }: DuesLine, urls: Urls): string | null {
  const { business_id, image } =
    addon_id === null
      ? (products.find(({ product }) => product.product_id === product_id)?.product ?? NONE)
      : (products.flatMap(({ addons }) => addons).find((addon) => addon.addon_id === addon_id) ?? NONE)
  return image === null ? null : urls.thumbnail(business_id, image)
}

const NONE = { business_id: '', image: null }

/** Of a trial's line its price for a whole period: what the trial costs stands below. */
function periodPriceOf(line: DuesLine, subscription: Cart['subscription']): number {
  const { quantity, unit_price, addon_id } = line
  if (!subscription || subscription.trial_amount === null) return quantity * unit_price
  const addon = subscription.addons.find((each) => each.addon_id === addon_id)
  return quantity * (addon === undefined ? subscription.unit_price : addon.unit_price)
}

/** Before discounts; 0 where it is free. */
function trialAmountOf({ dues, subscription }: Cart): number {
  if (!subscription || subscription.trial_amount === null) return 0
  const { product_id } = subscription.product
  const line = dues.lines.find((each) => each.product_id === product_id)
  return line === undefined ? 0 : line.quantity * line.unit_price
}

function renewalOf({ subscription }: Cart, now: Temporal.Instant): Renewal | null {
  if (subscription === undefined || subscription.on_demand) return null
  const { payment_frequency_count: count, payment_frequency_interval: unit } = subscription.product
  if (count === null || unit === null) return null
  const { next_billing_date: at } = startOf(subscription, now)
  return { at, amount: subscription.renewal.total, count, unit }
}
