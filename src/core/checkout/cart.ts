// What a checkout would buy: lines, what is due now, and the subscription it begins.

import { isFor } from '#billing/discount.ts'
import { sum } from '#billing/money.ts'
import { lineAmounts } from '#billing/price.ts'
import { type LinePrice, type PricedLines, priceLines } from '#billing/price-lines.ts'
import { localize } from '#core/catalog/localize.ts'
import { getProducts, type Product } from '#core/catalog/queries.ts'
import { type CartLine, type CartProduct, linesOf } from '#core/checkout/cart-lines.ts'
import { assertOnDemand, demanded, saved } from '#core/checkout/on-demand-lines.ts'
import type { Checkout } from '#core/checkout/queries.ts'
import { chargedForUnit, type DueLine, trialOf, tried } from '#core/checkout/trial-lines.ts'
import { inAmountsOf } from '#core/credit-entitlements/sold-amounts.ts'
import type { Discountable } from '#core/discounts/resolve-codes.ts'
import type { AppliedDiscount } from '#core/discounts/subscription-discounts.ts'
import { type DuesAmounts, pricedDues } from '#core/payments/priced-dues.ts'
import { readTaxRule, type TaxedBuyer, type TaxRule } from '#core/tax/queries.ts'
import type { CartItem, OnDemandTerms } from '#db/json-types.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface CartSubscription {
  product: Product
  quantity: number
  unit_price: number
  addons: { addon_id: string; quantity: number; unit_price: number }[]
  trial_period_days: number
  /** Charged when the merchant asks; it does not renew. */
  on_demand: boolean
  /** What was charged for a unit of a paid trial, after discounts, before exclusive tax. */
  trial_amount: number | null
  /** It may begin before there is a payment method, where nothing is due now. */
  method_optional: boolean
  /** Its renewals will cost something, with what discounts of it have no end. */
  costs_later: boolean
  /** Minor units, each billing period, before discounts and exclusive tax. */
  recurring_pre_tax_amount: number
  /** What the first renewal would take today. */
  renewal: Breakup
  /** What a period costs with all of its discounts. */
  period: Breakup
  /** Those that its renewals have too, in order, before the first payment uses one of their periods. */
  discounts: readonly AppliedDiscount[]
}

/** The sums of priced lines; minor units. */
export interface Breakup {
  /** Before discounts and exclusive tax. */
  subtotal: number
  discount: number
  tax: number
  total: number
}

/** A product of the cart, and what each of its lines costs for a whole period. */
export interface PricedProduct extends CartProduct {
  prices: LinePrice[]
}

export interface Cart {
  currency: string
  tax_inclusive: boolean
  /** Due now: for the subscription nothing but what its trial costs, where it has one. */
  dues: DuesAmounts
  /** False before the country of the buyer is known. */
  tax_known: boolean
  /** All that were taken; those of the subscription are named there. */
  discounts: AppliedDiscount[]
  subscription: CartSubscription | undefined
  /** As they were put in, whatever is due for them now. */
  products: PricedProduct[]
}

export interface CartTerms {
  trial_period_days: number | null
  on_demand?: OnDemandTerms | null
  /** Wanted where a product has a price in it; the product's own otherwise. */
  billing_currency?: string | null
  buyer?: TaxedBuyer
  /** The discounts to take of what is sold, which is told before any is taken. */
  redeem?: (sold: Discountable) => Promise<AppliedDiscount[]>
  /** Paid already, or perhaps: it may show what was archived since. */
  sold?: boolean
}

/** Those a checkout was made with. */
export function checkoutTerms({ trial_period_days, billing_currency, on_demand }: Checkout): CartTerms {
  return { trial_period_days, billing_currency, on_demand }
}

const NOBODY: TaxedBuyer = { billing: null, tax_id: null }

/** Prices a cart. Throws where it mixes currencies, holds what is not sold any more, or more than one subscription. */
export async function priceCart(ctx: BusinessCtx, items: readonly CartItem[], terms: CartTerms): Promise<Cart> {
  if (items.length === 0) throw new AppError('PRODUCT_CART_EMTPY', { field: 'product_cart' })
  const { buyer = NOBODY } = terms
  const products = await localize(
    ctx,
    await getProducts(
      ctx,
      items.map((item) => item.product_id),
    ),
    { currency: terms.billing_currency ?? null, country: buyer.billing?.country ?? null },
  )
  const currency = assertSellable(ctx, products, terms.sold ?? false)
  const { on_demand = null } = terms
  if (on_demand !== null) assertOnDemand(products, items, terms)
  const bought: CartProduct[] = []
  for (const [index, item] of items.entries()) {
    const { lines, product, addons } = await linesOf(ctx, products[index] as Product, item)
    const credits = inAmountsOf(product.credits, item)
    bought.push({ addons, product: { ...product, credits }, lines: lines.map((line) => demanded(line, on_demand)) })
  }
  const lines = bought.flatMap((each) => each.lines)
  const discounts = (await terms.redeem?.({ currency, lines: amountsOf(lines) })) ?? []
  const rule = await readTaxRule(ctx, buyer, ctx.clock.now())
  const recurring = products.find(({ price_type }) => price_type !== 'one_time_price')
  const trial = trialOf(recurring, on_demand === null ? terms.trial_period_days : 0)
  const dueLines = lines.map((line) => tried(line, trial)).map((line) => saved(line, on_demand))
  const now = priceAll(dueLines, rule, discounts)
  // Of what is charged on demand the first charge alone has them.
  const renewed = on_demand === null ? recurring : undefined
  const lasting = discounts.filter(({ terms }) => renewed !== undefined && isFor(terms, renewed.product_id))
  const first = discounts.map((discount) => ({
    ...discount,
    uses_cycle: trial.days === 0 && lasting.includes(discount),
  }))
  return {
    currency,
    tax_inclusive: products[0]?.tax_inclusive ?? false,
    dues: pricedDues(dueLines, now, rule.reverse_charge, first),
    tax_known: rule.known,
    discounts,
    subscription: recurring && {
      ...subscriptionOf(recurring, lines, trial.days, rule, lasting),
      on_demand: on_demand !== null,
      method_optional: on_demand === null && isMethodOptional(recurring, trial.days),
      trial_amount: trial.amount === null ? null : chargedForUnit(dueLines, now),
    },
    products: withPrices(bought, priceAll(lines, rule, discounts)),
  }
}

function withPrices(bought: readonly CartProduct[], priced: PricedLines): PricedProduct[] {
  let at = 0
  return bought.map((each) => {
    const first = at
    at += each.lines.length
    return { ...each, prices: priced.lines.slice(first, at) }
  })
}

function breakupOf({ lines, totals }: PricedLines): Breakup {
  const discount = sum(lines.map((line) => line.discount))
  return { subtotal: totals.subtotal + discount, discount, tax: totals.tax, total: totals.total }
}

function subscriptionOf(
  product: Product,
  lines: readonly CartLine[],
  trial_period_days: number,
  rule: TaxRule,
  discounts: readonly AppliedDiscount[],
): Omit<CartSubscription, 'trial_amount' | 'on_demand' | 'method_optional'> {
  const own = lines.filter(({ recurs }) => recurs)
  const [main] = own
  if (main === undefined) throw new Error('a product has a line')
  const lasting = discounts.filter(({ cycles_remaining }) => cycles_remaining === null)
  const left = trial_period_days > 0 ? discounts : discounts.filter(({ cycles_remaining }) => cycles_remaining !== 1)
  return {
    product,
    quantity: main.quantity,
    unit_price: main.unit_price,
    addons: own.flatMap(({ addon_id, quantity, unit_price }) =>
      addon_id === null ? [] : [{ addon_id, quantity, unit_price }],
    ),
    trial_period_days,
    recurring_pre_tax_amount: sum(lineAmounts(own)),
    costs_later: priceAll(own, rule, lasting).totals.total > 0,
    discounts,
    renewal: breakupOf(priceAll(own, rule, left)),
    period: breakupOf(priceAll(own, rule, discounts)),
  }
}

function isMethodOptional(product: Product, trial_period_days: number): boolean {
  return trial_period_days > 0 ? product.trial_payment_method_optional : product.zero_amount_payment_method_optional
}

function amountsOf(lines: readonly CartLine[]): Discountable['lines'] {
  const amounts = lineAmounts(lines)
  return lines.map(({ sold_with }, index) => ({ sold_with, amount: amounts[index] ?? 0 }))
}

function priceAll(lines: readonly DueLine[], rule: TaxRule, discounts: readonly AppliedDiscount[]): PricedLines {
  const amounts = lineAmounts(lines)
  return priceLines(
    lines.map(({ free, undiscounted = false, sold_with, tax_inclusive, tax_category }, index) => {
      const amount = free ? 0 : (amounts[index] ?? 0)
      return { amount, sold_with, tax_inclusive, tax: rule.rateOf(tax_category), undiscounted }
    }),
    discounts.map(({ terms }) => terms),
  )
}

function assertSellable(ctx: BusinessCtx, products: readonly Product[], sold: boolean): string {
  const [first] = products
  if (first === undefined) throw new AppError('PRODUCT_CART_EMTPY', { field: 'product_cart' })
  if (!sold && ctx.business.archived_at !== null) {
    throw new AppError('PRODUCT_IS_DELETED', { message: 'The business is archived: it sells nothing any more' })
  }
  if (!sold && products.some((product) => product.archived_at !== null)) throw new AppError('PRODUCT_IS_DELETED')
  if (!sold && products.some((product) => product.brand_id !== first.brand_id)) {
    throw new AppError('BRAND_MISMATCH', { field: 'product_cart' })
  }
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
