// The codes of a checkout: which of them can be redeemed, and how they are entered and taken off.

import { checkoutTerms, priceCart } from '#core/checkout/cart.ts'
import { lockCheckout } from '#core/checkout/store.ts'
import { findCustomerByEmail } from '#core/customers/queries.ts'
import { type Discountable, type Redeemer, resolveCodes } from '#core/discounts/resolve-codes.ts'
import type { AppliedDiscount } from '#core/discounts/subscription-discounts.ts'
import { update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError, type ErrorCode } from '#src/errors.ts'

/** What keeps a code from being redeemed. */
export const codeRefusals = [
  'INVALID_DISCOUNT_CODE',
  'DISCOUNT_CODE_EXPIRED',
  'DISCOUNT_NOT_YET_ACTIVE',
  'DISCOUNT_CODE_USAGE_LIMIT_EXCEEDED',
  'DISCOUNT_PER_CUSTOMER_USAGE_LIMIT_EXCEEDED',
  'DISCOUNT_CUSTOMER_NOT_ELIGIBLE',
  'DISCOUNT_MINIMUM_SUBTOTAL_NOT_MET',
  'DISCOUNT_NOT_AVAILABLE_FOR_PRODUCT',
  'DISCOUNT_CURRENCY_OPTION_INVALID',
] as const

/** As many as one checkout or subscription may stack. */
const MAX_DISCOUNTS = 20

/** What a redemption of a checkout is for. */
export function checkoutReason(checkout_id: string): string {
  return `checkout:${checkout_id}`
}

/** Those of the codes that can be redeemed, and what keeps the others from it. */
export async function resolveWhatCan(
  ctx: BusinessCtx,
  codes: readonly string[],
  sold: Discountable,
  redeemer: Redeemer,
): Promise<{ discounts: AppliedDiscount[]; refused: { code: string; reason: ErrorCode }[] }> {
  const taken: string[] = []
  const refused: { code: string; reason: ErrorCode }[] = []
  for (const code of codes) {
    try {
      await resolveCodes(ctx, [...taken, code], sold, redeemer)
      taken.push(code)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      refused.push({ code, reason: error.code })
    }
  }
  return { discounts: await resolveCodes(ctx, taken, sold, redeemer), refused }
}

/** Puts a code to those of an open checkout. Throws what keeps it from being redeemed. */
export async function enterCode(outer: BusinessCtx, checkout_id: string, code: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const checkout = await lockCheckout(ctx, checkout_id)
    const codes = [...checkout.discount_codes, code.trim().toUpperCase()]
    if (!checkout.allow_discount_code || codes.length > MAX_DISCOUNTS) throw new AppError('INVALID_DISCOUNT_CODE')
    const redeemer = { customer_id: checkout.customer_id, reason_key: checkoutReason(checkout_id) }
    const { billing, tax_id } = checkout
    const terms = { ...checkoutTerms(checkout), buyer: { billing, tax_id } }
    const redeem = (sold: Discountable) => resolveCodes(ctx, codes, sold, redeemer)
    await priceCart(ctx, checkout.product_cart, { ...terms, redeem })
    await setCodes(ctx, checkout_id, codes)
  })
}

export async function removeCode(outer: BusinessCtx, checkout_id: string, code: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const { discount_codes } = await lockCheckout(ctx, checkout_id)
    await setCodes(
      ctx,
      checkout_id,
      discount_codes.filter((each) => each !== code),
    )
  })
}

/** Takes off the codes that this buyer cannot redeem. */
export async function dropRefusedCodes(outer: BusinessCtx, checkout_id: string, email: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const checkout = await lockCheckout(ctx, checkout_id)
    const { discount_codes: codes, billing, tax_id } = checkout
    const terms = { ...checkoutTerms(checkout), buyer: { billing, tax_id } }
    const customer_id = (await findCustomerByEmail(ctx, email))?.customer_id ?? null
    let dropped: string[] = []
    const redeem = async (sold: Discountable) => {
      const found = await resolveWhatCan(ctx, codes, sold, { customer_id, reason_key: checkoutReason(checkout_id) })
      dropped = found.refused.map(({ code }) => code)
      return found.discounts
    }
    await priceCart(ctx, checkout.product_cart, { ...terms, redeem })
    const left = codes.filter((code) => !dropped.includes(code))
    await setCodes(ctx, checkout_id, left)
  })
}

async function setCodes(ctx: BusinessCtx, checkout_id: string, discount_codes: string[]): Promise<void> {
  await update(ctx, 'checkout_sessions').set({ discount_codes }).where('checkout_id', '=', checkout_id).execute()
}
