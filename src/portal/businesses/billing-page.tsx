// What was paid to every business, in one table: the portal's own, with one column more.

import { type BillingRow, BillingTable } from '#portal/billing-history/billing-table.tsx'
import { Frame, type ReaderPage } from '#portal/businesses/frame.tsx'
import { Pagination } from '#ui/components/pagination.tsx'
import { EmptyState, ErrorState } from '#ui/components/states.tsx'

export interface PlacedRow {
  row: BillingRow
  business_id: string
  business_name: string
}

export interface BillingPageProps {
  page: ReaderPage
  /** Newest first; null where they could not be read. */
  rows: readonly PlacedRow[] | null
  /** From 1. */
  page_number: number
  has_more: boolean
}

export function BillingPage({ page, rows, page_number, has_more }: BillingPageProps) {
  const { i18n, urls } = page
  const title = i18n.t('portal.nav.billing_history')
  const here = (number: number) => urls.businesses.billingHistory({ page: number })
  return (
    <Frame page={page} title={title} back={{ href: urls.businesses.overview(), label: i18n.t('unified.title') }}>
      <div class="head">
        <h1>{title}</h1>
        <p class="soft">{i18n.t('unified.history_intro')}</p>
      </div>
      <section aria-label={title}>
        <BillingOfAll page={page} rows={rows} href={here(page_number)} />
        <Pagination i18n={i18n} page_number={page_number} has_more={has_more} href={here} />
      </section>
    </Frame>
  )
}

interface BillingOfAllProps {
  page: ReaderPage
  rows: readonly PlacedRow[] | null
  /** Where to try again. */
  href: string
}

export function BillingOfAll({ page, rows, href }: BillingOfAllProps) {
  const { i18n, urls } = page
  if (rows === null) {
    return (
      <ErrorState
        title={i18n.t('portal.history.failed')}
        text={i18n.t('portal.failed_text')}
        retry={{ href, label: i18n.t('error.retry') }}
      />
    )
  }
  if (rows.length === 0) {
    return (
      <EmptyState icon="receipt-text" title={i18n.t('portal.history.empty')}>
        <p>{i18n.t('portal.history.empty_text')}</p>
      </EmptyState>
    )
  }
  const places = new Map(rows.map((placed) => [placed.row, placed]))
  return (
    <BillingTable
      page={{ i18n, urls, business: { business_id: '' } }}
      rows={rows.map(({ row }) => row)}
      placeOf={(row) => {
        const { business_id = '', business_name = '' } = places.get(row) ?? {}
        return {
          business_name,
          invoice_href: urls.businesses.invoice(business_id, row.payment_id),
          credit_note_href: (id) => urls.businesses.creditNote(business_id, row.payment_id, id),
        }
      }}
    />
  )
}
