// The merchant asks for a declined payment once more, by hand.
import { decideManualRetry, MANUAL_SENDS } from '#billing/retry.ts'
import { isOverdue } from '#billing/status.ts'
import { collectPayment } from '#core/payments/collect-payment.ts'
import { reopenDues } from '#core/payments/open-dues.ts'
import { type Dues, getDues, getPayment, hasOpenPayment, type Payment } from '#core/payments/queries.ts'
import { lockDues } from '#core/payments/store.ts'
import { closeOpenPage } from '#core/recovery/close-open-page.ts'
import { countRetries } from '#core/recovery/store.ts'
import { from } from '#core/scope.ts'
import { lockSubscription, type Subscription } from '#core/subscriptions/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError, type ErrorCode } from '#src/errors.ts'

export interface RetryState {
  sends_allowed: number
  sends_used: number
  /** What `retryPayment` would throw; null where it may be asked. */
  reason: ErrorCode | null
  /** Null where none is left, or where something other than the pause between two stands in the way. */
  retry_available_at: Temporal.Instant | null
}

export async function readRetryState(ctx: BusinessCtx, payment_id: string): Promise<RetryState> {
  const { dues, subscription } = await readOwed(ctx, payment_id)
  const state = await stateOf(ctx, dues)
  const reason = (await refusal(ctx, dues, subscription)) ?? state.reason
  return reason === state.reason ? state : { ...state, reason, retry_available_at: null }
}

export interface Retried extends RetryState {
  payment: Payment
}

/**
 * Charges the subscription's saved method for what the payment left unpaid. Throws PAYMENT_NOT_RETRYABLE where nothing is owed for it,
 * NO_ELIGIBLE_PAYMENT_METHODS, PREVIOUS_PAYMENT_PENDING, RETRY_COOLING_DOWN, SUBSCRIPTION_PAYMENT_RETRY_LIMIT_EXCEEDED.
 */
export async function retryPayment(outer: BusinessCtx, payment_id: string): Promise<Retried> {
  const { dues } = await readOwed(outer, payment_id)
  if (dues.subscription_id !== null && dues.status === 'open') await closeOpenPage(outer, dues.subscription_id)
  const attempt = await inTransaction(outer, (ctx) => openSend(ctx, dues))
  const payment = await collectPayment(outer, attempt.payment_id)
  return { ...(await stateOf(outer, dues)), payment }
}

async function openSend(ctx: BusinessCtx, { dues_id, subscription_id }: Dues): Promise<Payment> {
  if (subscription_id === null) throw new AppError('PAYMENT_NOT_RETRYABLE')
  const subscription = await lockSubscription(ctx, subscription_id)
  const dues = await lockDues(ctx, dues_id)
  const reason = (await refusal(ctx, dues, subscription)) ?? (await stateOf(ctx, dues)).reason
  if (reason !== null) throw new AppError(reason)
  const { payment_method_id, billing, metadata } = subscription
  return reopenDues(ctx, dues, { payment_method_id, billing, metadata, origin: 'manual_retry' })
}

async function readOwed(ctx: BusinessCtx, payment_id: string) {
  const { dues_id, subscription_id } = await getPayment(ctx, payment_id)
  const dues = await getDues(ctx, dues_id)
  const subscription = await from(ctx, 'subscriptions')
    .selectAll()
    .where('subscription_id', '=', subscription_id)
    .executeTakeFirst()
  return { dues, subscription }
}

async function refusal(
  ctx: BusinessCtx,
  dues: Dues,
  subscription: Subscription | undefined,
): Promise<ErrorCode | undefined> {
  if (subscription === undefined || dues.status !== 'open' || dues.kind === 'checkout') return 'PAYMENT_NOT_RETRYABLE'
  if (await isUndecided(ctx, subscription.subscription_id)) return 'PREVIOUS_PAYMENT_PENDING'
  if (!isOverdue(subscription.status)) return 'PAYMENT_NOT_RETRYABLE'
  return subscription.payment_method_id === null ? 'NO_ELIGIBLE_PAYMENT_METHODS' : undefined
}

/** A page that is only open does not stand in the way: it is closed first. */
async function isUndecided(ctx: BusinessCtx, subscription_id: string): Promise<boolean> {
  if (ctx.db.isTransaction) return hasOpenPayment(ctx, subscription_id)
  const open = await from(ctx, 'payments')
    .select('payment_id')
    .where('subscription_id', '=', subscription_id)
    .where('settled_at', 'is', null)
    .where((eb) => eb.or([eb('origin', '<>', 'pay_page'), eb('unknown_since', 'is not', null)]))
    .executeTakeFirst()
  return open !== undefined
}

async function stateOf(ctx: BusinessCtx, { dues_id }: Dues): Promise<RetryState> {
  const made = await countRetries(ctx, dues_id)
  const decision = decideManualRetry(made, ctx.clock.now())
  const state = { sends_allowed: MANUAL_SENDS, sends_used: made.sends_used, retry_available_at: null, reason: null }
  switch (decision.type) {
    case 'allowed':
      return state
    case 'used_up':
      return { ...state, reason: 'SUBSCRIPTION_PAYMENT_RETRY_LIMIT_EXCEEDED' }
    case 'cooling_down':
      return { ...state, reason: 'RETRY_COOLING_DOWN', retry_available_at: decision.until }
  }
}
