import { becameLow, percentOf, planDeduction } from '#billing/credit-entitlement.ts'
import { type Decimal, least, most, parseDecimal } from '#billing/decimal.ts'
import { expireDue } from '#core/credit-entitlements/expire-grants.ts'
import { type Book, drawGrant, type Movement, writeEntry } from '#core/credit-entitlements/ledger.ts'
import { type CreditLedgerEntry, getCreditEntitlement } from '#core/credit-entitlements/queries.ts'
import type { SubscriptionCredit } from '#core/credit-entitlements/terms.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { from, on } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export type NewDeduction = Omit<Movement, 'is_credit' | 'balance' | 'overage' | 'grant_id'>

/**
 * Uses up credits of a locked balance; what they lack is overage where the terms allow it. Throws NEGATIVE_BALANCE_ADJUSTMENT where
 * neither covers it.
 */
export async function deductCredits(ctx: BusinessCtx, book: Book, deduction: NewDeduction): Promise<CreditLedgerEntry> {
  const grants = await expireDue(ctx, book)
  const running = await runningTerms(ctx, book)
  const plan = planDeduction(
    deduction.amount,
    grants.map((grant) => ({ ...grant, remaining: parseDecimal(grant.remaining_amount) })),
    await overageRule(ctx, book, running),
  )
  if (plan.type === 'refused') {
    const message = { insufficient: 'There are not enough credits', overage_limit: 'The overage has reached its limit' }
    throw new AppError('NEGATIVE_BALANCE_ADJUSTMENT', { message: message[plan.reason] })
  }
  for (const { grant_id, amount } of plan.draws) {
    const grant = grants.find((candidate) => candidate.grant_id === grant_id)
    if (grant !== undefined) await drawGrant(ctx, grant, amount)
  }
  const before = book.balance
  const entry = await writeEntry(ctx, book, {
    ...deduction,
    is_credit: false,
    balance: before - (deduction.amount - plan.overage),
    overage: book.overage + plan.overage,
    grant_id: plan.draws.length === 1 ? (plan.draws[0]?.grant_id ?? null) : null,
  })
  await tellLow(ctx, book, entry, running)
  return entry
}

/**
 * Uses up as much of it as credits and, where it may, overage cover, and answers how much that was: what was used already cannot be
 * refused.
 */
export async function deductWhatCan(
  ctx: BusinessCtx,
  book: Book,
  deduction: NewDeduction,
  { overage }: { overage: boolean },
): Promise<Decimal> {
  await expireDue(ctx, book)
  const { enabled, limit, used } = await overageRule(ctx, book, await runningTerms(ctx, book))
  const more = limit === null ? deduction.amount : most(0n, limit - used)
  const amount = least(deduction.amount, book.balance + (overage && enabled ? more : 0n))
  if (amount <= 0n) return 0n
  await deductCredits(ctx, book, { ...deduction, amount })
  return amount
}

/** Of all the customer's running subscriptions to it. */
async function runningTerms(ctx: BusinessCtx, { held }: Book): Promise<SubscriptionCredit[]> {
  return from(ctx, 'subscription_credits')
    .innerJoin('subscriptions', on('subscriptions.subscription_id', 'subscription_credits.subscription_id'))
    .select(['subscription_credits.subscription_id', 'subscription_credits.credit_entitlement_id'])
    .select(['subscription_credits.product_id', 'terms', 'given'])
    .where('subscription_credits.credit_entitlement_id', '=', held.credit_entitlement_id)
    .where('subscriptions.customer_id', '=', held.customer_id)
    .where('subscriptions.status', 'in', ['active', 'past_due'])
    .where('removed_at', 'is', null)
    .orderBy('subscription_credits.subscription_id')
    .execute()
}

/** Any running subscription may allow it, and the widest limit counts; without one the entitlement decides. */
async function overageRule(ctx: BusinessCtx, book: Book, running: readonly SubscriptionCredit[]) {
  const allowing = running.filter(({ terms }) => terms.overage_enabled)
  if (running.length === 0) {
    const { overage_enabled, overage_limit } = await getCreditEntitlement(ctx, book.held.credit_entitlement_id)
    const limit = overage_limit === null ? null : parseDecimal(String(overage_limit))
    return { used: book.overage, enabled: overage_enabled, limit }
  }
  const limits = allowing.map(({ terms }) => (terms.overage_limit === null ? null : parseDecimal(terms.overage_limit)))
  const limit = limits.reduce<Decimal | null>(
    (widest, next) => (widest === null || next === null ? null : most(next, widest)),
    0n,
  )
  return { used: book.overage, enabled: allowing.length > 0, limit }
}

/** Once for an entry, however many subscriptions name a threshold that it passed. */
async function tellLow(
  ctx: BusinessCtx,
  book: Book,
  entry: CreditLedgerEntry,
  running: readonly SubscriptionCredit[],
): Promise<void> {
  const before = parseDecimal(entry.balance_before)
  const low = running.some(({ terms: { low_balance_threshold_percent: percent, credits_amount } }) => {
    return percent !== null && becameLow(before, book.balance, percentOf(parseDecimal(credits_amount), percent))
  })
  if (!low) return
  const { customer_id } = book.held
  await recordEvent(ctx, { type: 'credit.balance_low', resource_id: entry.entry_id, customer_id })
}
