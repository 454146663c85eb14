import { Hono } from 'hono'
import { getSettings } from '#core/businesses/queries.ts'
import { listPaymentMethods } from '#core/payment-methods/queries.ts'
import { listSubscriptions, readNextPayments } from '#core/subscriptions/queries.ts'
import { ownSubscription } from '#portal/own-subscription.ts'
import { portalPage } from '#portal/portal-page.ts'
import { readSubscriptionProps } from '#portal/subscriptions/read-subscription.ts'
import { SubscriptionPage } from '#portal/subscriptions/subscription-page.tsx'
import { SubscriptionsPage } from '#portal/subscriptions/subscriptions-page.tsx'
import { inReadingOrder, othersOf, summarize } from '#portal/subscriptions/summarize.ts'
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
  const [subscriptions, methods, settings] = await Promise.all([
    listSubscriptions(ctx, { customer_id }, { page_number: 0, page_size: MOST }),
    listPaymentMethods(ctx, customer_id),
    getSettings(ctx),
  ])
  const next = await readNextPayments(ctx, subscriptions)
  const facts = { methods, next, others: othersOf(subscriptions, settings) }
  const summaries = inReadingOrder(subscriptions).map((subscription) => summarize(subscription, facts))
  return c.html(<SubscriptionsPage page={portalPage(c)} subscriptions={summaries} />)
}

async function showSubscription(c: AppContext) {
  const subscription = await ownSubscription(c)
  return c.html(<SubscriptionPage page={portalPage(c)} {...(await readSubscriptionProps(c, subscription))} />)
}
