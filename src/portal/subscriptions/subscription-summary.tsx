// A subscription in a few words: its state, its price, what happens next. Shared by the overview, the list and its own page.

import { hasEnded, type SubscriptionStatus } from '#billing/status.ts'
import type { IntervalUnit, MessageKey, Translator, When } from '#i18n/translator.ts'
import type { Resubscription } from '#portal/resubscription/decide-resubscription.ts'
import type { PaymentMethod } from '#ui/components/payment-method.tsx'
import { Tag, type Tone } from '#ui/components/tag.tsx'

export interface SubscriptionSummary {
  subscription_id: string
  product_name: string
  status: SubscriptionStatus
  quantity: number
  currency: string
  /** What a period costs, add-ons included, before exclusive tax; minor units. */
  recurring_pre_tax_amount: number
  /** Tax is added to that. */
  plus_tax: boolean
  /** Charged when the business asks: it has no price of a period, and does not renew. */
  on_demand: boolean
  payment_frequency_count: number
  payment_frequency_interval: IntervalUnit
  next_billing_date: When | null
  /** What the next renewal asks of the payment method; null where none is to come. */
  next_amount: number | null
  /** Its renewal has come, and the payment is under way. */
  renewing: boolean
  /** What credit and wallet pay of it. */
  next_own_funds: number
  /** What is used until then is billed too. */
  plus_usage: boolean
  /** The plan it becomes at the next billing date. */
  scheduled_plan: string | null
  /** While it is paused. */
  paused_at: When | null
  resumes_at: When | null
  /** While a payment is due: until when access lasts, and what comes then. */
  past_due_ends_at: When | null
  past_due_action: 'on_hold' | 'cancel_subscription' | null
  expires_at: When | null
  /** While a trial runs: its end. */
  trial_ends_at: When | null
  cancel_at_next_billing_date: boolean
  on_hold_at: When | null
  cancelled_at: When | null
  resubscription: Resubscription
  payment_method: PaymentMethod | null
  /** There is no method for a payment that comes then. */
  needs_method_by: When | null
}

const tones: Record<SubscriptionStatus, Tone> = {
  pending: 'dim',
  active: 'ok',
  past_due: 'wait',
  on_hold: 'wait',
  paused: 'dim',
  cancelled: 'dim',
  failed: 'bad',
  expired: 'dim',
}

export function isPast({ status }: SubscriptionSummary): boolean {
  return hasEnded(status)
}

export function SubscriptionTag({ i18n, subscription }: { i18n: Translator; subscription: SubscriptionSummary }) {
  const { status } = subscription
  if (status === 'active' && subscription.cancel_at_next_billing_date) {
    return <Tag tone="wait">{i18n.t('portal.status.ending')}</Tag>
  }
  if (status === 'active' && subscription.trial_ends_at !== null)
    return <Tag tone="ok">{i18n.t('portal.status.trial')}</Tag>
  return <Tag tone={tones[status]}>{i18n.t(`portal.status.${status}` satisfies MessageKey)}</Tag>
}

/** "$87.00 every 3 months, plus tax" */
export function SubscriptionPrice({ i18n, subscription }: { i18n: Translator; subscription: SubscriptionSummary }) {
  const { payment_frequency_count: count, payment_frequency_interval: unit } = subscription
  if (subscription.on_demand) return <p class="soft">{i18n.t('portal.price.on_demand')}</p>
  const interval = i18n.perInterval(count, unit)
  return (
    <p class="price">
      <bdi class="num">{i18n.money(subscription.recurring_pre_tax_amount, subscription.currency)}</bdi>{' '}
      <small>{priceFor(i18n, subscription, interval)}</small>
    </p>
  )
}

/** "$87.00 every 3 months" */
export function priceOf(i18n: Translator, subscription: SubscriptionSummary): string {
  const { recurring_pre_tax_amount, currency, payment_frequency_count, payment_frequency_interval } = subscription
  if (subscription.on_demand) return i18n.t('portal.price.on_demand')
  return i18n.price(recurring_pre_tax_amount, currency, payment_frequency_count, payment_frequency_interval)
}

function priceFor(i18n: Translator, { plus_tax, plus_usage }: SubscriptionSummary, interval: string): string {
  if (plus_usage) return i18n.t(plus_tax ? 'portal.price.plus_usage_and_tax' : 'portal.price.plus_usage', { interval })
  return plus_tax ? i18n.t('portal.price.plus_tax', { interval }) : interval
}

/** What happens next, in a sentence or two. */
export function nextStep(i18n: Translator, subscription: SubscriptionSummary): string {
  const { status, next_billing_date, on_hold_at, cancelled_at, expires_at } = subscription
  const on = (key: MessageKey, when: When | null) => (when === null ? null : i18n.t(key, { date: i18n.date(when) }))
  switch (status) {
    case 'active':
      return activeStep(i18n, subscription)
    case 'past_due':
      return pastDueStep(i18n, subscription)
    case 'on_hold':
      return on('portal.next.on_hold_since', on_hold_at) ?? i18n.t('portal.next.on_hold')
    case 'paused':
      return pausedStep(i18n, subscription)
    case 'pending':
      return i18n.t('portal.next.pending')
    case 'cancelled':
      return on('portal.next.cancelled_on', cancelled_at) ?? i18n.t('portal.next.ended')
    case 'expired':
      return on('portal.next.expired_on', expires_at ?? next_billing_date) ?? i18n.t('portal.next.ended')
    case 'failed':
      return i18n.t('portal.next.failed')
  }
}

function activeStep(i18n: Translator, subscription: SubscriptionSummary): string {
  const { next_billing_date, next_amount, currency, expires_at, plus_usage, scheduled_plan } = subscription
  if (next_billing_date === null) return i18n.t('portal.next.nothing_due')
  const date = i18n.date(next_billing_date)
  if (subscription.renewing) return i18n.t('portal.next.renewing', { date })
  if (subscription.cancel_at_next_billing_date) {
    return i18n.t(plus_usage ? 'portal.next.ends_with_usage' : 'portal.next.ends', { date })
  }
  if (subscription.on_demand) return i18n.t('portal.next.on_demand')
  if (next_amount === null) {
    return i18n.t('portal.next.runs_out', { date: i18n.date(expires_at ?? next_billing_date) })
  }
  const amount = i18n.money(next_amount, currency)
  const said = [i18n.t(renewalKey(subscription), { date, amount, product: scheduled_plan ?? '' })]
  if (subscription.next_own_funds > 0) {
    said.push(i18n.t('portal.next.own_funds', { amount: i18n.money(subscription.next_own_funds, currency) }))
  }
  return said.join(' ')
}

/** What is used in a trial is free. */
function renewalKey({ trial_ends_at, scheduled_plan, plus_usage }: SubscriptionSummary): MessageKey {
  if (trial_ends_at !== null) return 'portal.next.trial_ends_for'
  if (scheduled_plan === null) return plus_usage ? 'portal.next.renews_for_plus_usage' : 'portal.next.renews_for'
  return plus_usage ? 'portal.next.changes_for_plus_usage' : 'portal.next.changes_for'
}

function pastDueStep(i18n: Translator, { past_due_ends_at, past_due_action }: SubscriptionSummary): string {
  if (past_due_ends_at === null) return i18n.t('portal.next.past_due')
  const key =
    past_due_action === 'cancel_subscription' ? 'portal.next.past_due_or_cancelled' : 'portal.next.past_due_until'
  return i18n.t(key, { date: i18n.date(past_due_ends_at) })
}

function pausedStep(i18n: Translator, subscription: SubscriptionSummary): string {
  const { resumes_at, cancel_at_next_billing_date } = subscription
  const said = [
    resumes_at === null
      ? i18n.t('portal.next.paused')
      : i18n.t('portal.next.paused_until', { date: i18n.date(resumes_at) }),
  ]
  if (cancel_at_next_billing_date) said.push(i18n.t('portal.next.paused_ends'))
  return said.join(' ')
}
