import type { MessageKey } from '#i18n/translator.ts'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { Button, ButtonLink } from '#ui/components/button.tsx'
import { type Choice, Select } from '#ui/components/field.tsx'
import { Pagination } from '#ui/components/pagination.tsx'
import { EmptyState, ErrorState } from '#ui/components/states.tsx'
import { type BillingRow, BillingTable, type PaymentStatus, type PriceType } from './billing-table.tsx'

/** What the list can be narrowed to; the values of `status` and `type` in its address. */
export const filterStatuses = [
  'succeeded',
  'processing',
  'failed',
  'cancelled',
] as const satisfies readonly PaymentStatus[]
export const filterTypes = [
  'recurring_price',
  'one_time_price',
  'usage_based_price',
] as const satisfies readonly PriceType[]

export interface BillingFilter {
  status: (typeof filterStatuses)[number] | null
  type: (typeof filterTypes)[number] | null
  /** Only what was paid for one subscription. */
  subscription: { subscription_id: string; product_name: string } | null
}

export interface BillingHistoryPageProps {
  page: PortalPage
  filter: BillingFilter
  /** From 1. */
  page_number: number
  has_more: boolean
  /** Null where they could not be read. */
  rows: readonly BillingRow[] | null
}

export function BillingHistoryPage(props: BillingHistoryPageProps) {
  const { page } = props
  const title = page.i18n.t('portal.nav.billing_history')
  return (
    <Shell
      page={page}
      section="billing_history"
      title={title}
      back={{ href: page.urls.portal.overview(page.business.business_id), label: page.i18n.t('portal.nav.overview') }}
    >
      <div class="head">
        <h1>{title}</h1>
        <p class="soft">{page.i18n.t('portal.history.intro', { time_zone: page.i18n.timeZone })}</p>
        <Only {...props} />
      </div>
      <section aria-label={title}>
        {isBlank(props) ? null : <Filters {...props} />}
        <Rows {...props} />
      </section>
    </Shell>
  )
}

/** Of which subscription, and the way to all of them. */
function Only({ page, filter: { subscription } }: BillingHistoryPageProps) {
  const { i18n, urls, business } = page
  if (subscription === null) return null
  return (
    <p class="cluster">
      <b>{i18n.t('portal.history.only', { product: subscription.product_name })}</b>
      <a href={urls.portal.billingHistory(business.business_id)}>{i18n.t('portal.history.show_all')}</a>
    </p>
  )
}

/** Nothing was ever paid: there is nothing to narrow down either. */
function isBlank({ rows, filter, page_number }: BillingHistoryPageProps): boolean {
  const { status, type, subscription } = filter
  return rows?.length === 0 && page_number === 1 && status === null && type === null && subscription === null
}

function Rows(props: BillingHistoryPageProps) {
  const { page, rows, filter, page_number, has_more } = props
  const { i18n, urls, business } = page
  const here = (number: number) =>
    urls.portal.billingHistory(business.business_id, {
      page: number === 1 ? undefined : number,
      status: filter.status ?? undefined,
      type: filter.type ?? undefined,
      subscription: filter.subscription?.subscription_id,
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

function Filters({ page, filter }: BillingHistoryPageProps) {
  const { i18n, urls, business } = page
  const statuses: Choice[] = filterStatuses.map((value) => ({
    value,
    label: i18n.t(`portal.payment.${value}` satisfies MessageKey),
  }))
  const types: Choice[] = filterTypes.map((value) => ({
    value,
    label: i18n.t(`portal.price_type.${value}` satisfies MessageKey),
  }))
  return (
    <form class="filters" method="get" action={urls.portal.billingHistory(business.business_id)}>
      <Select
        i18n={i18n}
        name="status"
        label={i18n.t('portal.history.status')}
        choices={statuses}
        value={filter.status ?? undefined}
        placeholder={i18n.t('portal.history.all_statuses')}
      />
      <Select
        i18n={i18n}
        name="type"
        label={i18n.t('portal.history.type')}
        choices={types}
        value={filter.type ?? undefined}
        placeholder={i18n.t('portal.history.all_types')}
      />
      {filter.subscription === null ? null : (
        <input type="hidden" name="subscription" value={filter.subscription.subscription_id} />
      )}
      <Button>{i18n.t('portal.history.apply')}</Button>
    </form>
  )
}
