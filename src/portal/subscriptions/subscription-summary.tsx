// A subscription in a few words: its state, its price, what happens next. Shared by the overview, the list and its own page.

import { hasEnded, type SubscriptionStatus } from '#billing/status.ts'
import type { IntervalUnit, MessageKey, Translator, When } from '#i18n/translator.ts'
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
  tax_inclusive: boolean
  payment_frequency_count: number
  payment_frequency_interval: IntervalUnit
  next_billing_date: When | null
  /** What the next renewal takes, tax included; null where it is not known yet. */
  next_amount: number | null
  expires_at: When | null
  /** While a trial runs: its end. */
  trial_ends_at: When | null
  cancel_at_next_billing_date: boolean
  on_hold_at: When | null
  cancelled_at: When | null
  payment_method: PaymentMethod | null
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
  const interval = i18n.perInterval(count, unit)
  return (
    <p class="price">
      <bdi class="num">{i18n.money(subscription.recurring_pre_tax_amount, subscription.currency)}</bdi>{' '}
      <small>{subscription.tax_inclusive ? interval : i18n.t('portal.price.plus_tax', { interval })}</small>
    </p>
  )
}

/** What happens next, as one sentence. */
export function nextStep(i18n: Translator, subscription: SubscriptionSummary): string {
  const { status, next_billing_date, on_hold_at, cancelled_at, expires_at } = subscription
  const on = (key: MessageKey, when: When | null) => (when === null ? null : i18n.t(key, { date: i18n.date(when) }))
  switch (status) {
    case 'active':
      return activeStep(i18n, subscription)
    case 'past_due':
      return i18n.t('portal.next.past_due')
    case 'on_hold':
      return on('portal.next.on_hold_since', on_hold_at) ?? i18n.t('portal.next.on_hold')
    case 'paused':
      return i18n.t('portal.next.paused')
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
  const { next_billing_date, next_amount, currency, trial_ends_at } = subscription
  if (next_billing_date === null) return i18n.t('portal.next.nothing_due')
  const date = i18n.date(next_billing_date)
  if (subscription.cancel_at_next_billing_date) return i18n.t('portal.next.ends', { date })
  if (trial_ends_at !== null) {
    return next_amount === null
      ? i18n.t('portal.next.trial_ends', { date })
      : i18n.t('portal.next.trial_ends_for', { date, amount: i18n.money(next_amount, currency) })
  }
  return next_amount === null
    ? i18n.t('portal.next.renews', { date })
    : i18n.t('portal.next.renews_for', { date, amount: i18n.money(next_amount, currency) })
}
