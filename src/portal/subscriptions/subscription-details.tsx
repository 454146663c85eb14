// The facts beside the story: what it is made of and costs, how it is paid, to whom it is billed. Each with its way to change it.

import type { Child } from 'hono/jsx'
import { hasEnded } from '#billing/status.ts'
import type { PortalPage } from '#portal/shell.tsx'
import { expiryOf, PaymentMethodLabel } from '#ui/components/payment-method.tsx'
import { DateText } from '#ui/components/text.tsx'
import { countryName } from '#ui/countries.ts'
import { type PlanExtras, PlanLines, type SubscriptionLine } from './plan-lines.tsx'
import type { SubscriptionSummary } from './subscription-summary.tsx'

export interface BillingInformation {
  name: string
  business_name: string | null
  tax_id: string | null
  email: string
  phone_number: string | null
  street: string | null
  city: string | null
  state: string | null
  zipcode: string | null
  /** ISO 3166-1 alpha-2. */
  country: string | null
}

interface SubscriptionDetailsProps {
  extras: PlanExtras
  page: PortalPage
  subscription: SubscriptionSummary
  lines: readonly SubscriptionLine[]
  billing: BillingInformation
}

export function SubscriptionDetails({ page, subscription, lines, extras, billing }: SubscriptionDetailsProps) {
  const { i18n, urls, business } = page
  const { expires_at, status, subscription_id } = subscription
  const ended = hasEnded(status)
  const { portal } = urls
  const { business_id } = business
  return (
    <div class="aside">
      <section>
        <h3>{i18n.t('portal.details.plan')}</h3>
        <PlanLines i18n={i18n} subscription={subscription} lines={lines} extras={extras} />
        {expires_at !== null && !ended ? (
          <p class="soft">
            {i18n.t('portal.subscription.valid_until')} <DateText i18n={i18n} when={expires_at} />
          </p>
        ) : null}
      </section>
      <Part
        page={page}
        title={i18n.t('portal.details.payment_method')}
        edit={ended ? null : portal.subscriptionPaymentMethod(business_id, subscription_id)}
      >
        <Method page={page} subscription={subscription} />
      </Part>
      <Part
        page={page}
        title={i18n.t('portal.details.billing')}
        edit={ended ? null : portal.subscriptionBilling(business_id, subscription_id)}
      >
        <Address page={page} billing={billing} />
      </Part>
    </div>
  )
}

interface PartProps {
  page: PortalPage
  title: string
  edit: string | null
  children: Child
}

function Part({ page: { i18n }, title, edit, children }: PartProps) {
  return (
    <section>
      <div class="row">
        <h3>{title}</h3>
        {edit === null ? null : (
          <a href={edit} class="edit" data-prefetch>
            {i18n.t('portal.details.edit')}
            <span class="sr">: {title}</span>
          </a>
        )}
      </div>
      {children}
    </section>
  )
}

function Method({ page: { i18n }, subscription }: Pick<SubscriptionDetailsProps, 'page' | 'subscription'>) {
  const { payment_method: method } = subscription
  if (method === null) return <p>{i18n.t('portal.details.no_method')}</p>
  const expiry = expiryOf(method)
  return (
    <>
      <PaymentMethodLabel i18n={i18n} method={method} />
      {expiry === null ? null : <p class="soft">{i18n.t('portal.methods.expires', { date: expiry })}</p>}
    </>
  )
}

function Address({ page, billing }: { page: PortalPage; billing: BillingInformation }) {
  const place = [billing.zipcode, billing.city].filter(Boolean).join(' ')
  const lines = [
    billing.name,
    billing.business_name,
    billing.tax_id,
    billing.street,
    [place, billing.state].filter(Boolean).join(', '),
    billing.country === null ? null : countryName(page.i18n, billing.country),
    billing.email,
  ]
  return (
    <address>
      {lines.filter(Boolean).map((line) => (
        <div>
          <bdi>{line}</bdi>
        </div>
      ))}
      {billing.phone_number ? (
        <div>
          <bdi dir="ltr">{billing.phone_number}</bdi>
        </div>
      ) : null}
    </address>
  )
}
