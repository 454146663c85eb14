import type { PortalPage } from '#portal/shell.tsx'
import { expiryOf, PaymentMethodLabel } from '#ui/components/payment-method.tsx'
import { DateText, Money } from '#ui/components/text.tsx'
import { countryName } from '#ui/countries.ts'
import { isPast, type SubscriptionSummary } from './subscription-summary.tsx'

/** What a subscription is made of: the plan first, then its add-ons. */
export interface SubscriptionLine {
  name: string
  quantity: number
  /** Minor units. */
  unit_price: number
}

export interface BillingInformation {
  name: string
  email: string
  phone_number: string | null
  street: string | null
  city: string | null
  state: string | null
  zipcode: string | null
  /** ISO 3166-1 alpha-2. */
  country: string | null
}

/** What the next invoice has besides its lines. Minor units. */
export interface PlanExtras {
  discounts: readonly { code: string; amount: number }[]
  /** Before discounts and tax; null where it has no price by usage. */
  used_so_far: number | null
}

interface SubscriptionDetailsProps {
  extras: PlanExtras
  page: PortalPage
  subscription: SubscriptionSummary
  lines: readonly SubscriptionLine[]
  billing: BillingInformation
}

export function SubscriptionDetails({ page, subscription, lines, extras, billing }: SubscriptionDetailsProps) {
  const { i18n } = page
  const { payment_method: method, expires_at } = subscription
  const expiry = method === null ? null : expiryOf(method)
  return (
    <div class="aside">
      <section>
        <h3>{i18n.t('portal.details.plan')}</h3>
        {lines.map((line) => (
          <div class="row">
            <span>
              <bdi>{line.name}</bdi> <span class="soft">× {i18n.number(line.quantity)}</span>
            </span>
            <Money i18n={i18n} amount={line.unit_price * line.quantity} currency={subscription.currency} />
          </div>
        ))}
        <Extras page={page} subscription={subscription} extras={extras} />
        {expires_at !== null && !isPast(subscription) ? (
          <p class="soft">
            {i18n.t('portal.subscription.valid_until')} <DateText i18n={i18n} when={expires_at} />
          </p>
        ) : null}
      </section>
      <section>
        <h3>{i18n.t('portal.details.payment_method')}</h3>
        {method === null ? (
          <p>{i18n.t('portal.details.no_method')}</p>
        ) : (
          <>
            <PaymentMethodLabel i18n={i18n} method={method} />
            {expiry === null ? null : <p class="soft">{i18n.t('portal.methods.expires', { date: expiry })}</p>}
          </>
        )}
      </section>
      <section>
        <h3>{i18n.t('portal.details.billing')}</h3>
        <Address page={page} billing={billing} />
      </section>
    </div>
  )
}

function Extras({ page: { i18n }, subscription, extras }: Omit<SubscriptionDetailsProps, 'lines' | 'billing'>) {
  const { currency } = subscription
  return (
    <>
      {extras.discounts.map(({ code, amount }) => (
        <div class="row">
          <span>
            {i18n.t('portal.details.discount')} <bdi>{code}</bdi>
          </span>
          <Money i18n={i18n} amount={-amount} currency={currency} />
        </div>
      ))}
      {extras.used_so_far === null ? null : (
        <div class="row">
          <span class="soft">{i18n.t('portal.usage.so_far')}</span>
          <Money i18n={i18n} amount={extras.used_so_far} currency={currency} />
        </div>
      )}
    </>
  )
}

function Address({ page, billing }: { page: PortalPage; billing: BillingInformation }) {
  const place = [billing.zipcode, billing.city].filter(Boolean).join(' ')
  const lines = [
    billing.name,
    billing.street,
    [place, billing.state].filter(Boolean).join(', '),
    billing.country === null ? null : countryName(page.i18n, billing.country),
  ]
  return (
    <address>
      {lines.filter(Boolean).map((line) => (
        <div>
          <bdi>{line}</bdi>
        </div>
      ))}
      <div>
        <bdi>{billing.email}</bdi>
      </div>
      {billing.phone_number ? (
        <div>
          <bdi dir="ltr">{billing.phone_number}</bdi>
        </div>
      ) : null}
    </address>
  )
}
