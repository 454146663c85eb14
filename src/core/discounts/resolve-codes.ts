// From the codes somebody names to the discounts they are, for what is sold: whether they can be redeemed there at all.
import { isFor } from '#billing/discount.ts'
import { sum } from '#billing/money.ts'
import {
  assertNotUsedUp,
  assertRedeemable,
  type CurrencyOption,
  type Discount,
  findDiscountByCode,
} from '#core/discounts/queries.ts'
import { assertOftenEnough } from '#core/discounts/redeem.ts'
import type { AppliedDiscount } from '#core/discounts/subscription-discounts.ts'
import { from } from '#core/scope.ts'
import type { RedeemedTerms } from '#db/json-types.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** What they are to be taken from: amounts of whole periods, before discounts. */
export interface Discountable {
  currency: string
  lines: readonly { sold_with: string; amount: number }[]
}

export interface Redeemer {
  /** Null while nobody knows who buys. */
  customer_id: string | null
  /** What is redeemed for: a reservation of the same reason is not counted against itself. */
  reason_key: string | null
}

/** Throws what keeps one of the codes from being redeemed; each may be named once. */
export async function resolveCodes(
  ctx: BusinessCtx,
  codes: readonly string[],
  sold: Discountable,
  redeemer: Redeemer,
): Promise<AppliedDiscount[]> {
  const discounts: AppliedDiscount[] = []
  for (const code of codes) {
    const discount = await findDiscountByCode(ctx, code)
    if (discount === undefined || discounts.some(({ discount_id }) => discount_id === discount.discount_id)) {
      throw new AppError('INVALID_DISCOUNT_CODE', { field: 'discount_codes' })
    }
    discounts.push(await resolve(ctx, discount, sold, redeemer))
  }
  return discounts
}

async function resolve(
  ctx: BusinessCtx,
  discount: Discount,
  sold: Discountable,
  redeemer: Redeemer,
): Promise<AppliedDiscount> {
  const { discount_id, code, subscription_cycles, preserve_on_plan_change } = discount
  if (!(await isReserved(ctx, discount_id, redeemer))) {
    assertRedeemable(discount, ctx.clock.now())
    assertNotUsedUp(discount)
  }
  const option = optionFor(discount, sold.currency)
  const terms = termsOf(discount, option)
  const eligible = sold.lines.filter((line) => isFor(terms, line.sold_with))
  if (eligible.length === 0) throw new AppError('DISCOUNT_NOT_AVAILABLE_FOR_PRODUCT')
  if (option !== undefined && sum(eligible.map(({ amount }) => amount)) < option.minimum_subtotal) {
    throw new AppError('DISCOUNT_MINIMUM_SUBTOTAL_NOT_MET')
  }
  if (redeemer.customer_id !== null) await assertMayRedeem(ctx, discount, redeemer.customer_id, redeemer.reason_key)
  return { discount_id, code, terms, cycles_remaining: subscription_cycles, preserve_on_plan_change }
}

/** Amounts are never converted: where there are options, the currency needs one of them. */
function optionFor({ currency_options }: Discount, currency: string): CurrencyOption | undefined {
  const option = currency_options.find((each) => each.currency === currency)
  if (option !== undefined || currency_options.length === 0) return option
  throw new AppError('DISCOUNT_CURRENCY_OPTION_INVALID')
}

function termsOf({ type, amount, restricted_to }: Discount, option: CurrencyOption | undefined): RedeemedTerms {
  const product_ids = restricted_to
  const max_amount = option?.max_amount_possible ?? null
  if (type === 'percentage') return { type, basis_points: amount, max_amount, product_ids }
  return { type, amount: max_amount ?? 0, product_ids }
}

async function assertMayRedeem(
  ctx: BusinessCtx,
  discount: Discount,
  customer_id: string,
  reason_key: string | null,
): Promise<void> {
  const allowed = await isEligible(ctx, discount, customer_id)
  if (!allowed) throw new AppError('DISCOUNT_CUSTOMER_NOT_ELIGIBLE')
  await assertOftenEnough(ctx, discount, { customer_id, reason_key })
}

async function isEligible(ctx: BusinessCtx, discount: Discount, customer_id: string): Promise<boolean> {
  const { customer_eligibility, discount_id } = discount
  if (customer_eligibility === 'any') return true
  if (customer_eligibility === 'specific') {
    const named = from(ctx, 'discount_customers')
      .select('customer_id')
      .where('discount_id', '=', discount_id)
      .where('customer_id', '=', customer_id)
    return (await named.executeTakeFirst()) !== undefined
  }
  const bought = from(ctx, 'payments')
    .select('payment_id')
    .where('customer_id', '=', customer_id)
    .where('applied', '=', true)
    .limit(1)
  return ((await bought.executeTakeFirst()) !== undefined) === (customer_eligibility === 'existing')
}

async function isReserved(ctx: BusinessCtx, discount_id: string, { reason_key }: Redeemer): Promise<boolean> {
  if (reason_key === null) return false
  const own = from(ctx, 'discount_redemptions')
    .select('status')
    .where('discount_id', '=', discount_id)
    .where('reason_key', '=', reason_key)
    .where('status', '=', 'reserved')
  return (await own.executeTakeFirst()) !== undefined
}
