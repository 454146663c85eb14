// The cycle of a subscription's credits turns when a period is paid for: what is left of the last one rolls over or lapses, overage is
// settled, new credits are granted. Call it with the subscription locked.
import { closeGrant } from '#billing/credit-entitlement.ts'
import { type Decimal, parseDecimal } from '#billing/decimal.ts'
import { periodBoundary } from '#billing/period.ts'
import { expire, expireDue } from '#core/credit-entitlements/expire-grants.ts'
import { grantCredits, insertGrant } from '#core/credit-entitlements/grant-credits.ts'
import { type Book, drawGrant, lockBook, writeEntry } from '#core/credit-entitlements/ledger.ts'
import { type CreditGrant, getCreditEntitlement } from '#core/credit-entitlements/queries.ts'
import {
  readSubscriptionCredits,
  removeCredits,
  type SubscriptionCredit,
  setGiven,
} from '#core/credit-entitlements/terms.ts'
import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

interface Owner {
  subscription_id: string
  customer_id: string
}

/** `paidBy` names what paid for the new cycle, so that it turns once: the dues, or the change of plan. */
export async function turnCycle(ctx: BusinessCtx, owner: Owner, paidBy: string): Promise<void> {
  const credits = await readSubscriptionCredits(ctx, [owner.subscription_id])
  for (const credit_entitlement_id of await idsOf(ctx, owner, credits)) {
    const book = await lockBook(ctx, { credit_entitlement_id, customer_id: owner.customer_id })
    const credit = credits.find((candidate) => candidate.credit_entitlement_id === credit_entitlement_id)
    if (credit === undefined) await expireCycle(ctx, book, owner)
    else await turn(ctx, book, credit, paidBy)
  }
}

/** Free days have credits of their own, where the terms grant some. */
export async function grantTrial(ctx: BusinessCtx, owner: Owner, trialEnd: Temporal.Instant): Promise<void> {
  for (const credit of await readSubscriptionCredits(ctx, [owner.subscription_id])) {
    const { trial_credits, trial_credits_expire_after_trial, overage_behavior } = credit.terms
    if (trial_credits === null) continue
    await grantCredits(ctx, await lockBook(ctx, { ...credit, customer_id: owner.customer_id }), {
      reason_key: `credits:${credit.subscription_id}:${credit.credit_entitlement_id}:trial`,
      amount: parseDecimal(trial_credits),
      source_type: 'subscription',
      source_id: credit.subscription_id,
      subscription_id: credit.subscription_id,
      expires_at: trial_credits_expire_after_trial ? trialEnd : expiryOf(ctx, credit),
      ends_with_cycle: false,
      overage_behavior,
    })
  }
}

/** The subscription has ended: what was for its cycle is lost. */
export async function endCredits(ctx: BusinessCtx, owner: Owner): Promise<void> {
  await removeCredits(ctx, owner.subscription_id)
  for (const credit_entitlement_id of await idsOf(ctx, owner, [])) {
    await expireCycle(ctx, await lockBook(ctx, { credit_entitlement_id, customer_id: owner.customer_id }), owner)
  }
}

/** What it grants, and what is left of what another plan granted; in the order in which balances are locked. */
async function idsOf(ctx: BusinessCtx, owner: Owner, credits: readonly SubscriptionCredit[]): Promise<string[]> {
  const left = await from(ctx, 'credit_grants')
    .select('credit_entitlement_id')
    .distinct()
    .where('subscription_id', '=', owner.subscription_id)
    .where('remaining_amount', '>', '0')
    .where('ends_with_cycle', '=', true)
    .execute()
  return [...new Set([...credits, ...left].map(({ credit_entitlement_id }) => credit_entitlement_id))].sort()
}

async function expireCycle(ctx: BusinessCtx, book: Book, { subscription_id }: Owner): Promise<void> {
  for (const grant of await expireDue(ctx, book)) {
    if (grant.ends_with_cycle && grant.subscription_id === subscription_id) await expire(ctx, book, grant)
  }
}

async function turn(ctx: BusinessCtx, book: Book, credit: SubscriptionCredit, paidBy: string): Promise<void> {
  await closeCycle(ctx, book, credit, paidBy)
  // The first cycle of a subscription has no overage of its own to settle.
  if (parseDecimal(credit.given) > 0n) await resetOverage(ctx, book, credit)
  await grantOfPeriod(ctx, book, credit, parseDecimal(credit.terms.credits_amount), paidBy)
  await setGiven(ctx, credit, credit.terms.credits_amount)
}

async function closeCycle(ctx: BusinessCtx, book: Book, credit: SubscriptionCredit, paidBy: string): Promise<void> {
  const { precision } = await getCreditEntitlement(ctx, credit.credit_entitlement_id)
  for (const grant of await expireDue(ctx, book)) {
    if (!grant.ends_with_cycle || grant.subscription_id !== credit.subscription_id) continue
    const { rollover_enabled: enabled, rollover_percentage: percentage, max_rollover_count: max_count } = credit.terms
    if (!enabled) {
      await expire(ctx, book, grant)
      continue
    }
    const rule = { enabled, percentage, max_count }
    const { rolled, lost } = closeGrant(parseDecimal(grant.remaining_amount), rule, grant.rollover_count, precision)
    await drawGrant(ctx, grant, rolled + lost)
    if (lost > 0n) await forfeit(ctx, book, grant, lost)
    if (rolled > 0n) await rollOver(ctx, book, credit, grant, { rolled, paidBy })
  }
}

async function forfeit(ctx: BusinessCtx, book: Book, { grant_id }: CreditGrant, amount: Decimal): Promise<void> {
  const balance = book.balance - amount
  await writeEntry(ctx, book, { transaction_type: 'rollover_forfeited', amount, is_credit: false, balance, grant_id })
}

/** The timeframe runs from the first time: credits that roll over again keep its end. */
async function rollOver(
  ctx: BusinessCtx,
  book: Book,
  credit: SubscriptionCredit,
  grant: CreditGrant,
  { rolled, paidBy }: { rolled: Decimal; paidBy: string },
): Promise<void> {
  const { rollover_timeframe_count: count, rollover_timeframe_interval: interval } = credit.terms
  const framed = count === null || interval === null ? null : periodBoundary(ctx.clock.now(), { count, interval }, 1)
  const parent_grant_id = grant.grant_id
  const grant_id = await insertGrant(ctx, book, {
    reason_key: `rollover:${parent_grant_id}:${paidBy}`,
    amount: rolled,
    remaining: rolled,
    source_type: 'rollover',
    source_id: credit.subscription_id,
    subscription_id: credit.subscription_id,
    expires_at: grant.rollover_count > 0 ? grant.expires_at : framed,
    ends_with_cycle: true,
    rollover_count: grant.rollover_count + 1,
    parent_grant_id,
  })
  await writeEntry(ctx, book, { transaction_type: 'credit_rolled_over', amount: rolled, is_credit: true, grant_id })
}

/** Forgiven, or it stays, as the terms say; what an invoice asked for was settled with it. */
async function resetOverage(ctx: BusinessCtx, book: Book, { terms }: SubscriptionCredit): Promise<void> {
  if (terms.overage_behavior !== 'forgive_at_reset' || book.overage === 0n) return
  await writeEntry(ctx, book, { transaction_type: 'overage_reset', amount: book.overage, is_credit: true, overage: 0n })
}

/** Without an end of their own, and wherever they may roll over, the credits of a period last as long as it. */
export async function grantOfPeriod(
  ctx: BusinessCtx,
  book: Book,
  credit: SubscriptionCredit,
  amount: Decimal,
  paidBy: string,
): Promise<void> {
  const { subscription_id, credit_entitlement_id, terms } = credit
  const expires_at = expiryOf(ctx, credit)
  await grantCredits(ctx, book, {
    reason_key: `credits:${subscription_id}:${credit_entitlement_id}:${paidBy}`,
    amount,
    source_type: 'subscription',
    source_id: subscription_id,
    subscription_id,
    expires_at,
    ends_with_cycle: terms.rollover_enabled || expires_at === null,
    overage_behavior: terms.overage_behavior,
  })
}

function expiryOf(ctx: BusinessCtx, { terms }: Pick<SubscriptionCredit, 'terms'>): Temporal.Instant | null {
  return terms.expires_after_days === null ? null : ctx.clock.now().add({ hours: 24 * terms.expires_after_days })
}
