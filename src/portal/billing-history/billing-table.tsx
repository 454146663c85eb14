// Payments and refunds as a table; on a phone each row is a small statement of its own.

import { isolate } from '#i18n/message.ts'
import type { MessageKey, Translator, When } from '#i18n/translator.ts'
import type { PortalPage } from '#portal/shell.tsx'
import { Tag, type Tone } from '#ui/components/tag.tsx'
import { DateText, Money } from '#ui/components/text.tsx'
import { declineText } from '#ui/decline-text.ts'

export type PaymentStatus = 'processing' | 'requires_customer_action' | 'succeeded' | 'failed' | 'cancelled'
export type PriceType = 'one_time_price' | 'recurring_price' | 'usage_based_price'

export interface BillingRow {
  kind: 'payment' | 'refund'
  /** The payment, also of a refund. */
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
  /** They belong to the invoice. */
  credit_notes: readonly { credit_note_id: string; number: string }[]
}

const tones: Record<PaymentStatus, Tone> = {
  processing: 'wait',
  requires_customer_action: 'wait',
  succeeded: 'ok',
  failed: 'bad',
  cancelled: 'dim',
}

export function BillingTable({ page, rows }: { page: PortalPage; rows: readonly BillingRow[] }) {
  const { i18n } = page
  return (
    <div class="list">
      <table class="stacks">
        <thead>
          <tr>
            <th scope="col">{i18n.t('portal.history.date')}</th>
            <th scope="col">{i18n.t('portal.history.description')}</th>
            <th scope="col">{i18n.t('portal.history.type')}</th>
            <th scope="col">{i18n.t('portal.history.status')}</th>
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
            <Row page={page} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ page, row }: { page: PortalPage; row: BillingRow }) {
  const { i18n } = page
  const amount = row.kind === 'refund' ? -row.amount : row.amount
  return (
    <tr>
      <td class="when num">
        <DateText i18n={i18n} when={row.created_at} short />
      </td>
      <td class="what">
        {row.kind === 'refund' ? (
          i18n.t('portal.history.refund_of', { description: row.description })
        ) : (
          <bdi>{describe(i18n, row)}</bdi>
        )}
        {row.status === 'failed' && row.kind === 'payment' ? (
          <p class="small soft">{declineText(i18n, row.error_code)}</p>
        ) : null}
        {notesOf(i18n, row).map((note) => (
          <p class="small soft">{note}</p>
        ))}
      </td>
      <td class="type">{i18n.t(`portal.price_type.${row.price_type}` satisfies MessageKey)}</td>
      <td class="status">
        <StatusTag i18n={i18n} row={row} />
      </td>
      <td class="amount end">
        <Money i18n={i18n} amount={amount} currency={row.currency} />
      </td>
      <td class="invoice end">
        <Invoice page={page} row={row} />
      </td>
    </tr>
  )
}

function describe(i18n: Translator, { description, is_plan_change, more_lines }: BillingRow): string {
  const name = isolate(description, i18n.dir)
  if (is_plan_change) return i18n.t('portal.history.plan_change', { description: name })
  return more_lines === 0 ? description : i18n.t('portal.history.and_more', { description: name, count: more_lines })
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

function Invoice({ page, row }: { page: PortalPage; row: BillingRow }) {
  if (row.invoice_number === null) {
    return (
      <span class="soft">
        <span aria-hidden="true">–</span>
        <span class="sr">{page.i18n.t('portal.history.no_invoice')}</span>
      </span>
    )
  }
  const { urls, business, i18n } = page
  return (
    <>
      <a class="num" href={urls.portal.invoice(business.business_id, row.payment_id)}>
        <span class="sr">{i18n.t('portal.history.invoice')} </span>
        <bdi>{row.invoice_number}</bdi>
      </a>
      {row.credit_notes.map(({ credit_note_id, number }) => (
        <p class="small note">
          <a class="num" href={urls.portal.creditNote(business.business_id, row.payment_id, credit_note_id)}>
            <span class="sr">{i18n.t('portal.history.credit_note')} </span>
            <bdi>{number}</bdi>
          </a>
        </p>
      ))}
    </>
  )
}

function StatusTag({ i18n, row }: { i18n: Translator; row: BillingRow }) {
  if (row.kind === 'refund') {
    return (
      <Tag>{i18n.t(row.status === 'processing' ? 'portal.payment.refund_pending' : 'portal.payment.refunded')}</Tag>
    )
  }
  if (row.dispute !== null) {
    return (
      <Tag tone="wait">
        {i18n.t(row.dispute === 'lost' ? 'portal.payment.dispute_lost' : 'portal.payment.disputed')}
      </Tag>
    )
  }
  if (row.refund_status !== null)
    return <Tag>{i18n.t(`portal.payment.refund_${row.refund_status}` satisfies MessageKey)}</Tag>
  return <Tag tone={tones[row.status]}>{i18n.t(`portal.payment.${row.status}` satisfies MessageKey)}</Tag>
}
