import { assertSound } from '#core/credit-entitlements/product-credits.ts'
import { readSubscriptionCredits } from '#core/credit-entitlements/terms.ts'
import { update } from '#core/scope.ts'
import type { CreditTerms } from '#db/json-types.ts'
import { json } from '#db/temporal.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** What is left out stays; null clears a limit and leaves the rest. */
export type CreditTermsChange = { credit_entitlement_id: string } & {
  [K in keyof CreditTerms]?: CreditTerms[K] | null | undefined
}

const CLEARABLE = new Set<string>([
  'expires_after_days',
  'low_balance_threshold_percent',
  'overage_limit',
  'rollover_percentage',
  'rollover_timeframe_count',
  'rollover_timeframe_interval',
  'max_rollover_count',
] satisfies (keyof CreditTerms)[])

/** Of a locked subscription, for the periods to come; what was granted stays. Throws INVALID_REQUEST_BODY for credits it does not grant. */
export async function changeCreditTerms(
  ctx: BusinessCtx,
  subscription_id: string,
  changes: readonly CreditTermsChange[],
): Promise<void> {
  const credits = await readSubscriptionCredits(ctx, [subscription_id])
  for (const { credit_entitlement_id, ...change } of changes) {
    const credit = credits.find((candidate) => candidate.credit_entitlement_id === credit_entitlement_id)
    if (credit === undefined) throw refused(`The subscription does not grant ${credit_entitlement_id}`)
    const said = Object.entries(change).filter(
      ([name, value]) => value != null || (value === null && CLEARABLE.has(name)),
    )
    const terms: CreditTerms = { ...credit.terms, ...Object.fromEntries(said) }
    if ((terms.rollover_timeframe_count === null) !== (terms.rollover_timeframe_interval === null)) {
      throw refused('A rollover timeframe has a count and an interval')
    }
    await update(ctx, 'subscription_credits')
      .set({ terms: json(assertSound(terms)) })
      .where('subscription_id', '=', subscription_id)
      .where('credit_entitlement_id', '=', credit_entitlement_id)
      .execute()
  }
}

function refused(message: string): AppError {
  return new AppError('INVALID_REQUEST_BODY', { message, field: 'credit_entitlement_cart' })
}
