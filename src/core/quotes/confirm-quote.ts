import { collectPayment } from '#core/payments/collect-payment.ts'
import { type Begun, makeChange } from '#core/plan-changes/change-plan.ts'
import { decideChange } from '#core/plan-changes/decide-change.ts'
import { getPlanChange, type PlanChangeRow } from '#core/plan-changes/store.ts'
import { allowedRequest, assertBilled, assertOwn } from '#core/quotes/customer-rules.ts'
import { fingerprintOf, versionOf } from '#core/quotes/fingerprint.ts'
import { findLastPayment, getQuote } from '#core/quotes/queries.ts'
import { VALID_FOR } from '#core/quotes/quote-change.ts'
import { confirmedBy, lockQuote, type Quote } from '#core/quotes/store.ts'
import { lockSubscription, type Subscription } from '#core/subscriptions/store.ts'
import { collectUsage } from '#core/usage/collect-usage.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** How long the customer has, on the wall, to prove to their bank who they are. */
const PRESENT_FOR = Temporal.Duration.from({ hours: 1 })

/**
 * Makes the change that was quoted, as of the quote's instant and for exactly its total, once: confirmed again, the answer is the change
 * as it stands. Throws QUOTE_EXPIRED, and QUOTE_OUTDATED where anything it depends on is no longer so; quote anew then.
 * `return_url` says that the customer is there, and where their bank's page sends them.
 */
export async function confirmQuote(
  outer: BusinessCtx,
  quote_id: string,
  { return_url }: { return_url?: string } = {},
): Promise<PlanChangeRow> {
  const { subscription_id } = await getQuote(outer, quote_id)
  const { change, payment_id } = await inTransaction(outer, async (ctx): Promise<Begun> => {
    const subscription = await lockSubscription(ctx, subscription_id)
    assertOwn(ctx, subscription)
    const quote = await lockQuote(ctx, quote_id)
    return quote.change_id === null
      ? begin(ctx, subscription, quote, return_url !== undefined)
      : again(ctx, quote, quote.change_id)
  })
  if (payment_id !== undefined) await collectPayment(outer, payment_id, return_url)
  await collectUsage(outer, subscription_id)
  return getPlanChange(outer, change.change_id)
}

/** A second press waits for the charge of the first: under its key it is the same one. */
async function again(ctx: BusinessCtx, { total }: Quote, change_id: string): Promise<Begun> {
  const change = await getPlanChange(ctx, change_id)
  const payment = await findLastPayment(ctx, change)
  const { settled_at, unknown_since, status } = payment ?? {}
  const charging = settled_at === null && unknown_since === null && status === 'processing'
  return { change, total, ...(charging && payment !== undefined ? { payment_id: payment.payment_id } : {}) }
}

async function begin(ctx: BusinessCtx, subscription: Subscription, quote: Quote, present: boolean): Promise<Begun> {
  assertInTime(ctx, quote)
  if (subscription.version !== versionOf(quote.fingerprint)) throw outdated()
  const request = await allowedRequest(ctx, subscription, quote.request)
  const decided = await decideChange(ctx, subscription, request, quote.decided_at)
  assertBilled(ctx, decided)
  if (fingerprintOf(subscription.version, decided) !== quote.fingerprint) throw outdated()
  const begun = await makeChange(ctx, subscription, decided, {
    metadata: quote.request.metadata ?? subscription.metadata,
    page_expires_at: present ? ctx.wall.now().add(PRESENT_FOR) : undefined,
  })
  if (begun.total !== quote.total) throw outdated()
  await confirmedBy(ctx, quote.quote_id, begun.change.change_id)
  return begun
}

/** In either time: a test clock may have moved further than the wall's. */
function assertInTime(ctx: BusinessCtx, { decided_at, expires_at }: Quote): void {
  const business = Temporal.Instant.compare(ctx.clock.now(), decided_at.add(VALID_FOR))
  if (business >= 0 || Temporal.Instant.compare(ctx.wall.now(), expires_at) >= 0) throw new AppError('QUOTE_EXPIRED')
}

function outdated(): AppError {
  return new AppError('QUOTE_OUTDATED')
}
