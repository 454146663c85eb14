// Phase three: the one place where the outcome of a payment becomes fact. Called with the processor's direct answer, after its webhook,
// and by reconciling; whoever comes second finds it settled.

import { hasEnded } from '#billing/status.ts'
import { completeCheckout } from '#core/checkout/complete-checkout.ts'
import { failPurchase } from '#core/checkout/expire-attempt.ts'
import { settleOverage } from '#core/credit-entitlements/bill-overage.ts'
import { releaseRedemptions } from '#core/discounts/redeem.ts'
import { endDunning } from '#core/dunning/end-dunning.ts'
import { issueInvoice } from '#core/invoices/issue-invoice.ts'
import { saveMethod } from '#core/payment-methods/save-method.ts'
import { nextCheck } from '#core/payments/check-schedule.ts'
import { type Declined, declineAttempt, recordPaymentEvent, settledNow } from '#core/payments/decline-attempt.ts'
import { matchFunds, releaseFunds } from '#core/payments/own-funds.ts'
import { type PaidDues, readPaidDues } from '#core/payments/paid-dues.ts'
import { getDues, type Payment } from '#core/payments/queries.ts'
import {
  closeDues,
  type HeldPayment,
  lockPayment,
  type PaymentReferences,
  updatePayment,
} from '#core/payments/store.ts'
import { offerChangeAgain } from '#core/plan-changes/collect-by-link.ts'
import { applyPaidChange, declineChange } from '#core/plan-changes/settle-plan-change.ts'
import { declineRenewal } from '#core/recovery/decline-renewal.ts'
import { openRefund } from '#core/refunds/open-refund.ts'
import { advanceSubscription } from '#core/subscriptions/advance-subscription.ts'
import { readPaidExtras } from '#core/subscriptions/extras.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import { useMethod } from '#core/subscriptions/use-method.ts'
import { leaveCompany } from '#core/together/together.ts'
import { declineUsage, settleUsage } from '#core/usage/settle-usage.ts'
import type { PaymentOutcome } from '#processors/processor.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

type Succeeded = Extract<PaymentOutcome, { status: 'succeeded' }>

/**
 * Settles once; returns the payment as it then is. Only money that arrived after all reopens a payment that had failed: it pays the dues
 * if they are still open, and goes back otherwise.
 */
export async function settlePayment(
  outer: BusinessCtx,
  payment_id: string,
  outcome: PaymentOutcome,
  known?: PaymentReferences,
): Promise<Payment> {
  return inTransaction(outer, async (ctx) => {
    const held = await lockPayment(ctx, payment_id, known)
    if (isFinal(held.payment, outcome)) return held.payment
    if (outcome.status !== 'succeeded' || held.dues.kind !== 'renewal') leaveCompany(ctx)
    switch (outcome.status) {
      case 'unknown':
        return keepChecking(ctx, held.payment, outcome.reason)
      case 'requires_action':
        return held.payment.off_session
          ? settleDeclined(ctx, held, authenticationRequired(outcome.reference))
          : awaitCustomer(ctx, held.payment, outcome)
      case 'declined':
        return settleDeclined(ctx, held, outcome)
      case 'succeeded':
        return settleSucceeded(ctx, held, outcome)
    }
  })
}

function isFinal(payment: Payment, outcome: PaymentOutcome): boolean {
  if (payment.settled_at === null) return false
  return payment.status === 'succeeded' || outcome.status !== 'succeeded'
}

/** Unknown is never a failure: the payment stays as it is and is asked about again. */
async function keepChecking(ctx: BusinessCtx, payment: Payment, reason: string): Promise<Payment> {
  const wall = ctx.wall.now()
  const unknown_since = payment.unknown_since ?? wall
  ctx.log.warn({ payment_id: payment.payment_id, reason }, 'the outcome of a payment is unknown')
  return updatePayment(ctx, payment.payment_id, { unknown_since, ...nextCheck(wall, unknown_since) })
}

async function awaitCustomer(
  ctx: BusinessCtx,
  payment: Payment,
  outcome: Extract<PaymentOutcome, { status: 'requires_action' }>,
): Promise<Payment> {
  return updatePayment(ctx, payment.payment_id, {
    status: 'requires_customer_action',
    processor_reference: outcome.reference,
    action_url: outcome.url,
    unknown_since: null,
    next_check_at: ctx.wall.now().add({ minutes: 15 }),
  })
}

async function settleDeclined(ctx: BusinessCtx, held: HeldPayment, outcome: Declined): Promise<Payment> {
  const payment = await declineAttempt(ctx, held.payment, outcome)
  const { dues, subscription } = held
  if (await offerChangeAgain(ctx, dues, payment)) return payment
  await releaseFunds(ctx, dues, payment)
  if (dues.status === 'open' && dues.kind === 'checkout') await releaseRedemptions(ctx, dues.reason_key)
  // Charged without anybody at a page: there is no second try.
  if (dues.status === 'open' && dues.kind === 'checkout' && payment.off_session) await failPurchase(ctx, dues)
  if (dues.status !== 'open' || subscription === undefined) return payment
  if (dues.kind === 'plan_change') await declineChange(ctx, subscription, dues)
  if (dues.kind === 'renewal') await declineRenewal(ctx, subscription, dues, payment)
  if (dues.kind === 'usage') await declineUsage(ctx, subscription)
  // Asked for once: the merchant may ask again.
  if (dues.kind === 'on_demand') await closeDues(ctx, dues.dues_id, 'void')
  return payment
}

async function settleSucceeded(ctx: BusinessCtx, held: HeldPayment, outcome: Succeeded): Promise<Payment> {
  const has = await readPaidExtras(ctx, held.dues)
  const isPlain = held.dues.status === 'open' && held.subscription?.status === 'active'
  if (!isPlain || Object.values(has).includes(true)) leaveCompany(ctx)
  const wanted = held.dues.status === 'open' && (await matchFunds(ctx, held.dues, held.payment))
  const { processor, subscription_id } = held.payment
  // What is bought once, or owed at the end, is paid with a method that nobody may charge again.
  const over = held.subscription !== undefined && hasEnded(held.subscription.status)
  const payment_method_id =
    outcome.method === null || processor === null || subscription_id === null || over
      ? held.payment.payment_method_id
      : await saveMethod(ctx, held.payment.customer_id, processor, outcome.method)
  const payment = await updatePayment(ctx, held.payment.payment_id, {
    status: 'succeeded',
    applied: wanted,
    payment_method_id,
    processor_reference: outcome.reference === '' ? null : outcome.reference,
    payment_method: outcome.method?.type ?? null,
    card_network: outcome.method?.card_network ?? null,
    card_last_four: outcome.method?.card_last_four ?? null,
    card_type: outcome.method?.card_type ?? null,
    card_issuing_country: outcome.method?.card_issuing_country ?? null,
    card_holder_name: outcome.method?.card_holder_name ?? null,
    error_code: null,
    error_message: null,
    ...settledNow(ctx),
  })
  if (!wanted) {
    await releaseFunds(ctx, held.dues, payment)
    return returnUnwanted(ctx, payment)
  }
  const paid = await readPaidDues(ctx, (await closeDues(ctx, held.dues.dues_id, 'paid')) ?? held.dues, has)
  if (paid.has.overage) await settleOverage(ctx, paid.dues_id)
  if (paid.kind === 'checkout') await completeCheckout(ctx, held.dues, payment)
  await recordPaymentEvent(ctx, payment, 'payment.succeeded')
  if (paid.kind !== 'checkout') await runOn(ctx, held.subscription, paid, payment)
  // What begins late, after a purchase or a hold, has moved the period it was paid for.
  const isAsPaid = paid.kind === 'renewal' && held.subscription?.status !== 'on_hold'
  await issueInvoice(ctx, isAsPaid ? paid : { ...paid, ...(await getDues(ctx, paid.dues_id)) }, payment)
  return payment
}

/** What a running subscription owed is paid; what one owed that has ended leaves it as it is. */
async function runOn(
  ctx: BusinessCtx,
  subscription: Subscription | undefined,
  dues: PaidDues,
  payment: Payment,
): Promise<void> {
  if (subscription === undefined) return
  if (dues.kind === 'renewal') await advanceSubscription(ctx, subscription, dues)
  if (dues.kind === 'plan_change') await applyPaidChange(ctx, subscription, dues, payment)
  if (dues.kind === 'usage') await settleUsage(ctx, subscription, dues)
  if (hasEnded(subscription.status)) return
  if (payment.origin === 'pay_page' && payment.payment_method_id !== null) {
    await useMethod(ctx, subscription, payment.payment_method_id, true)
  }
  if (dues.has.dunning) await endDunning(ctx, subscription.subscription_id, 'recovered')
}

/** Paid for nothing any more, or for what another attempt paid already: all of it goes back. */
async function returnUnwanted(ctx: BusinessCtx, payment: Payment): Promise<Payment> {
  await recordPaymentEvent(ctx, payment, 'payment.succeeded')
  await openRefund(ctx, payment, {
    reason_key: `unwanted:${payment.payment_id}`,
    amount: payment.total_amount,
    reason: 'What this payment was for had ended or was already paid',
  })
  return payment
}

function authenticationRequired(reference: string): Declined {
  return { status: 'declined', reference, code: 'AUTHENTICATION_REQUIRED', message: null }
}
