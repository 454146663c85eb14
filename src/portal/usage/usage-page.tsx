// What is used, what is left: meters of the running period, money in wallets and credit, units that were granted.
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { Pagination } from '#ui/components/pagination.tsx'
import { EmptyState } from '#ui/components/states.tsx'
import { CreditsSection, type HeldCredits, MoneySection, type SubscriptionCredit, type Wallet } from './funds.tsx'
import { type SubscriptionUsage, SubscriptionUsageCards } from './subscription-usage.tsx'
import { UsageFailed } from './usage-failed.tsx'

/** Each part is null where it could not be read. */
export interface UsagePageProps {
  page: PortalPage
  /** Of subscriptions that pay by a meter. */
  usages: readonly SubscriptionUsage[] | null
  /** Of these; from 1. */
  page_number: number
  has_more: boolean
  subscription_credits: readonly SubscriptionCredit[] | null
  wallets: readonly Wallet[] | null
  credits: readonly HeldCredits[] | null
}

export function UsagePage(props: UsagePageProps) {
  const { page, usages, subscription_credits, wallets, credits } = props
  const { i18n, urls, business } = page
  const title = i18n.t('portal.nav.usage')
  const failed = usages === null || subscription_credits === null || wallets === null || credits === null
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
      {failed ? <UsageFailed page={page} href={urls.portal.usage(business.business_id)} /> : null}
      {usages?.map((usage) => (
        <Usage page={page} usage={usage} />
      ))}
      <Pagination
        i18n={i18n}
        page_number={props.page_number}
        has_more={props.has_more}
        href={(number) => urls.portal.usage(business.business_id, { page: number })}
      />
      <CreditsSection page={page} credits={credits ?? []} />
      <MoneySection page={page} wallets={wallets ?? []} credits={subscription_credits ?? []} />
    </Shell>
  )
}

function isBlank({ usages, subscription_credits, wallets, credits }: UsagePageProps): boolean {
  return [usages, subscription_credits, wallets, credits].every((part) => part?.length === 0)
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
