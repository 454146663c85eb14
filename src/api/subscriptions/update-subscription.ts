import { endpoint } from '#api/endpoint.ts'
import { toBillingAddress } from '#api/input/billing-address.ts'
import { isTooLong } from '#billing/term.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { pauseSubscription } from '#core/subscriptions/pause-subscription.ts'
import { getSubscription, type Subscription } from '#core/subscriptions/queries.ts'
import { resumeSubscription } from '#core/subscriptions/resume-subscription.ts'
import { revokeCancellation } from '#core/subscriptions/revoke-cancellation.ts'
import { type SubscriptionChange, updateSubscription } from '#core/subscriptions/update-subscription.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { subscriptionSchema } from '#wire/subscription.ts'
import { readSubscription } from './read-subscription.ts'
import {
  type Ending,
  readEnding,
  refused,
  type UpdateSubscription,
  updateSubscriptionBody,
} from './subscription-input.ts'

export const updateSubscriptionEndpoint = endpoint(
  {
    method: 'patch',
    path: '/subscriptions/{subscription_id}',
    operation: 'updateSubscription',
    noun: 'Subscriptions',
    summary: 'Update, pause or cancel a subscription',
    description: 'What is left out stays. In test mode a next_billing_date that has come is renewed at once.',
    body: updateSubscriptionBody,
    example: {
      cancel_at_next_billing_date: true,
      cancellation_feedback: 'unused',
      cancellation_comment: 'Back in spring',
    },
    answer: subscriptionSchema,
    refusals: [
      'INVALID_REQUEST_PARAMETERS',
      'SUBSCRIPTION_INACTIVE',
      'UNSUPPORTED_ACTION',
      'PREVIOUS_PAYMENT_PENDING',
      'SUBSCRIPTION_ALREADY_PAUSED',
      'SUBSCRIPTION_NOT_ELIGIBLE_FOR_PAUSE',
      'SUBSCRIPTION_NOT_PAUSED',
      'SUBSCRIPTION_NOT_ON_DEMAND',
    ],
  },
  async (ctx, { params: { subscription_id }, body }) => {
    const ending = readEnding(body)
    const change = changeOf(body, await getSubscription(ctx, subscription_id))
    if (change.next_billing_date !== undefined || change.renews_from !== undefined) {
      // In no transaction, as what is alone: it may go on to charge.
      await updateSubscription(ctx, subscription_id, change)
    } else if (Object.keys(change).length === 0) {
      await endAs(ctx, subscription_id, ending, body)
    } else {
      await inTransaction(ctx, async (inner) => {
        await endAs(inner, subscription_id, ending, body)
        await updateSubscription(inner, subscription_id, change)
      })
    }
    return readSubscription(ctx, subscription_id)
  },
)

async function endAs(ctx: BusinessCtx, subscription_id: string, ending: Ending, body: UpdateSubscription) {
  if (ending === 'unchanged') return
  if (ending === 'revoke') return revokeCancellation(ctx, subscription_id)
  if (ending === 'pause') return pauseSubscription(ctx, subscription_id)
  if (ending === 'resume') return resumeSubscription(ctx, subscription_id)
  const { cancel_reason, cancellation_feedback, cancellation_comment } = body
  return cancelSubscription(ctx, subscription_id, {
    timing: ending,
    ...(cancel_reason ? { cancel_reason } : {}),
    cancellation_feedback,
    cancellation_comment,
  })
}

function changeOf(body: UpdateSubscription, subscription: Subscription): SubscriptionChange {
  const { billing, metadata, next_billing_date, credit_entitlement_cart, customer_name, disable_on_demand } = body
  return {
    ...taxIdentity(body, subscription),
    ...termOf(body, subscription),
    ...(customer_name ? { customer_name } : {}),
    ...(billing ? { billing: toBillingAddress(billing) } : {}),
    ...(metadata ? { metadata } : {}),
    ...(next_billing_date ? { next_billing_date } : {}),
    ...(disable_on_demand ? { renews_from: disable_on_demand.next_billing_date } : {}),
    ...(credit_entitlement_cart?.length ? { credit_entitlement_cart } : {}),
  }
}

/** What is left out of it stays. */
function termOf(body: UpdateSubscription, subscription: Subscription): Pick<SubscriptionChange, 'term'> {
  if (body.subscription_period_count == null && body.subscription_period_interval == null) return {}
  const term = {
    count: body.subscription_period_count ?? subscription.subscription_period_count,
    interval: body.subscription_period_interval ?? subscription.subscription_period_interval,
  }
  if (isTooLong(term)) throw refused('subscription_period_count', 'must not span more than a hundred years')
  return { term }
}

/** A business name is printed only beside a tax id: it cannot be set without one, and goes with it. */
function taxIdentity({ tax_id, customer_business_name }: UpdateSubscription, subscription: Subscription) {
  const kept = tax_id === undefined ? subscription.tax_id : tax_id
  if (customer_business_name && kept === null) throw refused('customer_business_name', 'needs a tax_id')
  return {
    ...(tax_id === undefined ? {} : { tax_id }),
    ...(customer_business_name === undefined ? {} : { customer_business_name }),
    ...(tax_id === null ? { customer_business_name: null } : {}),
  }
}
