// What a subscription that is cancelled now has left of the period it paid for, and giving it back.
import { shareOf } from '#billing/price.ts'
import { refundableTotal } from '#billing/refund.ts'
import { planUnusedTime } from '#billing/unused-time.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { getSettings } from '#core/businesses/queries.ts'
import { openRefund } from '#core/refunds/open-refund.ts'
import { type PeriodPayment, readPeriodPayments } from '#core/subscriptions/period-payments.ts'
import { readPeriodValues } from '#core/subscriptions/period-values.ts'
import { readServedPeriod } from '#core/subscriptions/periods.ts'
import { findUnpaidChange } from '#core/subscriptions/plan-changes.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import { depositToWallet } from '#core/wallets/deposit-to-wallet.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface UnusedTimeOf {
  /** Newest first; minor units, with tax. */
  refunds: { paid: PeriodPayment; amount: number }[]
  to_wallet: number
}

const NOTHING: UnusedTimeOf = { refunds: [], to_wallet: 0 }
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
  const { refunds, to_wallet } = planUnusedTime(
    values.map(({ gross }) => gross),
    running.left,
    payments.map(({ paid, own_funds }) => ({ refundable: refundableTotal(paid), own_funds })),
  )
  const named = payments.map((paid, index) => ({ paid, amount: refunds[index] ?? 0 }))
  return { refunds: named.filter(({ amount }) => amount > 0), to_wallet }
}

/** In the transaction that ends the subscription, before it does. */
export async function giveBackUnusedTime(ctx: BusinessCtx, subscription: Subscription): Promise<void> {
  const { subscription_id, customer_id, currency } = subscription
  const { refunds, to_wallet } = await readUnusedTime(ctx, subscription, { lock: true })
  const reason = 'Time of a period that was cancelled'
  for (const { paid, amount } of refunds) {
    const reason_key = `unused:${subscription_id}:${paid.payment.payment_id}`
    await openRefund(ctx, paid.payment, { reason_key, amount, reason, lines: paid.linesOf(amount) })
  }
  if (to_wallet > 0) {
    await depositToWallet(ctx, customer_id, {
      currency,
      amount: to_wallet,
      event_type: 'refund',
      reason_key: `unused:${subscription_id}`,
      reason,
      reference_object_id: subscription_id,
    })
  }
  if (refunds.length === 0 && to_wallet === 0) return
  const to_method = refunds.reduce((total, { amount }) => total + amount, 0)
  await recordAudit(ctx, {
    action: 'subscription.unused_time_given_back',
    resource_id: subscription_id,
    customer_id,
    details: { to_method, to_wallet, currency },
  })
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
