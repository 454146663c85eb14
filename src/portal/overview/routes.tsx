import { Hono } from 'hono'
import { isRunning } from '#billing/status.ts'
import { listHistory } from '#core/billing-history/list-history.ts'
import { getSettings } from '#core/businesses/queries.ts'
import { listCustomerKeys } from '#core/licenses/customer-keys.ts'
import { listMethodUses, listPaymentMethods, type PaymentMethod } from '#core/payment-methods/queries.ts'
import { listInReadingOrder, readNextPayments, type SubscriptionListed } from '#core/subscriptions/queries.ts'
import { listWallets } from '#core/wallets/queries.ts'
import { billingRows } from '#portal/billing-history/billing-rows.ts'
import { LATEST_KEYS } from '#portal/license-keys/latest-keys.tsx'
import { noticeOf } from '#portal/notice.tsx'
import { orLogged } from '#portal/or-logged.ts'
import { OverviewPage } from '#portal/overview/overview-page.tsx'
import { openDues } from '#portal/overview/tell-dues.ts'
import { portalPage } from '#portal/portal-page.ts'
import { othersOf, summarize } from '#portal/subscriptions/summarize.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'

const LATEST = 10
/** The others are on a page of their own. */
const SUBSCRIPTIONS = 6

export function overviewRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.get('/', showOverview)
  return door
}

async function showOverview(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const { customer_id } = customer
  const [first, methods, payments, license_keys, dues, settings, wallets] = await Promise.all([
    listInReadingOrder(ctx, customer_id, { page_number: 0, page_size: SUBSCRIPTIONS + 1 }),
    listPaymentMethods(ctx, customer_id),
    orLogged(c, listHistory(ctx, { customer_id }, { page_number: 0, page_size: LATEST + 1 })),
    orLogged(c, listCustomerKeys(ctx, customer_id, {}, LATEST_KEYS)),
    openDues(ctx, customer_id),
    getSettings(ctx),
    listWallets(ctx, customer_id),
  ])
  const subscriptions = first.slice(0, SUBSCRIPTIONS)
  const has_more = first.length > SUBSCRIPTIONS
  const [next, uses] = await Promise.all([
    readNextPayments(ctx, subscriptions),
    has_more ? listMethodUses(ctx, customer_id) : subscriptions,
  ])
  // What runs stands before what is over.
  const statuses = subscriptions.map(({ status }) => status)
  const facts = { methods, next, others: othersOf(statuses, settings) }
  return c.html(
    <OverviewPage
      page={portalPage(c)}
      now={ctx.clock.now()}
      notice={noticeOf(c.req.query('done'))}
      dues={dues}
      subscriptions={subscriptions.map((subscription) => summarize(subscription, facts))}
      has_more_subscriptions={has_more}
      payment_methods={methods.map((method) => ({ ...method, used_by: usersOf(method, uses) }))}
      license_keys={license_keys}
      billing_history={payments === null ? null : billingRows(payments.slice(0, LATEST))}
      wallets={wallets}
      has_more_history={(payments?.length ?? 0) > LATEST}
    />,
  )
}

function usersOf(
  { payment_method_id }: PaymentMethod,
  uses: readonly (Pick<SubscriptionListed, 'payment_method_id' | 'product_name'> & {
    status?: SubscriptionListed['status']
  })[],
): string[] {
  return uses
    .filter((use) => use.payment_method_id === payment_method_id && (use.status === undefined || isRunning(use.status)))
    .map(({ product_name }) => product_name)
}
