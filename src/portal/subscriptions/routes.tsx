import { Hono } from 'hono'
import { getSettings } from '#core/businesses/queries.ts'
import { listPaymentMethods } from '#core/payment-methods/queries.ts'
import { listBilling } from '#core/payments/list-billing.ts'
import { listRefunds } from '#core/refunds/queries.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { previewCancellation } from '#core/subscriptions/preview-cancellation.ts'
import {
  listDeeds,
  listSubscriptions,
  type NextPayment,
  readItems,
  readNextPayments,
  type SubscriptionListed,
} from '#core/subscriptions/queries.ts'
import { revokeCancellation } from '#core/subscriptions/revoke-cancellation.ts'
import { usedSoFar } from '#core/usage/preview-usage.ts'
import { billingRows } from '#portal/billing-history/billing-rows.ts'
import { noticeOf } from '#portal/notice.tsx'
import { openDues } from '#portal/overview/tell-dues.ts'
import { ownSubscription } from '#portal/own-subscription.ts'
import { portalPage } from '#portal/portal-page.ts'
import type { CancellationOptions } from '#portal/subscriptions/cancel-form.tsx'
import { CancelPage } from '#portal/subscriptions/cancel-page.tsx'
import { cancellationForm } from '#portal/subscriptions/cancellation-form.ts'
import type { BillingInformation } from '#portal/subscriptions/subscription-details.tsx'
import { SubscriptionPage } from '#portal/subscriptions/subscription-page.tsx'
import { SubscriptionsPage } from '#portal/subscriptions/subscriptions-page.tsx'
import { inReadingOrder, summarize } from '#portal/subscriptions/summarize.ts'
import { happenedTo, upcomingFor } from '#portal/subscriptions/tell-timeline.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { parseForm } from '#ui/parse-form.ts'

const MOST = 100

export function subscriptionRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.get('/', showSubscriptions)
  door.get('/:subscription_id', showSubscription)
  door.get('/:subscription_id/cancellation', askToCancel)
  door.post('/:subscription_id/cancellation', cancel)
  door.post('/:subscription_id/cancellation/undo', undoCancellation)
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

async function cancellationOptions(c: AppContext, subscription: SubscriptionListed): Promise<CancellationOptions> {
  const { ctx } = c.var.visitor
  const [settings, preview] = await Promise.all([getSettings(ctx), previewCancellation(ctx, subscription)])
  const { used, ...gives_back } = preview
  return {
    allowed: settings.allow_subscription_cancellation,
    at_next_billing_date: settings.allow_cancellation_at_next_billing_date,
    gives_back,
    used,
    days_left: daysLeft(subscription, ctx.clock.now()),
  }
}

/** Of a period that was paid for: while it runs, and while it is paused. */
function daysLeft(
  { status, in_trial, paused_at, next_billing_date: end }: SubscriptionListed,
  now: Temporal.Instant,
): number | null {
  const since = status === 'paused' ? paused_at : status === 'active' && !in_trial ? now : null
  return since === null || end === null ? null : Math.floor(end.since(since).total('hours') / 24)
}

async function askToCancel(c: AppContext) {
  return c.html(<CancelPage {...(await cancelProps(c))} />)
}

async function cancelProps(c: AppContext) {
  const subscription = await ownSubscription(c)
  const { ctx } = c.var.visitor
  const [methods, next, options] = await Promise.all([
    listPaymentMethods(ctx, subscription.customer_id),
    readNextPayments(ctx, [subscription]),
    cancellationOptions(c, subscription),
  ])
  return { page: portalPage(c), subscription: summarize(subscription, { methods, next }), options }
}

async function cancel(c: AppContext) {
  const { ctx } = c.var.visitor
  const { subscription_id } = await ownSubscription(c)
  const form = parseForm(cancellationForm, await c.req.parseBody({ all: true }))
  if (!form.ok) {
    const { errors, typed } = form
    return c.html(<CancelPage {...(await cancelProps(c))} errors={errors} typed={typed} />, 422)
  }
  const { effective_at, cancellation_feedback, cancellation_comment } = form.values
  const cancelled = await cancelSubscription(ctx, subscription_id, {
    timing: effective_at === 'immediately' ? 'now' : 'at_next_billing_date',
    cancellation_feedback,
    cancellation_comment: cancellation_comment === '' ? null : cancellation_comment,
  })
  const done = cancelled.status === 'cancelled' ? 'cancelled' : 'cancellation_scheduled'
  return c.redirect(ctx.urls.portal.subscription(ctx.business.business_id, subscription_id, { done }), 303)
}

async function undoCancellation(c: AppContext) {
  const { ctx } = c.var.visitor
  const { subscription_id } = await ownSubscription(c)
  await revokeCancellation(ctx, subscription_id)
  const here = ctx.urls.portal.subscription(ctx.business.business_id, subscription_id, { done: 'cancellation_undone' })
  return c.redirect(here, 303)
}
