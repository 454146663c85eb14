// Payments and refunds as a table; on a phone each row is a small statement of its own.
import { isolate } from '#i18n/message.ts'
import type { MessageKey, Translator, When } from '#i18n/translator.ts'
import type { PortalPage } from '#portal/shell.tsx'
import { DateText, Money } from '#ui/components/text.tsx'
import { declineText } from '#ui/decline-text.ts'
import { PaperLink } from './paper-link.tsx'
import { PaymentTag } from './payment-tag.tsx'

export type PaymentStatus = 'processing' | 'requires_customer_action' | 'succeeded' | 'failed' | 'cancelled'
export type PriceType = 'one_time_price' | 'recurring_price' | 'usage_based_price'

export interface BillingRow {
  /** `credit`: a plan change gave back part of an invoice, for the next ones. */
  kind: 'payment' | 'refund' | 'credit'
  /** The payment, also of what was given back. */
  payment_id: string
  created_at: When
  /** "Studio Pro", "Brush pack and 2 more" */
  description: string
  status: PaymentStatus
  is_plan_change: boolean
  /** Lines besides the one that describes it. */
  more_lines: number
  /** What credit and wallet paid besides; minor units. */
  own_funds: number
  /** Nothing was charged: it is on a later invoice. */
  carried_out: boolean
  /** Of a payment: how much of it was given back. */
  refund_status: 'pending' | 'partial' | 'full' | null
  /** Minor units. */
  given_back: number
  dispute: 'open' | 'lost' | null
  price_type: PriceType
  /** Minor units; what was given back is above 0 too. */
  amount: number
  currency: string
  /** Decline code of a failed payment. */
  error_code: string | null
  invoice_number: string | null
  /** Of what was given back. */
  credit_note: { credit_note_id: string; number: string } | null
  /** What the purchase came with. */
  license_keys: number
  entitlements: number
}

/** Where rows of several businesses stand together: whose one is, and where its papers are. */
export interface Place {
  business_name: string
  invoice_href: string
  credit_note_href(credit_note_id: string): string
}

interface BillingTableProps {
  page: Pick<PortalPage, 'i18n' | 'urls'> & { business: Pick<PortalPage['business'], 'business_id'> }
  rows: readonly BillingRow[]
  /** Left out where all are of the page's own business. */
  placeOf?: (row: BillingRow) => Place
  /** Why a payment failed stands in its row; not where the page says it elsewhere, or in a few lines only. */
  reasons?: boolean
}

export function BillingTable({ page, rows, placeOf, reasons = true }: BillingTableProps) {
  const { i18n } = page
  // Where nothing came with any purchase, there is no column for it.
  const brings = rows.some(({ license_keys, entitlements }) => license_keys + entitlements > 0)
  return (
    <div class="list">
      <table class="stacks">
        <thead>
          <tr>
            <th scope="col">{i18n.t('portal.history.date')}</th>
            <th scope="col">{i18n.t('portal.history.description')}</th>
            {placeOf ? <th scope="col">{i18n.t('portal.history.business')}</th> : null}
            <th scope="col">{i18n.t('portal.history.type')}</th>
            <th scope="col">{i18n.t('portal.history.status')}</th>
            {brings ? <th scope="col">{i18n.t('portal.history.entitlements')}</th> : null}
            <th scope="col" class="amount end">
              {i18n.t('portal.history.amount')}
            </th>
            <th scope="col" class="end">
              {i18n.t('portal.history.invoice')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row page={page} row={row} brings={brings} reasons={reasons} place={placeOf?.(row)} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps extends Pick<BillingTableProps, 'page'> {
  row: BillingRow
  place: Place | undefined
}

function Row({ page, row, brings, reasons, place }: RowProps & { brings: boolean; reasons: boolean }) {
  const { i18n, urls, business } = page
  const title = row.kind === 'payment' ? <PaymentTitle i18n={i18n} payment={row} /> : describeGiven(i18n, row)
  const amount = row.kind === 'payment' ? row.amount : -row.amount
  return (
    <tr>
      <td class="when num">
        <DateText i18n={i18n} when={row.created_at} short />
      </td>
      <td class="what">
        {place ? (
          title
        ) : (
          <a class="title" href={urls.portal.payment(business.business_id, row.payment_id)} data-prefetch>
            {title}
          </a>
        )}
        {reasons && row.status === 'failed' && row.kind === 'payment' ? (
          <p class="small soft">{declineText(i18n, row.error_code)}</p>
        ) : null}
        {notesOf(i18n, row).map((note) => (
          <p class="small soft">{note}</p>
        ))}
      </td>
      {place ? (
        <td class="of">
          <bdi>{place.business_name}</bdi>
        </td>
      ) : null}
      <td class={row.price_type === 'recurring_price' ? 'type usual' : 'type'}>
        {i18n.t(`portal.price_type.${row.price_type}` satisfies MessageKey)}
      </td>
      <td class="status">
        <PaymentTag i18n={i18n} row={row} />
      </td>
      {brings ? (
        <td class="brings">
          <Brings page={page} row={row} place={place} />
        </td>
      ) : null}
      <td class="amount end">
        <Money i18n={i18n} amount={amount} currency={row.currency} />
      </td>
      <td class="invoice end">
        <Paper page={page} row={row} place={place} />
      </td>
    </tr>
  )
}

/** Leads to all that was bought; of another business it can only be told. */
function Brings({ page: { i18n, urls, business }, row, place }: RowProps) {
  const brought = broughtBy(i18n, row)
  if (brought === '' || place !== undefined) return brought
  return (
    <a href={urls.portal.entitlements(business.business_id)} data-prefetch>
      {brought}
    </a>
  )
}

type Brought = Pick<BillingRow, 'license_keys' | 'entitlements'>

/** "2 license keys" */
export function broughtBy(i18n: Translator, { license_keys, entitlements }: Brought): string {
  const parts = [
    ...(license_keys > 0 ? [i18n.t('portal.history.license_keys', { count: license_keys })] : []),
    ...(entitlements > 0 ? [i18n.t('portal.history.files_and_access', { count: entitlements })] : []),
  ]
  return parts.length === 0 ? '' : i18n.list(parts)
}

export function describeGiven(i18n: Translator, { kind, description }: BillingRow): string {
  const name = isolate(description, i18n.dir)
  return i18n.t(kind === 'refund' ? 'portal.history.refund_of' : 'portal.history.credit_of', { description: name })
}

export type Described = Pick<BillingRow, 'description' | 'is_plan_change' | 'more_lines'>

export function describePayment(i18n: Translator, { description, is_plan_change, more_lines }: Described): string {
  const name = isolate(description, i18n.dir)
  if (is_plan_change) return i18n.t('portal.history.plan_change', { description: name })
  return more_lines === 0 ? description : i18n.t('portal.history.and_more', { description: name, count: more_lines })
}

/** Only a bare name finds its own direction: a sentence with one in it has that of its language. */
export function PaymentTitle({ i18n, payment }: { i18n: Translator; payment: Described }) {
  const title = describePayment(i18n, payment)
  return title === payment.description ? <bdi>{title}</bdi> : <span>{title}</span>
}

/** How an amount came about that is not the whole story. */
function notesOf(i18n: Translator, row: BillingRow): string[] {
  const { own_funds, carried_out, refund_status, given_back, currency } = row
  const partly = refund_status === 'partial' || refund_status === 'pending'
  return [
    ...(own_funds > 0 ? [i18n.t('portal.payment.own_funds', { amount: i18n.money(own_funds, currency) })] : []),
    ...(carried_out ? [i18n.t('portal.payment.carried')] : []),
    ...(partly && given_back > 0
      ? [i18n.t('portal.payment.given_back', { amount: i18n.money(given_back, currency) })]
      : []),
  ]
}

function Paper({ page, row, place }: RowProps) {
  const { urls, business, i18n } = page
  const { business_id } = business
  const { credit_note, invoice_number, payment_id } = row
  if (credit_note !== null) {
    const { credit_note_id: id, number } = credit_note
    const href = place?.credit_note_href(id) ?? urls.portal.creditNote(business_id, payment_id, id)
    return <PaperLink i18n={i18n} kind="credit_note" paper={{ number, href }} />
  }
  const href = place?.invoice_href ?? urls.portal.invoice(business_id, payment_id)
  return (
    <PaperLink i18n={i18n} kind="invoice" paper={invoice_number === null ? null : { number: invoice_number, href }} />
  )
}
