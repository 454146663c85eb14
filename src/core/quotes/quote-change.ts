import { sum } from '#billing/money.ts'
import { earlier } from '#billing/period.ts'
import { assertPayable, type PlanChangeRequest } from '#core/plan-changes/change-plan.ts'
import { type DecidedChange, decideChange } from '#core/plan-changes/decide-change.ts'
import { allowedRequest, assertBilled } from '#core/quotes/customer-rules.ts'
import { fingerprintOf } from '#core/quotes/fingerprint.ts'
import { nextAfterChange } from '#core/quotes/next-after-change.ts'
import { deleteStale, insertQuote, type NewQuote, type Quote } from '#core/quotes/store.ts'
import { getSubscription, type Subscription } from '#core/subscriptions/queries.ts'
import type { QuotedLine } from '#db/json-types.ts'
import type { BusinessCtx } from '#src/context.ts'

/** How long a quote is honoured. */
export const VALID_FOR = Temporal.Duration.from({ minutes: 10 })

/**
 * What a change would cost if it were made this instant, kept for whoever confirms it. Throws the refusals of `decideChange` and, where
 * `ctx.actor` is a customer, those of what customers may ask for.
 */
export async function quoteChange(ctx: BusinessCtx, subscription_id: string, asked: PlanChangeRequest): Promise<Quote> {
  const subscription = await getSubscription(ctx, subscription_id)
  const request = await allowedRequest(ctx, subscription, asked)
  // As the database keeps it, so that it is decided alike when it is read again.
  const decided_at = ctx.clock.now().round({ smallestUnit: 'microsecond', roundingMode: 'floor' })
  const decided = await decideChange(ctx, subscription, request, decided_at)
  assertBilled(ctx, decided)
  assertPayable(subscription, decided)
  await deleteStale(ctx, subscription_id)
  return insertQuote(ctx, {
    subscription_id,
    request: { ...request, addons: [...request.addons] },
    decided_at,
    currency: subscription.currency,
    fingerprint: fingerprintOf(subscription.version, decided),
    expires_at: validUntil(ctx, subscription, decided_at),
    ...figuresOf(subscription, decided),
    ...(await nextAfterChange(ctx, subscription, decided)),
  })
}

/** The period's end comes first where it is nearer; told in wall time, as the business's own runs beside it. */
function validUntil(ctx: BusinessCtx, { next_billing_date }: Subscription, at: Temporal.Instant): Temporal.Instant {
  const wall = ctx.wall.now()
  const latest = wall.add(VALID_FOR)
  return next_billing_date === null ? latest : earlier(latest, wall.add(at.until(next_billing_date)))
}

function figuresOf(subscription: Subscription, { target, at, now, discounts }: DecidedChange) {
  const charge = now?.decision.charge ?? 0
  const credit_applied = now?.credit_applied ?? 0
  const wallet_applied = now?.wallet_applied ?? 0
  const restarted = now?.decision.date.type === 'restart' ? now.decision.date.period.end : null
  return {
    effective_at: at,
    lines: (now?.lines ?? []).map(lineOf),
    charge,
    credit_applied,
    wallet_applied,
    carried: now?.carried ?? false,
    discounts: discounts.map(({ code }, index) => ({ code, amount: now?.decision.discounts[index] ?? 0 })),
    credit_granted: now?.decision.credit ?? 0,
    total: now?.carried ? 0 : charge - credit_applied - wallet_applied,
    next_billing_date: restarted ?? subscription.next_billing_date ?? at,
    recurring_pre_tax_amount: sum(target.items.map(({ quantity, unit_price }) => quantity * unit_price)),
  } satisfies Partial<NewQuote>
}

function lineOf({ share, prorated: _, ...line }: NonNullable<DecidedChange['now']>['lines'][number]): QuotedLine {
  const { numerator, denominator } = share
  return { ...line, share: { numerator: numerator.toString(), denominator: denominator.toString() } }
}
