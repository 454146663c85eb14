// What an address says was done is told only where the subscription stands as if it were: an old tab, or whoever sent the link, may say anything.
import { isOverdue } from '#billing/status.ts'
import type { SubscriptionListed } from '#core/subscriptions/queries.ts'
import type { Notice } from '#portal/notice.tsx'

type Stands = (subscription: Pick<SubscriptionListed, 'status' | 'cancel_at_next_billing_date'>) => boolean

const isPaid: Stands = ({ status }) => !isOverdue(status)

const holds: Partial<Record<Notice, Stands>> = {
  cancelled: ({ status }) => status === 'cancelled',
  cancellation_scheduled: ({ cancel_at_next_billing_date }) => cancel_at_next_billing_date,
  cancellation_undone: ({ cancel_at_next_billing_date }) => !cancel_at_next_billing_date,
  dues_paid: isPaid,
  dues_settled: isPaid,
  paused: ({ status }) => status === 'paused',
  resumed: ({ status }) => status === 'active',
}

export function trueNotice(notice: Notice | null, subscription: Parameters<Stands>[0]): Notice | null {
  return notice !== null && holds[notice]?.(subscription) === false ? null : notice
}
