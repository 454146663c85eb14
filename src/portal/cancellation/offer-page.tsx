// An offer before a cancellation: what it is, what it changes, and the way on without it, as large and as near.

import type { Child } from 'hono/jsx'
import type { When } from '#i18n/translator.ts'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import type { SubscriptionSummary } from '#portal/subscriptions/subscription-summary.tsx'
import { Button } from '#ui/components/button.tsx'
import { PostForm } from '#ui/components/post-form.tsx'

export type Offer =
  | { type: 'pause'; months: number; until: When; next_billing_date: When | null }
  | {
      type: 'discount'
      percentage: number | null
      amount: number | null
      periods: number | null
      /** What the next payment is with it; null where that is not known. */
      next_amount: number | null
    }
  | { type: 'downgrade' }

export interface OfferPageProps {
  page: PortalPage
  subscription: SubscriptionSummary
  offer_id: string
  offer: Offer
  /** What was asked for. */
  effective_at: 'next_billing_date' | 'immediately'
}

export function OfferPage(props: OfferPageProps) {
  const { page, subscription, offer_id, offer } = props
  const { i18n, urls, business } = page
  const { product_name, subscription_id } = subscription
  const back = {
    href: urls.portal.cancellation(business.business_id, subscription_id),
    label: i18n.t('portal.cancel.open'),
  }
  const title = i18n.t(`portal.offer.${offer.type}.title`, { product: product_name })
  return (
    <Shell page={page} section="subscriptions" title={title} back={back}>
      <div class="measure">
        <div class="head">
          <h1>{title}</h1>
          <p>{textOf(props)}</p>
          {nextText(props)}
        </div>
        <PostForm page={page} action={urls.portal.cancellationOffer(business.business_id, subscription_id, offer_id)}>
          <div class="answers">
            <Button look="primary" name="answer" value="accept" wide>
              {acceptText(page, offer)}
            </Button>
            <Button name="answer" value="cancel" wide>
              {declineText(props)}
            </Button>
          </div>
        </PostForm>
        <p class="small soft">{i18n.t('portal.offer.once')}</p>
      </div>
    </Shell>
  )
}

function textOf({ page: { i18n }, subscription, offer }: OfferPageProps): string {
  const { product_name: product, currency } = subscription
  if (offer.type === 'downgrade') return i18n.t('portal.offer.downgrade.text')
  if (offer.type === 'pause') {
    const values = { product, length: i18n.interval(offer.months, 'Month'), until: i18n.date(offer.until) }
    if (offer.next_billing_date === null) return i18n.t('portal.offer.pause.text', values)
    return i18n.t('portal.offer.pause.text_renews', { ...values, date: i18n.date(offer.next_billing_date) })
  }
  const off = offer.percentage === null ? i18n.money(offer.amount ?? 0, currency) : i18n.percent(offer.percentage / 100)
  if (offer.periods === null) return i18n.t('portal.offer.discount.text', { off })
  return i18n.t('portal.offer.discount.text_periods', { off, count: offer.periods })
}

/** What the next payment is with the discount, beside what it is without. */
function nextText({ page: { i18n }, subscription, offer }: OfferPageProps): Child {
  const { next_billing_date: at, next_amount, currency } = subscription
  if (offer.type !== 'discount' || offer.next_amount === null || next_amount === null || at === null) return null
  const amount = i18n.money(offer.next_amount, currency)
  const before = i18n.money(next_amount, currency)
  return <p>{i18n.t('portal.offer.discount.next', { date: i18n.date(at), amount, before })}</p>
}

function acceptText({ i18n }: PortalPage, offer: Offer): string {
  if (offer.type !== 'pause') return i18n.t(`portal.offer.${offer.type}.accept`)
  return i18n.t('portal.offer.pause.accept', { until: i18n.date(offer.until) })
}

/** Says what it does, so that nobody has to look back. */
function declineText({ page: { i18n }, subscription: { next_billing_date }, effective_at }: OfferPageProps): string {
  if (effective_at === 'immediately' || next_billing_date === null) return i18n.t('portal.offer.cancel_now')
  return i18n.t('portal.offer.cancel_on', { date: i18n.date(next_billing_date) })
}
