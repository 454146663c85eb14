// What a subscription that is cancelled now has left of the period it paid for, and giving it back.
import { spreadOverLines } from '#billing/credit-note.ts'
import { sum } from '#billing/money.ts'
import { shareOf } from '#billing/price.ts'
import { planUnusedTime } from '#billing/unused-time.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { getSettings } from '#core/businesses/queries.ts'
import { issueCreditNote } from '#core/invoices/issue-credit-note.ts'
import { findUnpaidChange } from '#core/plan-changes/store.ts'
import { openRefund } from '#core/refunds/open-refund.ts'
import { type PeriodPayment, readPeriodPayments } from '#core/subscriptions/period-payments.ts'
import { readPeriodValues } from '#core/subscriptions/period-values.ts'
import { readServedPeriod } from '#core/subscriptions/periods.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import { depositToWallet } from '#core/wallets/deposit-to-wallet.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface UnusedTimeOf {
  /** Newest first; minor units, with tax. */
  refunds: { paid: PeriodPayment; to_method: number; to_wallet: number; for_credit: number }[]
}

const NOTHING: UnusedTimeOf = { refunds: [] }
const NO_TIME = { numerator: 0n, denominator: 1n }

/** Nothing unless the business gives it back. */
export async function readUnusedTime(
  ctx: BusinessCtx,
  subscription: Subscription,
  how = { lock: false },
): Promise<UnusedTimeOf> {
  const { refund_unused_time } = await getSettings(ctx)
  if (!refund_unused_time) return NOTHING
  const values = await readPeriodValues(ctx, subscription.subscription_id)
  const running = values.length === 0 ? undefined : await findPaidPeriod(ctx, subscription)
  if (running === undefined) return NOTHING
  const payments = await readPeriodPayments(ctx, subscription, running.began, how)
  const gross = values.map((value) => value.gross)
  const { parts } = planUnusedTime(gross, running.left, payments)
  const refunds = payments.flatMap((paid, index) => {
    const part = parts[index]
    return part === undefined || part.to_method + part.to_wallet + part.for_credit === 0 ? [] : [{ paid, ...part }]
  })
  return { refunds }
}

export interface GivenBack {
  /** Minor units. */
  to_method: number
  to_wallet: number
}

/** In the transaction that ends the subscription, before it does. */
export async function giveBackUnusedTime(ctx: BusinessCtx, subscription: Subscription): Promise<GivenBack> {
  const { subscription_id, customer_id, currency } = subscription
  const { refunds } = await readUnusedTime(ctx, subscription, { lock: true })
  if (refunds.length === 0) return { to_method: 0, to_wallet: 0 }
  const reason = 'Time of a period that was cancelled'
  for (const { paid, to_method, to_wallet } of refunds) {
    if (to_method + to_wallet === 0) continue
    const reason_key = `unused:${subscription_id}:${paid.payment.payment_id}`
    const amount = to_method + to_wallet
    await openRefund(ctx, paid.payment, { reason_key, amount, reason, lines: paid.linesOf(amount) })
  }
  const for_credit = sum(refunds.map((refund) => refund.for_credit))
  if (for_credit > 0) {
    await depositToWallet(ctx, customer_id, {
      currency,
      amount: for_credit,
      event_type: 'refund',
      reason_key: `unused:${subscription_id}`,
      reason,
      reference_object_id: subscription_id,
    })
  }
  const to_method = sum(refunds.map((refund) => refund.to_method))
  const to_wallet = sum(refunds.map((refund) => refund.to_wallet)) + for_credit
  await recordAudit(ctx, {
    action: 'subscription.unused_time_given_back',
    resource_id: subscription_id,
    customer_id,
    details: { to_method, to_wallet, currency },
  })
  for (const { paid, for_credit: amount } of refunds) {
    const { payment_id } = paid.payment
    const note = {
      reason_key: `unused:${subscription_id}:${payment_id}`,
      payment_id,
      given_to: { type: 'wallet' as const },
    }
    if (amount > 0) await issueCreditNote(ctx, { ...note, reason }, (lines) => spreadOverLines(lines, amount))
  }
  return { to_method, to_wallet }
}

/** The period the values are of, and the share of it without service to come: where it rests, since it does. */
async function findPaidPeriod(ctx: BusinessCtx, subscription: Subscription) {
  const { subscription_id, paused_at, on_hold_at, status, next_billing_date } = subscription
  const unpaid = await findUnpaidChange(ctx, subscription_id)
  // A new period that nobody paid for: the values are still those of the one it cut short.
  const cut = unpaid?.restarts ? unpaid : undefined
  const end =
    cut?.previous?.next_billing_date == null ? next_billing_date : Temporal.Instant.from(cut.previous.next_billing_date)
  if (end === null) return undefined
  const { start, began } = await readServedPeriod(ctx, subscription_id, end, cut?.period_start)
  const rests = status === 'on_hold' ? on_hold_at : paused_at
  const since = cut?.effective_at ?? rests ?? ctx.clock.now()
  const over = Temporal.Instant.compare(since, end) >= 0
  return { began, left: over ? NO_TIME : shareOf({ start: since, end }, { start, end }) }
}
