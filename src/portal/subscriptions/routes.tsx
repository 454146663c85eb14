import { Hono } from 'hono'
import { getSettings } from '#core/businesses/queries.ts'
import { listPaymentMethods } from '#core/payment-methods/queries.ts'
import { countByStatus, listInReadingOrder, readNextPayments } from '#core/subscriptions/queries.ts'
import { ownSubscription } from '#portal/own-subscription.ts'
import { readPageOf } from '#portal/page-number.ts'
import { portalPage } from '#portal/portal-page.ts'
import { readSubscriptionProps } from '#portal/subscriptions/read-subscription.ts'
import { SubscriptionPage } from '#portal/subscriptions/subscription-page.tsx'
import { SubscriptionsPage } from '#portal/subscriptions/subscriptions-page.tsx'
import { othersOf, summarize } from '#portal/subscriptions/summarize.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'

const PAGE_SIZE = 10

export function subscriptionRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.get('/', showSubscriptions)
  door.get('/:subscription_id', showSubscription)
  return door
}

async function showSubscriptions(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const { customer_id } = customer
  const [{ rows, page_number, has_more }, methods, settings, counts] = await Promise.all([
    readPageOf(c, PAGE_SIZE, (page) => listInReadingOrder(ctx, customer_id, page)),
    listPaymentMethods(ctx, customer_id),
    getSettings(ctx),
    countByStatus(ctx, customer_id),
  ])
  const next = await readNextPayments(ctx, rows)
  const facts = { methods, next, others: othersOf(counts.keys(), settings) }
  const subscriptions = rows.map((subscription) => summarize(subscription, facts))
  return c.html(<SubscriptionsPage page={portalPage(c)} {...{ subscriptions, page_number, has_more }} />)
}

async function showSubscription(c: AppContext) {
  const subscription = await ownSubscription(c)
  return c.html(<SubscriptionPage page={portalPage(c)} {...(await readSubscriptionProps(c, subscription))} />)
}
