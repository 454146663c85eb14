// On what terms credits are granted: a product says, else the entitlement; a subscription keeps those it was sold on.
import { formatDecimal, parseDecimal } from '#billing/decimal.ts'
import type { CreditEntitlement } from '#core/credit-entitlements/queries.ts'
import { findSubscribedItem, inAmountsOf } from '#core/credit-entitlements/sold-amounts.ts'
import { from, owned, update } from '#core/scope.ts'
import type { CreditTerms } from '#db/json-types.ts'
import { json } from '#db/temporal.ts'
import type { BusinessCtx } from '#src/context.ts'

/** What was not said is the entitlement's. */
export function resolveTerms(
  entitlement: CreditEntitlement,
  given: { credits_amount: string } & { [K in keyof CreditTerms]?: CreditTerms[K] | null | undefined },
): CreditTerms {
  const says = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null))
  return {
    currency: entitlement.currency,
    price_per_unit:
      entitlement.price_per_unit === null ? null : formatDecimal(parseDecimal(entitlement.price_per_unit)),
    expires_after_days: entitlement.expires_after_days,
    low_balance_threshold_percent: null,
    rollover_enabled: entitlement.rollover_enabled,
    rollover_percentage: entitlement.rollover_percentage,
    rollover_timeframe_count: entitlement.rollover_timeframe_count,
    rollover_timeframe_interval: entitlement.rollover_timeframe_interval,
    max_rollover_count: entitlement.max_rollover_count,
    overage_enabled: entitlement.overage_enabled,
    overage_limit: entitlement.overage_limit === null ? null : String(entitlement.overage_limit),
    overage_behavior: entitlement.overage_behavior,
    proration_behavior: 'prorate',
    trial_credits: null,
    trial_credits_expire_after_trial: true,
    ...says,
    credits_amount: given.credits_amount,
  }
}

export interface SubscriptionCredit {
  subscription_id: string
  credit_entitlement_id: string
  product_id: string
  terms: CreditTerms
  given: string
}

/** What a running subscription grants. */
export async function readSubscriptionCredits(
  ctx: BusinessCtx,
  subscription_ids: readonly string[],
): Promise<SubscriptionCredit[]> {
  if (subscription_ids.length === 0) return []
  return from(ctx, 'subscription_credits')
    .select(['subscription_id', 'credit_entitlement_id', 'product_id', 'terms', 'given'])
    .where('subscription_id', 'in', [...subscription_ids])
    .where('removed_at', 'is', null)
    .orderBy('credit_entitlement_id')
    .execute()
}

interface Sold {
  subscription_id: string
  product_id: string
  quantity: number
}

/** The credits of a locked subscription become those of its product, for its whole quantity, in the amounts it was sold with. */
export async function sellCredits(ctx: BusinessCtx, { subscription_id, product_id, quantity }: Sold): Promise<void> {
  const sold = await from(ctx, 'product_credits')
    .select(['credit_entitlement_id', 'terms'])
    .where('product_id', '=', product_id)
    .execute()
  await removeCredits(ctx, subscription_id)
  if (sold.length === 0) return
  const item = await findSubscribedItem(ctx, subscription_id, product_id)
  for (const { credit_entitlement_id, terms } of inAmountsOf(sold, item)) {
    const own = json({ ...terms, ...times(terms, quantity) })
    await ctx.db
      .insertInto('subscription_credits')
      .values({ ...owned(ctx), subscription_id, credit_entitlement_id, product_id, terms: own })
      .onConflict((conflict) =>
        conflict
          .columns(['business_id', 'subscription_id', 'credit_entitlement_id'])
          .doUpdateSet({ product_id, terms: own, removed_at: null }),
      )
      .execute()
  }
}

/** No period will be granted any more. */
export async function removeCredits(ctx: BusinessCtx, subscription_id: string): Promise<void> {
  await update(ctx, 'subscription_credits')
    .set({ removed_at: ctx.clock.now() })
    .where('subscription_id', '=', subscription_id)
    .where('removed_at', 'is', null)
    .execute()
}

export async function setGiven(ctx: BusinessCtx, credit: SubscriptionCredit, given: string): Promise<void> {
  await update(ctx, 'subscription_credits')
    .set({ given })
    .where('subscription_id', '=', credit.subscription_id)
    .where('credit_entitlement_id', '=', credit.credit_entitlement_id)
    .execute()
}

/** Terms are for one; so many are bought. */
export function times({ credits_amount, trial_credits }: CreditTerms, quantity: number) {
  const all = (amount: string) => formatDecimal(parseDecimal(amount) * BigInt(quantity))
  return { credits_amount: all(credits_amount), trial_credits: trial_credits === null ? null : all(trial_credits) }
}
