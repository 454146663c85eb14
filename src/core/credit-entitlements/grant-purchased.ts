import { parseDecimal } from '#billing/decimal.ts'
import { grantCredits } from '#core/credit-entitlements/grant-credits.ts'
import { lockBook } from '#core/credit-entitlements/ledger.ts'
import { findSoldItem, inAmountsOf } from '#core/credit-entitlements/sold-amounts.ts'
import { times } from '#core/credit-entitlements/terms.ts'
import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

interface Purchase {
  product_id: string
  quantity: number
  customer_id: string
  payment_id: string
  checkout_id: string
}

/** Credits of what was bought once: for each unit, to the end the terms name. */
export async function grantPurchased(ctx: BusinessCtx, purchase: Purchase): Promise<void> {
  const { product_id, quantity, customer_id, payment_id, checkout_id } = purchase
  const bought = await from(ctx, 'product_credits')
    .select(['credit_entitlement_id', 'terms'])
    .where('product_id', '=', product_id)
    .orderBy('credit_entitlement_id')
    .execute()
  if (bought.length === 0) return
  const item = await findSoldItem(ctx, checkout_id, product_id)
  for (const { credit_entitlement_id, terms } of inAmountsOf(bought, item)) {
    const days = terms.expires_after_days
    await grantCredits(ctx, await lockBook(ctx, { credit_entitlement_id, customer_id }), {
      reason_key: `credits:${payment_id}:${product_id}:${credit_entitlement_id}`,
      amount: parseDecimal(times(terms, quantity).credits_amount),
      source_type: 'one_time',
      source_id: payment_id,
      subscription_id: null,
      expires_at: days === null ? null : ctx.clock.now().add({ hours: 24 * days }),
      ends_with_cycle: false,
      overage_behavior: terms.overage_behavior,
    })
  }
}
