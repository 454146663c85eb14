import type { MessageKey, Translator } from '#i18n/translator.ts'
import { Tag, type Tone } from '#ui/components/tag.tsx'
import type { BillingRow, PaymentStatus } from './billing-table.tsx'

const tones: Record<PaymentStatus, Tone> = {
  processing: 'wait',
  requires_customer_action: 'wait',
  succeeded: 'ok',
  failed: 'bad',
  cancelled: 'dim',
}

type Judged = Pick<BillingRow, 'kind' | 'status' | 'dispute' | 'refund_status'>

/** How a payment, a refund or a credit stands. */
export function PaymentTag({ i18n, row }: { i18n: Translator; row: Judged }) {
  if (row.kind === 'refund') {
    return (
      <Tag>{i18n.t(row.status === 'processing' ? 'portal.payment.refund_pending' : 'portal.payment.refunded')}</Tag>
    )
  }
  if (row.kind === 'credit') return <Tag>{i18n.t('portal.payment.credited')}</Tag>
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
