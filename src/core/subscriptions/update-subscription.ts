// What a merchant may change on a running subscription besides its plan: who is billed, notes, and the next billing date.
import { moveBillingDate } from '#billing/moved-date.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { type CreditTermsChange, changeCreditTerms } from '#core/credit-entitlements/change-terms.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { hasOpenPayment } from '#core/payments/queries.ts'
import { listWaiting } from '#core/plan-changes/store.ts'
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
  customer_business_name?: string | null
  tax_id?: string | null
  metadata?: Metadata
  next_billing_date?: Temporal.Instant
  credit_entitlement_cart?: CreditTermsChange[]
}

/** A date this little in the past counts as now: the caller's clock and ours differ. */
const SKEW = Temporal.Duration.from({ minutes: 5 })

/**
 * Changes what is named. A moved next billing date charges and credits nothing and becomes the new anchor; a date that has come is
 * renewed at once in test mode. Throws SUBSCRIPTION_INACTIVE for a date on a subscription that is not active, and
 * PREVIOUS_PAYMENT_PENDING while its next period is being paid for.
 */
export async function updateSubscription(
  outer: BusinessCtx,
  subscription_id: string,
  change: SubscriptionChange,
): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const subscription = await lockSubscription(ctx, subscription_id)
    const { billing, metadata, next_billing_date, credit_entitlement_cart = [], ...columns } = change
    await changeCreditTerms(ctx, subscription_id, credit_entitlement_cart)
    const date: MovedDate = next_billing_date === undefined ? {} : decideDate(ctx, subscription, next_billing_date)
    // A plan change that is being paid for was decided on the date as it is.
    if (next_billing_date !== undefined) await assertNothingUnderWay(ctx, subscription_id)
    await updateSubscriptionRow(ctx, subscription_id, {
      ...columns,
      ...(billing === undefined ? {} : { billing: json(billing) }),
      ...(metadata === undefined ? {} : { metadata: json(metadata) }),
      ...date,
    })
    if (date.next_billing_date !== undefined) {
      await moveCurrentPeriodEnd(ctx, subscription_id, date.next_billing_date)
    }
    const { customer_id } = subscription
    await recordEvent(ctx, { type: 'subscription.updated', resource_id: subscription_id, customer_id })
    await recordAudit(ctx, {
      action: 'subscription.updated',
      resource_id: subscription_id,
      customer_id,
      details: { fields: Object.keys(change).sort().join(' ') },
    })
  })
  if (change.next_billing_date !== undefined && outer.mode === 'test') await renewSubscription(outer, subscription_id)
}

async function assertNothingUnderWay(ctx: BusinessCtx, subscription_id: string): Promise<void> {
  const waiting = await listWaiting(ctx, subscription_id)
  if (waiting.some(({ status }) => status === 'pending') || (await hasOpenPayment(ctx, subscription_id))) {
    throw new AppError('PREVIOUS_PAYMENT_PENDING')
  }
}

type MovedDate = Partial<ReturnType<typeof decideDate>>

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
  const at = Temporal.Instant.compare(date, now) < 0 ? now : date
  return {
    ...moveBillingDate({ anchor, period_number, next_billing_date }, frequencyOf(subscription), at),
    next_attempt_at: at,
  }
}
