import { Hono } from 'hono'
import { listPaymentMethods } from '#core/payment-methods/queries.ts'
import { listBilling } from '#core/payments/list-billing.ts'
import { listRefunds } from '#core/refunds/queries.ts'
import {
  listDeeds,
  listSubscriptions,
  type NextPayment,
  readItems,
  readNextPayments,
  type SubscriptionListed,
} from '#core/subscriptions/queries.ts'
import { usedSoFar } from '#core/usage/preview-usage.ts'
import { billingRows } from '#portal/billing-history/billing-rows.ts'
import { cancellationOptions } from '#portal/cancellation/cancellation-options.ts'
import { noticeOf } from '#portal/notice.tsx'
import { openDues } from '#portal/overview/tell-dues.ts'
import { ownSubscription } from '#portal/own-subscription.ts'
import { portalPage } from '#portal/portal-page.ts'
import type { BillingInformation } from '#portal/subscriptions/subscription-details.tsx'
import { SubscriptionPage } from '#portal/subscriptions/subscription-page.tsx'
import { SubscriptionsPage } from '#portal/subscriptions/subscriptions-page.tsx'
import { inReadingOrder, summarize } from '#portal/subscriptions/summarize.ts'
import { happenedTo, upcomingFor } from '#portal/subscriptions/tell-timeline.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'

const MOST = 100

export function subscriptionRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.get('/', showSubscriptions)
  door.get('/:subscription_id', showSubscription)
  return door
}

async function showSubscriptions(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const { customer_id } = customer
  const [subscriptions, methods] = await Promise.all([
    listSubscriptions(ctx, { customer_id }, { page_number: 0, page_size: MOST }),
    listPaymentMethods(ctx, customer_id),
  ])
  const next = await readNextPayments(ctx, subscriptions)
  const summaries = inReadingOrder(subscriptions).map((subscription) => summarize(subscription, { methods, next }))
  return c.html(<SubscriptionsPage page={portalPage(c)} subscriptions={summaries} />)
}

async function showSubscription(c: AppContext) {
  const { ctx } = c.var.visitor
  const subscription = await ownSubscription(c)
  const { subscription_id, customer_id } = subscription
  const [methods, payments, refunds, deeds, items, dues, cancellation, next, used_so_far] = await Promise.all([
    listPaymentMethods(ctx, customer_id),
    listBilling(ctx, { subscription_id }, { page_number: 0, page_size: MOST }),
    listRefunds(ctx, { subscription_id, status: 'succeeded' }, { page_number: 0, page_size: MOST }),
    listDeeds(ctx, subscription_id, MOST),
    readItems(ctx, subscription),
    openDues(ctx, customer_id, subscription_id),
    cancellationOptions(c, subscription),
    readNextPayments(ctx, [subscription]),
    subscription.meters.length === 0 ? null : usedSoFar(ctx, subscription),
  ])
  const summary = summarize(subscription, { methods, next })
  return c.html(
    <SubscriptionPage
      page={portalPage(c)}
      now={ctx.clock.now()}
      notice={noticeOf(c.req.query('done'))}
      subscription={summary}
      dues={dues}
      lines={items.map(({ description, quantity, unit_price }) => ({ name: description, quantity, unit_price }))}
      extras={{ discounts: discountsAhead(subscription, next), used_so_far }}
      billing={billingOf(c, subscription)}
      cancellation={cancellation}
      upcoming={upcomingFor(subscription, summary, dues)}
      happened={happenedTo(ctx, subscription, { payments, refunds, deeds })}
      billing_history={billingRows(payments)}
    />,
  )
}

/** Of the plan as it is; those of one it changes to are told with that. */
function discountsAhead({ subscription_id }: SubscriptionListed, next: ReadonlyMap<string, NextPayment>) {
  const payment = next.get(subscription_id)
  return payment === undefined || payment.change !== null
    ? []
    : (payment.discounts ?? []).filter(({ amount }) => amount > 0)
}

function billingOf(c: AppContext, { billing }: SubscriptionListed): BillingInformation {
  const { name, email, phone_number } = c.var.visitor.customer
  return { name, email, phone_number, ...billing }
}
