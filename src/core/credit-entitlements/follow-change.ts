import { addedByChange } from '#billing/credit-entitlement.ts'
import { formatDecimal, parseDecimal } from '#billing/decimal.ts'
import { shareOf } from '#billing/price.ts'
import { lockBook } from '#core/credit-entitlements/ledger.ts'
import { getCreditEntitlement } from '#core/credit-entitlements/queries.ts'
import { readSubscriptionCredits, setGiven } from '#core/credit-entitlements/terms.ts'
import { grantOfPeriod, turnCycle } from '#core/credit-entitlements/turn-cycle.ts'
import type { BusinessCtx } from '#src/context.ts'

interface PaidChange {
  change_id: string
  restarts: boolean
  effective_at: Temporal.Instant
  period_start: Temporal.Instant
  period_end: Temporal.Instant
}

/**
 * A change of plan is paid for, or cost nothing: a new period has credits of its own; in a running one a larger plan adds what it lacks,
 * for the time left or whole, and a smaller one takes nothing back.
 */
export async function followChange(
  ctx: BusinessCtx,
  owner: { subscription_id: string; customer_id: string },
  change: PaidChange,
): Promise<void> {
  if (change.restarts) return turnCycle(ctx, owner, change.change_id)
  const { effective_at, period_start, period_end } = change
  const left = shareOf({ start: effective_at, end: period_end }, { start: period_start, end: period_end })
  for (const credit of await readSubscriptionCredits(ctx, [owner.subscription_id])) {
    const { terms, credit_entitlement_id } = credit
    const { precision } = await getCreditEntitlement(ctx, credit_entitlement_id)
    const given = parseDecimal(credit.given)
    const wanted = parseDecimal(terms.credits_amount)
    const added = addedByChange(given, wanted, left, terms.proration_behavior, precision)
    if (wanted > given) await setGiven(ctx, credit, formatDecimal(wanted))
    const book = await lockBook(ctx, { credit_entitlement_id, customer_id: owner.customer_id })
    if (added > 0n) await grantOfPeriod(ctx, book, credit, added, change.change_id)
  }
}
