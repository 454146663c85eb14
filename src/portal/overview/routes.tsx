import { Hono } from 'hono'
import { listHistory } from '#core/billing-history/list-history.ts'
import { getSettings } from '#core/businesses/queries.ts'
import { listCustomerKeys } from '#core/licenses/customer-keys.ts'
import { listPaymentMethods, type PaymentMethod } from '#core/payment-methods/queries.ts'
import { listSubscriptions, readNextPayments, type SubscriptionListed } from '#core/subscriptions/queries.ts'
import { listWallets } from '#core/wallets/queries.ts'
import { billingRows } from '#portal/billing-history/billing-rows.ts'
import { LATEST_KEYS } from '#portal/license-keys/latest-keys.tsx'
import { noticeOf } from '#portal/notice.tsx'
import { orLogged } from '#portal/or-logged.ts'
import { OverviewPage } from '#portal/overview/overview-page.tsx'
import { openDues } from '#portal/overview/tell-dues.ts'
import { portalPage } from '#portal/portal-page.ts'
import { inReadingOrder, othersOf, summarize } from '#portal/subscriptions/summarize.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'

const LATEST = 10
const MOST_SUBSCRIPTIONS = 100

export function overviewRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.get('/', showOverview)
  return door
}

async function showOverview(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const { customer_id } = customer
  const [subscriptions, methods, payments, license_keys, dues, settings, wallets] = await Promise.all([
    listSubscriptions(ctx, { customer_id }, { page_number: 0, page_size: MOST_SUBSCRIPTIONS }),
    listPaymentMethods(ctx, customer_id),
    orLogged(c, listHistory(ctx, { customer_id }, { page_number: 0, page_size: LATEST + 1 })),
    orLogged(c, listCustomerKeys(ctx, customer_id, {}, LATEST_KEYS)),
    openDues(ctx, customer_id),
    getSettings(ctx),
    listWallets(ctx, customer_id),
  ])
  const next = await readNextPayments(ctx, subscriptions)
  const facts = { methods, next, others: othersOf(subscriptions, settings) }
  return c.html(
    <OverviewPage
      page={portalPage(c)}
      now={ctx.clock.now()}
      notice={noticeOf(c.req.query('done'))}
      dues={dues}
      subscriptions={inReadingOrder(subscriptions).map((subscription) => summarize(subscription, facts))}
      payment_methods={methods.map((method) => ({ ...method, used_by: usersOf(method, subscriptions) }))}
      license_keys={license_keys}
      billing_history={payments === null ? null : billingRows(payments.slice(0, LATEST))}
      wallets={wallets}
      has_more_history={(payments?.length ?? 0) > LATEST}
    />,
  )
}

function usersOf(method: PaymentMethod, subscriptions: readonly SubscriptionListed[]): string[] {
  return subscriptions
    .filter(({ payment_method_id }) => payment_method_id === method.payment_method_id)
    .filter(({ status }) => status === 'active' || status === 'on_hold' || status === 'past_due' || status === 'paused')
    .map(({ product_name }) => product_name)
}
