// What lies behind a subscription, from its rows: payments and deeds.
import type { BillingEntry } from '#core/payments/list-billing.ts'
import type { Refund } from '#core/refunds/queries.ts'
import type { SubscriptionListed, TimelineEntry } from '#core/subscriptions/queries.ts'
import type { Happened } from '#portal/subscriptions/timeline.tsx'
import type { BusinessCtx } from '#src/context.ts'

/**
 * What a customer is told of. Left out: `updated` (a merchant's notes and corrections), `amount_waived` (less than can be charged),
 * `unused_time_given_back` (told as the refund it is), `failed` (never shown), `active` (below).
 */
const deeds = {
  'subscription.on_hold': 'on_hold',
  'subscription.past_due': 'past_due',
  'subscription.plan_changed': 'plan_changed',
  'subscription.plan_change_scheduled': 'change_scheduled',
  'subscription.scheduled_change_cancelled': 'scheduled_change_undone',
  'subscription.plan_change_failed': 'change_failed',
  'subscription.plan_change_expired': 'change_expired',
  'subscription.payment_method_updated': 'method_changed',
  'subscription.credit_moved': 'credit_moved',
  'subscription.cancelled': 'cancelled',
  'subscription.expired': 'expired',
  'subscription.cancellation_scheduled': 'cancellation_scheduled',
  'subscription.cancellation_revoked': 'cancellation_undone',
  'subscription.reactivated': 'reactivated',
  'subscription.paused': 'paused',
  'subscription.resumed': 'resumed',
  'subscription.plan_change_undone': 'change_undone',
  'subscription.offer_accepted': 'offer_accepted',
} as const

export const toldActions = ['subscription.active', ...Object.keys(deeds)]

/** Deeds that lead to something with a name, and where its id stands. */
const named = {
  'subscription.plan_changed': 'product_id',
  'subscription.plan_change_scheduled': 'product_id',
  'subscription.payment_method_updated': 'payment_method_id',
} as const

/** The products that deeds lead to. */
export function productsOf(entries: readonly TimelineEntry[]): string[] {
  const ids = entries.flatMap(({ action, details: { product_id } }) =>
    Object.hasOwn(named, action) && typeof product_id === 'string' ? [product_id] : [],
  )
  return [...new Set(ids)]
}

interface Story {
  /** By the id of a plan or a payment method. */
  names: ReadonlyMap<string, string>
  payments: readonly BillingEntry[]
  /** Those that were made. */
  refunds: readonly Refund[]
  deeds: readonly TimelineEntry[]
}

/** Latest first. What was paid at the very start is told as a payment, the start itself as the start. */
export function happenedTo(
  ctx: BusinessCtx,
  subscription: SubscriptionListed,
  { payments, refunds, deeds: entries, names }: Story,
): Happened[] {
  const done = entries.flatMap(({ action, details, occurred_at: at }): Told[] => {
    if (action === 'subscription.active') {
      return [{ kind: subscription.trial_period_days > 0 ? 'trial_started' : 'started', at }]
    }
    const kind = deeds[action as keyof typeof deeds]
    if (kind === 'plan_changed' || kind === 'change_scheduled' || kind === 'method_changed') {
      return [{ kind, at, name: names.get(String(details[named[action as keyof typeof named]])) ?? null }]
    }
    return kind === undefined ? [] : [{ kind, at }]
  })
  return [...payments.flatMap((payment) => tellPayment(ctx, payment)), ...refunds.map(tellRefund), ...done].sort(
    (a, b) => Temporal.Instant.compare(b.at, a.at),
  )
}

type Told = Happened & { at: Temporal.Instant }

function tellRefund({ amount, wallet_amount, currency, created_at: at }: Refund): Told {
  return { kind: 'refunded', at, amount: amount + wallet_amount, currency }
}

function tellPayment(ctx: BusinessCtx, payment: BillingEntry): Told[] {
  const { total_amount: amount, currency, payment_id, invoice_number } = payment
  const at = payment.settled_at ?? payment.created_at
  switch (payment.status) {
    case 'succeeded': {
      const href = ctx.urls.portal.invoice(ctx.business.business_id, payment_id)
      const invoice = invoice_number === null ? null : { number: invoice_number, href }
      return [{ kind: 'paid', at, amount, currency, invoice, own_funds: payment.own_funds }]
    }
    case 'failed':
      return [{ kind: 'payment_failed', at, amount, currency, error_code: payment.error_code }]
    case 'processing':
      return [{ kind: 'payment_processing', at, amount, currency }]
    default:
      return []
  }
}
