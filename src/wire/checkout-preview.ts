// What a checkout would cost, as the API tells it.

import { z } from '@hono/zod-openapi'
import { isFor } from '#billing/discount.ts'
import { sum } from '#billing/money.ts'
import type { LinePrice } from '#billing/price-lines.ts'
import type { Breakup, Cart, PricedProduct } from '#core/checkout/cart.ts'
import type { CartLine } from '#core/checkout/cart-lines.ts'
import type { CheckoutPreview } from '#core/checkout/preview-checkout.ts'
import { type Country, type Currency, countrySchema, currencySchema, taxCategorySchema } from './codes.ts'
import { emptySchema, orNull } from './list.ts'
import { rfc3339OrNull, timeSchema } from './rfc3339.ts'

const breakupSchema = z.object({
  subtotal: z.int().openapi({ description: 'Before discounts and exclusive tax; minor units', example: 2900 }),
  discount: z.int(),
  tax: z.int().nullable(),
  total_amount: z.int().openapi({ description: 'With tax', example: 2900 }),
})

/** What a line of the cart says, of a product or of an add-on. */
const lineBase = {
  quantity: z.int(),
  currency: currencySchema,
  og_currency: currencySchema,
  og_price: z.int().openapi({ description: 'Of the whole line for a period, before discounts and exclusive tax' }),
  discounted_price: z.int().openapi({ description: 'The same after discounts' }),
  discount_amount: z
    .int()
    .nullable()
    .openapi({ description: 'Basis points of the first percentage discount that is for it; null where there is none' }),
  tax: z.int().nullable(),
  tax_rate: z.number().openapi({ description: 'Per cent' }),
  tax_inclusive: z.boolean(),
  tax_category: taxCategorySchema,
  description: z.string().nullable(),
}

const addonLineSchema = z.object({
  ...lineBase,
  addon_id: z.string(),
  name: z.string(),
  single_quantity_price: z.int().openapi({ description: 'Of one, before discounts and exclusive tax' }),
})

const creditSchema = z.object({
  credit_entitlement_id: z.string(),
  credit_entitlement_name: z.string(),
  credit_entitlement_unit: z.string(),
  credits_amount: z.string().openapi({ description: 'For each unit of the product; a decimal' }),
})

const meterSchema = z.object({
  name: z.string(),
  description: z.string().nullable(),
  measurement_unit: z.string(),
  price_per_unit: z.string().openapi({ description: 'Minor units, a decimal; 0 where credits pay it' }),
  free_threshold: z.int().nullable(),
})

const productLineSchema = z.object({
  ...lineBase,
  product_id: z.string(),
  name: z.string().nullable(),
  is_subscription: z.boolean(),
  is_usage_based: z.boolean(),
  discount_cycle: z.int().nullable().openapi({ description: 'Periods its first discount is for; null for all' }),
  addons: z.array(addonLineSchema),
  credit_entitlements: z.array(creditSchema),
  meters: z.array(meterSchema),
})

export const checkoutPreviewSchema = z
  .object({
    currency: currencySchema,
    billing_country: countrySchema.openapi({
      description: 'Of the billing address; without one the country of the business, which is then assumed for tax too',
    }),
    current_breakup: breakupSchema.openapi({ description: 'What is due at once' }),
    recurring_breakup: orNull(breakupSchema).openapi({
      description: 'What the first renewal would take; null where nothing renews',
    }),
    total_price: z.int().openapi({ description: 'What is due at once, with tax' }),
    total_tax: z.int().nullable(),
    next_billing_date: timeSchema('The first renewal, if it were bought now').nullable(),
    trial_period_days: z.int().nullable().openapi({ description: 'Null where there is no trial' }),
    trial_amount: z.int().nullable().openapi({ description: 'Of a paid trial: for a unit, after discounts' }),
    payment_method_required: z.boolean().openapi({
      description: 'False where it can begin with no card: nothing is ever charged, or the price allows it',
    }),
    product_cart: z.array(productLineSchema),
    subscriptions: emptySchema('Each of several subscriptions; a checkout holds one at most'),
    is_byop: z.literal(false).openapi({ description: 'Always false: what is told has the tax in it' }),
    tax_id_format_name: z.string().nullable().openapi({ description: 'Null where nothing is known of its form' }),
    tax_id_err_msg: z.string().nullable().openapi({ description: 'Why the tax id was left out of account' }),
    tax_id_business_name: emptySchema('Who the tax id is registered for'),
  })
  .openapi('CheckoutPreview')

export type WireCheckoutPreview = z.output<typeof checkoutPreviewSchema>

export function checkoutPreviewToWire(preview: CheckoutPreview): WireCheckoutPreview {
  const { cart, due, tax_id, billing_country, payment_method_required } = preview
  const { subscription } = cart
  return {
    currency: cart.currency as Currency,
    billing_country: billing_country as Country,
    current_breakup: breakupToWire(due),
    recurring_breakup: preview.renewal === null ? null : breakupToWire(preview.renewal),
    total_price: due.total,
    total_tax: due.tax,
    next_billing_date: rfc3339OrNull(preview.next_billing_date),
    trial_period_days: subscription?.trial_period_days || null,
    trial_amount: subscription?.trial_amount ?? null,
    payment_method_required,
    product_cart: cart.products.map((product) => productToWire(cart, product)),
    subscriptions: null,
    is_byop: false,
    tax_id_format_name: tax_id.is_vat ? 'VAT number' : null,
    tax_id_err_msg: tax_id.given && !tax_id.valid ? `This is not a tax id of ${billing_country}` : null,
    tax_id_business_name: null,
  }
}

function breakupToWire({ subtotal, discount, tax, total }: Breakup): z.output<typeof breakupSchema> {
  return { subtotal, discount, tax, total_amount: total }
}

function productToWire(cart: Cart, { product, addons, lines, prices }: PricedProduct) {
  const [own, ...chosen] = lines.map((line, index) => lineToWire(cart, line, prices[index]))
  if (own === undefined) throw new Error('a product has a line')
  const first = cart.discounts.find(({ terms }) => isFor(terms, product.product_id))
  return {
    ...own,
    product_id: product.product_id,
    name: product.name,
    description: product.description,
    is_subscription: product.price_type !== 'one_time_price',
    is_usage_based: product.price_type === 'usage_based_price',
    discount_cycle: first?.cycles_remaining ?? null,
    addons: addons.flatMap(({ addon_id, name, price, description }, index) => {
      const line = chosen[index]
      return line === undefined ? [] : [{ ...line, addon_id, name, description, single_quantity_price: price }]
    }),
    credit_entitlements: product.credits.map(({ credit_entitlement_id, name, unit, terms }) => ({
      credit_entitlement_id,
      credit_entitlement_name: name,
      credit_entitlement_unit: unit,
      credits_amount: terms.credits_amount,
    })),
    meters: product.meters.map(({ name, description, measurement_unit, price_per_unit, free_threshold }) => {
      return { name, description, measurement_unit, price_per_unit: price_per_unit ?? '0', free_threshold }
    }),
  }
}

function lineToWire({ currency, discounts }: Cart, line: CartLine, price: LinePrice | undefined) {
  if (price === undefined) throw new Error('every line is priced')
  const percentages = discounts.flatMap(({ terms }) =>
    terms.type === 'percentage' && isFor(terms, line.sold_with) ? [terms.basis_points] : [],
  )
  return {
    quantity: line.quantity,
    currency: currency as Currency,
    og_currency: currency as Currency,
    og_price: sum([price.amount, price.discount]),
    discounted_price: price.amount,
    discount_amount: percentages[0] ?? null,
    tax: price.tax,
    tax_rate: price.tax_rate ?? 0,
    tax_inclusive: line.tax_inclusive,
    tax_category: line.tax_category,
  }
}
