import type { MessageKey } from '#i18n/translator.ts'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { Banner } from '#ui/components/banner.tsx'
import { ButtonLink } from '#ui/components/button.tsx'
import { Pagination } from '#ui/components/pagination.tsx'
import { EmptyState, ErrorState } from '#ui/components/states.tsx'
import { type BillingRow, BillingTable } from './billing-table.tsx'
import { Exports, Filters } from './history-filters.tsx'
import { type AskedHistory, asQuery, isNarrowed } from './history-query.ts'

export interface BillingHistoryPageProps {
  page: PortalPage
  asked: AskedHistory
  subscriptions: readonly { subscription_id: string; name: string }[]
  /** From 1. */
  page_number: number
  has_more: boolean
  /** Null where they could not be read. */
  rows: readonly BillingRow[] | null
  /** More papers than one archive holds were asked for: so many of how many. */
  too_many?: { count: number; most: number }
  /** Why what was searched for is not. */
  q_problem?: MessageKey
}

export function BillingHistoryPage(props: BillingHistoryPageProps) {
  const { page, asked, subscriptions, too_many, q_problem } = props
  const { i18n } = page
  const title = i18n.t('portal.nav.billing_history')
  return (
    <Shell
      page={page}
      section="billing_history"
      title={title}
      back={{ href: page.urls.portal.overview(page.business.business_id), label: i18n.t('portal.nav.overview') }}
    >
      <div class="row wraps">
        <div class="head">
          <h1>{title}</h1>
          <p class="soft">{i18n.t('portal.history.intro', { time_zone: i18n.timeZone })}</p>
        </div>
        {props.rows?.length ? <Exports page={page} asked={asked} /> : null}
      </div>
      {too_many === undefined ? null : (
        <Banner tone="bad" title={i18n.t('portal.history.too_many')}>
          <p>
            {i18n.t('portal.history.too_many_text', {
              count: i18n.number(too_many.count),
              most: i18n.number(too_many.most),
            })}
          </p>
        </Banner>
      )}
      <section aria-label={title}>
        {isBlank(props) ? null : (
          <Filters {...{ page, asked, subscriptions, q_problem }} can_clear={props.rows?.length !== 0} />
        )}
        <Rows {...props} />
      </section>
    </Shell>
  )
}

/** Nothing was ever paid: there is nothing to narrow down either. */
function isBlank({ rows, asked, page_number }: BillingHistoryPageProps): boolean {
  return rows?.length === 0 && !isNarrowed(asked) && page_number === 1
}

function Rows(props: BillingHistoryPageProps) {
  const { page, rows, asked, page_number, has_more } = props
  const { i18n, urls, business } = page
  const here = (number: number) =>
    urls.portal.billingHistory(business.business_id, {
      page: number,
      ...asQuery(asked),
    })
  if (rows === null) return <HistoryFailed page={page} href={here(page_number)} />
  if (rows.length > 0) {
    return (
      <>
        <BillingTable page={page} rows={rows} />
        <Pagination i18n={i18n} page_number={page_number} has_more={has_more} href={here} />
      </>
    )
  }
  if (isBlank(props)) return <HistoryEmpty page={page} />
  return (
    <EmptyState title={i18n.t('portal.history.no_match')}>
      <ButtonLink href={urls.portal.billingHistory(business.business_id)}>
        {i18n.t('portal.history.show_all')}
      </ButtonLink>
    </EmptyState>
  )
}

export function HistoryEmpty({ page }: { page: PortalPage }) {
  return (
    <EmptyState icon="receipt-text" title={page.i18n.t('portal.history.empty')}>
      <p>{page.i18n.t('portal.history.empty_text')}</p>
    </EmptyState>
  )
}

export function HistoryFailed({ page, href }: { page: PortalPage; href: string }) {
  const { i18n } = page
  return (
    <ErrorState
      title={i18n.t('portal.history.failed')}
      text={i18n.t('portal.failed_text')}
      retry={{ href, label: i18n.t('error.retry') }}
    />
  )
}
