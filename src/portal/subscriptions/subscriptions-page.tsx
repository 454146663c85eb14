import { type PortalPage, Shell } from '#portal/shell.tsx'
import { Pagination } from '#ui/components/pagination.tsx'
import { EmptyState } from '#ui/components/states.tsx'
import { RunningSubscriptions, SubscriptionLines } from './subscription-card.tsx'
import { isPast, type SubscriptionSummary } from './subscription-summary.tsx'

export interface SubscriptionsPageProps {
  page: PortalPage
  /** Running and past ones, in the order to be shown. */
  subscriptions: readonly SubscriptionSummary[]
  /** From 1. */
  page_number: number
  has_more: boolean
}

export function SubscriptionsPage({ page, subscriptions, page_number, has_more }: SubscriptionsPageProps) {
  const { i18n, urls, business } = page
  const title = i18n.t('portal.nav.subscriptions')
  const running = subscriptions.filter((subscription) => !isPast(subscription))
  const past = subscriptions.filter(isPast)
  return (
    <Shell
      page={page}
      section="subscriptions"
      title={title}
      back={{ href: urls.portal.overview(business.business_id), label: i18n.t('portal.nav.overview') }}
    >
      <h1>{title}</h1>
      {running.length > 0 || page_number === 1 ? (
        <section aria-labelledby="running">
          <h2 id="running">{i18n.t('portal.overview.subscriptions')}</h2>
          {running.length > 0 ? (
            <RunningSubscriptions page={page} subscriptions={running} />
          ) : (
            <EmptyState icon="repeat" title={i18n.t('portal.subscriptions.none_active')} />
          )}
        </section>
      ) : null}
      {past.length > 0 ? (
        <section aria-labelledby="past">
          <h2 id="past">{i18n.t('portal.subscriptions.past')}</h2>
          <SubscriptionLines page={page} subscriptions={past} />
        </section>
      ) : null}
      <Pagination
        i18n={i18n}
        page_number={page_number}
        has_more={has_more}
        href={(number) => urls.portal.subscriptions(business.business_id, { page: number })}
      />
    </Shell>
  )
}
