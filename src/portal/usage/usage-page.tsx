// What is used, what is left: meters of the running period, money in wallets and credit, units that were granted.
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { EmptyState, ErrorState } from '#ui/components/states.tsx'
import { type SubscriptionUsage, SubscriptionUsageCards } from './subscription-usage.tsx'

export interface UsagePageProps {
  page: PortalPage
  /** Of subscriptions that pay by a meter; null where it could not be read. */
  usages: readonly SubscriptionUsage[] | null
}

export function UsagePage(props: UsagePageProps) {
  const { page, usages } = props
  const { i18n, urls, business } = page
  const title = i18n.t('portal.nav.usage')
  return (
    <Shell
      page={page}
      section="usage"
      title={title}
      back={{ href: urls.portal.overview(business.business_id), label: i18n.t('portal.nav.overview') }}
    >
      <div class="head">
        <h1>{title}</h1>
        {isBlank(props) ? null : <p class="soft">{i18n.t('portal.usage.intro', { time_zone: i18n.timeZone })}</p>}
      </div>
      {isBlank(props) ? <Nothing page={page} /> : null}
      {usages === null ? <UsageFailed page={page} /> : usages.map((usage) => <Usage page={page} usage={usage} />)}
    </Shell>
  )
}

function isBlank({ usages }: UsagePageProps): boolean {
  return usages?.length === 0
}

function Usage({ page, usage }: { page: PortalPage; usage: SubscriptionUsage }) {
  const { i18n, urls, business } = page
  const { subscription_id, product_name } = usage
  return (
    <section aria-labelledby={subscription_id}>
      <div class="row">
        <h2 id={subscription_id}>
          <a href={urls.portal.subscription(business.business_id, subscription_id)} data-prefetch>
            <bdi>{product_name}</bdi>
          </a>
        </h2>
        <a href={urls.portal.usageHistory(business.business_id, subscription_id)} data-prefetch>
          {i18n.t('portal.usage.earlier')}
          <span class="sr">: {product_name}</span>
        </a>
      </div>
      <SubscriptionUsageCards page={page} usage={usage} />
    </section>
  )
}

function Nothing({ page: { i18n } }: { page: PortalPage }) {
  return (
    <EmptyState icon="chart-column" title={i18n.t('portal.usage.none')}>
      <p>{i18n.t('portal.usage.none_text')}</p>
    </EmptyState>
  )
}

/** A part of the page, never to be mistaken for one with nothing in it. */
export function UsageFailed({ page: { i18n, urls, business } }: { page: PortalPage }) {
  return (
    <ErrorState
      title={i18n.t('portal.usage.failed')}
      text={i18n.t('portal.failed_text')}
      retry={{ href: urls.portal.usage(business.business_id), label: i18n.t('error.retry') }}
    />
  )
}
