// What a merchant may change on a running subscription besides its plan: who is billed, notes, its term and the next billing date.
import { moveBillingDate } from '#billing/moved-date.ts'
import type { Frequency } from '#billing/period.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { type CreditTermsChange, changeCreditTerms } from '#core/credit-entitlements/change-terms.ts'
import { updateCustomer } from '#core/customers/update-customer.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { hasOpenPayment } from '#core/payments/queries.ts'
import { listWaiting } from '#core/plan-changes/store.ts'
import { beginRenewing } from '#core/subscriptions/begin-renewing.ts'
import { extendTerm } from '#core/subscriptions/extend-term.ts'
import { frequencyOf } from '#core/subscriptions/lines.ts'
import { moveCurrentPeriodEnd } from '#core/subscriptions/periods.ts'
import { renewSubscription } from '#core/subscriptions/renew-subscription.ts'
import { lockSubscription, type Subscription, updateSubscriptionRow } from '#core/subscriptions/store.ts'
import type { BillingAddress, Metadata } from '#db/json-types.ts'
import { json } from '#db/temporal.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface SubscriptionChange {
  billing?: BillingAddress
  /** Of its customer, wherever they are named. */
  customer_name?: string
  customer_business_name?: string | null
  tax_id?: string | null
  metadata?: Metadata
  /** The whole term: at least as long as it is. */
  term?: Frequency
  next_billing_date?: Temporal.Instant
  /** When one that is charged on demand renews for the first time. */
  renews_from?: Temporal.Instant
  credit_entitlement_cart?: CreditTermsChange[]
}

/** A date this little in the past counts as now: the caller's clock and ours differ. */
const SKEW = Temporal.Duration.from({ minutes: 5 })

/**
 * Changes what is named. A moved next billing date charges and credits nothing and becomes the new anchor; a date that has come is
 * renewed at once in test mode. Throws SUBSCRIPTION_INACTIVE for a date on a subscription that is not active,
 * PREVIOUS_PAYMENT_PENDING for a date or a term while a payment of it is undecided, and the refusals of `extendTerm` and `beginRenewing`.
 */
export async function updateSubscription(
  outer: BusinessCtx,
  subscription_id: string,
  change: SubscriptionChange,
): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const subscription = await lockSubscription(ctx, subscription_id)
    const { billing, customer_name, metadata, credit_entitlement_cart = [], ...rest } = change
    const { term, next_billing_date, renews_from, ...columns } = rest
    const { customer_id } = subscription
    await changeCreditTerms(ctx, subscription_id, credit_entitlement_cart)
    if (customer_name !== undefined) await updateCustomer(ctx, customer_id, { name: customer_name })
    await changeDates(ctx, subscription, { term, next_billing_date, renews_from })
    await updateSubscriptionRow(ctx, subscription_id, {
      ...columns,
      ...(billing === undefined ? {} : { billing: json(billing) }),
      ...(metadata === undefined ? {} : { metadata: json(metadata) }),
    })
    await recordEvent(ctx, { type: 'subscription.updated', resource_id: subscription_id, customer_id })
    await recordAudit(ctx, {
      action: 'subscription.updated',
      resource_id: subscription_id,
      customer_id,
      details: { fields: Object.keys(change).sort().join(' ') },
    })
  })
  const moved = change.next_billing_date ?? change.renews_from
  if (moved !== undefined && outer.mode === 'test') await renewSubscription(outer, subscription_id)
}

type Dates = { [Name in 'term' | 'next_billing_date' | 'renews_from']: SubscriptionChange[Name] | undefined }

/** What is being paid for was decided on the dates as they are. */
async function changeDates(ctx: BusinessCtx, subscription: Subscription, asked: Dates): Promise<void> {
  const { term, next_billing_date, renews_from } = asked
  if (term === undefined && next_billing_date === undefined && renews_from === undefined) return
  const { subscription_id } = subscription
  const extended = term === undefined ? subscription : await extendTerm(ctx, subscription, term)
  if (renews_from !== undefined) await beginRenewing(ctx, extended, assertAhead(ctx, extended, renews_from))
  if (next_billing_date !== undefined) {
    const date = decideDate(ctx, extended, next_billing_date)
    await updateSubscriptionRow(ctx, subscription_id, date)
    await moveCurrentPeriodEnd(ctx, subscription_id, date.next_billing_date)
  }
  await assertNothingUnderWay(ctx, subscription_id)
}

async function assertNothingUnderWay(ctx: BusinessCtx, subscription_id: string): Promise<void> {
  const waiting = await listWaiting(ctx, subscription_id)
  if (waiting.some(({ status }) => status === 'pending') || (await hasOpenPayment(ctx, subscription_id))) {
    throw new AppError('PREVIOUS_PAYMENT_PENDING')
  }
}

function decideDate(ctx: BusinessCtx, subscription: Subscription, date: Temporal.Instant) {
  const { anchor, next_billing_date, next_attempt_at, period_number } = subscription
  if (subscription.status !== 'active' || anchor === null || next_billing_date === null) {
    throw new AppError('SUBSCRIPTION_INACTIVE')
  }
  if (subscription.on_demand) {
    throw new AppError('UNSUPPORTED_ACTION', {
      message: 'A subscription charged on demand has no billing date to move',
    })
  }
  // The next period is being paid for: its success would move the date as well.
  if (next_attempt_at === null) throw new AppError('PREVIOUS_PAYMENT_PENDING')
  const at = assertAhead(ctx, subscription, date)
  return {
    ...moveBillingDate({ anchor, period_number, next_billing_date }, frequencyOf(subscription), at),
    next_attempt_at: at,
  }
}

/** Within the term; a date of this moment is now. */
function assertAhead(ctx: BusinessCtx, subscription: Subscription, date: Temporal.Instant): Temporal.Instant {
  const now = ctx.clock.now()
  if (Temporal.Instant.compare(date, now.subtract(SKEW)) < 0) {
    throw new AppError('INVALID_REQUEST_PARAMETERS', {
      message: 'Cannot change next_billing_date to past time',
      field: 'next_billing_date',
    })
  }
  if (subscription.expires_at !== null && Temporal.Instant.compare(date, subscription.expires_at) > 0) {
    throw new AppError('INVALID_REQUEST_PARAMETERS', {
      message: 'next_billing_date cannot lie after the end of the subscription',
      field: 'next_billing_date',
    })
  }
  return Temporal.Instant.compare(date, now) < 0 ? now : date
}
