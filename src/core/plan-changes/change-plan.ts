// Changing plan: at once, or at the next billing date.
import { earlier, periodBoundary } from '#billing/period.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { grantCredit } from '#core/credits/ledger.ts'
import { useCycles } from '#core/discounts/subscription-discounts.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { collectPayment } from '#core/payments/collect-payment.ts'
import { awaitBuyer } from '#core/payments/offer-attempt.ts'
import { type OffSessionDues, openDues } from '#core/payments/open-dues.ts'
import type { Payment } from '#core/payments/queries.ts'
import { reserveForChange } from '#core/plan-changes/change-discounts.ts'
import { assertCollectable, createChangeLink, leftToCollect } from '#core/plan-changes/collect-by-link.ts'
import { type ChangeRequest, type DecidedChange, decideChange } from '#core/plan-changes/decide-change.ts'
import { documentCredit } from '#core/plan-changes/document-credit.ts'
import { readPreviousPlan } from '#core/plan-changes/previous-plan.ts'
import { applyChange, billUsageOfChange, writeChangedValues } from '#core/plan-changes/settle-plan-change.ts'
import {
  dropWaiting,
  getPlanChange,
  insertPlanChange,
  type NewPlanChange,
  nameDues,
  type PlanChangeRow,
} from '#core/plan-changes/store.ts'
import { allowedRequest, assertBilled } from '#core/quotes/customer-rules.ts'
import type { PayLink } from '#core/recovery/pay-links.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { lockSubscription, type Subscription } from '#core/subscriptions/store.ts'
import { collectUsage } from '#core/usage/collect-usage.ts'
import type { Metadata } from '#db/json-types.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface PlanChangeRequest extends ChangeRequest {
  /** Of the payment; the subscription's where it is not given. */
  metadata?: Metadata
  /** The customer pays under a link, and not the saved method. */
  collect_via_payment_link?: boolean
}

/** A pending change waits this long at most for its money, and never beyond its period. */
const PENDING_FOR = Temporal.Duration.from({ hours: 24 })

/**
 * Makes the change and answers how it stands: applied, scheduled, pending while nobody knows about its payment, or failed.
 * Throws the refusals of `decideChange`, those of `allowedRequest` where a customer asks, CONFLICT where the subscription changed meanwhile, NO_ELIGIBLE_PAYMENT_METHODS where there is
 * nothing to charge; where a link collects it, those of `assertCollectable`. A charge too small for the processor is carried to the next
 * invoice.
 */
export async function changePlan(
  outer: BusinessCtx,
  subscription_id: string,
  asked: PlanChangeRequest,
): Promise<PlanChangeRow> {
  const { version } = await getSubscription(outer, subscription_id)
  const begun = await inTransaction(outer, async (ctx) => {
    const subscription = await lockSubscription(ctx, subscription_id)
    if (subscription.version !== version) throw new AppError('CONFLICT')
    const request = await allowedRequest(ctx, subscription, asked)
    const decided = await decideChange(ctx, subscription, request)
    assertBilled(ctx, decided)
    const by_link = request.collect_via_payment_link === true
    if (by_link) await assertCollectable(ctx, decided.options)
    return makeChange(ctx, subscription, decided, { metadata: request.metadata ?? subscription.metadata, by_link })
  })
  if (begun.payment_id !== undefined) await collectPayment(outer, begun.payment_id)
  await collectUsage(outer, subscription_id)
  return getPlanChange(outer, begun.change.change_id)
}

export interface Begun {
  change: PlanChangeRow
  /** What the payment method is asked for, in minor units. */
  total: number
  payment_id?: string
}

/** Of the payment: its notes, and until when the customer, who is there, may prove to their bank who they are (wall time). */
export type ChangePayment = Pick<OffSessionDues, 'metadata' | 'page_expires_at'> & {
  /** What is left for a payment method is paid under a link. */
  by_link?: boolean
}

/** Writes what was decided on a locked subscription; the payment is still to be collected. */
export async function makeChange(
  ctx: BusinessCtx,
  subscription: Subscription,
  decided: DecidedChange,
  paid: ChangePayment,
): Promise<Begun> {
  if (decided.now === undefined) return schedule(ctx, subscription, decided)
  if (decided.now.decision.charge === 0) return applyFree(ctx, subscription, decided)
  return beginCharge(ctx, subscription, decided, paid)
}

async function schedule(ctx: BusinessCtx, subscription: Subscription, decided: DecidedChange): Promise<Begun> {
  const { subscription_id, customer_id } = subscription
  await dropWaiting(ctx, subscription_id, ['scheduled'])
  const change = await insertPlanChange(ctx, { ...rowOf(subscription, decided), status: 'scheduled' })
  await reserveForChange(ctx, subscription, change)
  const { change_id, product_id, quantity } = change
  const data = { deed: 'plan_change_scheduled', change_id }
  await recordEvent(ctx, { type: 'subscription.updated', resource_id: subscription_id, customer_id, data })
  await recordAudit(ctx, {
    action: 'subscription.plan_change_scheduled',
    resource_id: subscription_id,
    customer_id,
    details: { change_id, product_id, quantity },
  })
  return { change, total: 0 }
}

/** Nothing to pay: the change happens in this transaction, and what it gives back is credit. */
async function applyFree(ctx: BusinessCtx, subscription: Subscription, decided: DecidedChange): Promise<Begun> {
  const change = await insertPlanChange(ctx, { ...rowOf(subscription, decided), status: 'applied' })
  await reserveForChange(ctx, subscription, change)
  await billUsageOfChange(ctx, await applyChange(ctx, subscription, change), change)
  await writeChangedValues(ctx, subscription, change, decided.now?.lines ?? [])
  await useCycles(ctx, subscription.subscription_id, change.discounts)
  const { credit = 0, gift = 0 } = decided.now?.decision ?? {}
  const reason_key = `change:${change.change_id}`
  if (credit > 0) {
    await grantCredit(ctx, subscription.subscription_id, { reason_key, amount: credit, gift })
    await documentCredit(ctx, change, decided.now?.lines ?? [], gift)
  }
  return { change, total: 0 }
}

/** `prevent_change` waits for the money; `apply_change` changes now and owes it. */
async function beginCharge(
  ctx: BusinessCtx,
  subscription: Subscription,
  decided: DecidedChange,
  { by_link, ...paid }: ChangePayment,
): Promise<Begun> {
  const offered = by_link === true && leftToCollect(decided) > 0
  if (!offered) assertPayable(subscription, decided)
  const waits = decided.options.on_payment_failure === 'prevent_change'
  const status = waits ? ('pending' as const) : ('applied' as const)
  const expires_at = waits ? paidBy(subscription, decided.at) : null
  const previous = waits ? null : await readPreviousPlan(ctx, subscription)
  const change = await insertPlanChange(ctx, { ...rowOf(subscription, decided), status, expires_at, previous })
  await reserveForChange(ctx, subscription, change)
  const place = offered ? placeOf(await createChangeLink(ctx, subscription, change)) : {}
  const payment = await owe(ctx, subscription, decided, change, { ...paid, ...place })
  const { payment_id, dues_id, total_amount } = payment
  await nameDues(ctx, change.change_id, dues_id)
  if (offered) {
    await awaitBuyer(ctx, payment)
    return { change, total: total_amount }
  }
  if (!waits) await applyChange(ctx, subscription, { ...change, dues_id })
  return { change, payment_id, total: total_amount }
}

function placeOf({ pay_link_id, expires_at }: PayLink) {
  return { pay_link_id, page_expires_at: expires_at, payment_method_id: null }
}

function paidBy({ next_billing_date }: Subscription, at: Temporal.Instant): Temporal.Instant {
  const latest = at.add(PENDING_FOR)
  return next_billing_date === null ? latest : earlier(latest, next_billing_date)
}

/** Throws where what is left to pay cannot be charged. */
export function assertPayable(subscription: Subscription, decided: DecidedChange): void {
  if (leftToCollect(decided) > 0 && subscription.payment_method_id === null)
    throw new AppError('NO_ELIGIBLE_PAYMENT_METHODS')
}

async function owe(
  ctx: BusinessCtx,
  subscription: Subscription,
  { now, discounts }: DecidedChange,
  change: PlanChangeRow,
  paid: Pick<OffSessionDues, 'metadata' | 'page_expires_at' | 'pay_link_id'> & { payment_method_id?: null },
): Promise<Payment> {
  if (now === undefined) throw new Error('a scheduled change owes nothing')
  const { customer_id, subscription_id, currency, payment_method_id, billing } = subscription
  const payment = await openDues(ctx, {
    reason_key: `change:${change.change_id}`,
    kind: 'plan_change',
    customer_id,
    subscription_id,
    checkout_id: null,
    currency,
    tax_inclusive: change.tax_inclusive,
    ...now.decision.totals,
    reverse_charge: now.reverse_charge,
    period_start: change.effective_at,
    period_end: change.period_end,
    lines: now.lines.map(({ share: _, tax_rate, ...line }) => ({ ...line, tax_rate: tax_rate?.toString() ?? null })),
    discounts: discounts.map(({ discount_id, code, uses_cycle }, index) => {
      return { discount_id, code, uses_cycle, amount: now.decision.discounts[index] ?? 0 }
    }),
    payment_method_id,
    billing,
    ...paid,
  })
  if (payment === undefined) throw new Error('a new change has not been owed before')
  return payment
}

function rowOf({ subscription_id }: Subscription, decided: DecidedChange): Omit<NewPlanChange, 'status'> {
  const { target, options, at, now } = decided
  const first = { start: at, end: periodBoundary(at, target.frequency, 1) }
  const date = now?.decision.date ?? { type: 'kept' as const, period: first }
  return {
    subscription_id,
    product_id: target.product.product_id,
    quantity: target.quantity,
    items: target.items.map(({ tax_category: _, ...item }) => item),
    discounts: decided.discounts,
    meters: target.meters,
    tax_inclusive: target.product.tax_inclusive,
    payment_frequency_count: target.frequency.count,
    payment_frequency_interval: target.frequency.interval,
    proration_billing_mode: options.proration_billing_mode,
    on_payment_failure: options.on_payment_failure,
    effective_at: at,
    restarts: date.type === 'restart',
    period_start: date.period.start,
    period_end: date.period.end,
    period_values: now?.decision.values?.map(({ description: _, quantity: __, ...value }) => value) ?? null,
  }
}
