// What came of a quote that was confirmed, in one word.
import type { Payment } from '#core/payments/queries.ts'
import type { findQuotedChange } from '#core/quotes/queries.ts'
import { awaitsCustomer } from '#core/quotes/quote-payment.ts'
import type { Subscription } from '#core/subscriptions/queries.ts'

type Change = Pick<NonNullable<Awaited<ReturnType<typeof findQuotedChange>>>, 'status'>

export type Outcome =
  | 'made'
  | 'scheduled'
  /** Their bank asks for them. */
  | 'bank'
  /** Nobody knows yet. */
  | 'checking'
  /** Declined, and the plan is what it was. */
  | 'declined'
  /** Made, declined, and on hold for it. */
  | 'unpaid'
  | 'undone'
  /** Too late, or something else came first. */
  | 'dropped'

export function outcomeOf(
  { status }: Change,
  payment: Payment | undefined,
  subscription: Pick<Subscription, 'status'>,
): Outcome {
  if (payment?.settled_at === null) return awaitsCustomer(payment) ? 'bank' : 'checking'
  switch (status) {
    case 'scheduled':
      return 'scheduled'
    case 'pending':
      return 'checking'
    case 'failed':
      return 'declined'
    case 'undone':
      return 'undone'
    case 'cancelled':
      return 'dropped'
    case 'applied':
      return isDeclined(payment) && subscription.status === 'on_hold' ? 'unpaid' : 'made'
  }
}

function isDeclined(payment: Payment | undefined): boolean {
  return payment?.status === 'failed' || payment?.status === 'cancelled'
}
