import { Hono } from 'hono'
import { listHeldCredits } from '#core/credit-entitlements/held-credits.ts'
import { listCreditGrants, listCreditLedger } from '#core/credit-entitlements/queries.ts'
import { listBilledUsage } from '#core/usage/billed-usage.ts'
import { listWalletEntries, listWallets } from '#core/wallets/queries.ts'
import { orLogged } from '#portal/or-logged.ts'
import { ownSubscription } from '#portal/own-subscription.ts'
import { readPageOf } from '#portal/page-number.ts'
import { portalPage } from '#portal/portal-page.ts'
import { CreditsPage } from '#portal/usage/credits-page.tsx'
import { listRunning, tellSubscriptionCredit, tellTerms } from '#portal/usage/tell-funds.ts'
import { tellUsage } from '#portal/usage/tell-usage.ts'
import { UsageHistoryPage } from '#portal/usage/usage-history-page.tsx'
import { UsagePage } from '#portal/usage/usage-page.tsx'
import { WalletPage } from '#portal/usage/wallet-page.tsx'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { notFound } from '#src/errors.ts'

/** Subscriptions on a page, each with its charts. */
const METERED = 2
const PERIODS = 12
const ENTRIES = 25
const GRANTS = 50

export function usageRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.get('/', showUsage)
  door.get('/subscriptions/:subscription_id', showHistory)
  door.get('/wallet', showWallet)
  door.get('/credits/:credit_entitlement_id', showCredits)
  return door
}

async function showUsage(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const { customer_id } = customer
  const [found, subscription_credits, wallets, credits] = await Promise.all([
    orLogged(c, readUsages(c)),
    orLogged(c, tellSubscriptionCredit(ctx, customer_id)),
    orLogged(c, listWallets(ctx, customer_id)),
    orLogged(c, listHeldCredits(ctx, customer_id)),
  ])
  return c.html(
    <UsagePage
      page={portalPage(c)}
      page_number={found?.page_number ?? 1}
      has_more={found?.has_more ?? false}
      usages={found?.usages ?? null}
      {...{ subscription_credits, wallets, credits }}
    />,
  )
}

async function readUsages(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const { rows, ...page } = await readPageOf(c, METERED, (page) =>
    listRunning(ctx, customer.customer_id, { metered: true }, page),
  )
  const usages = await Promise.all(rows.map((subscription) => tellUsage(ctx, subscription)))
  return { ...page, usages: usages.filter((usage) => usage !== null) }
}

async function showHistory(c: AppContext) {
  const { ctx } = c.var.visitor
  const subscription = await ownSubscription(c)
  const { subscription_id } = subscription
  const found = await orLogged(
    c,
    readPageOf(c, PERIODS, (page) => listBilledUsage(ctx, subscription_id, page)),
  )
  return c.html(
    <UsageHistoryPage
      page={portalPage(c)}
      subscription={subscription}
      page_number={found?.page_number ?? 1}
      has_more={found?.has_more ?? false}
      periods={found?.rows ?? null}
    />,
  )
}

async function showWallet(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const { customer_id } = customer
  const wallet = (await listWallets(ctx, customer_id)).find(({ currency }) => currency === c.req.query('currency'))
  if (wallet === undefined) throw notFound('wallet')
  const { currency } = wallet
  const found = await orLogged(
    c,
    readPageOf(c, ENTRIES, (page) => listWalletEntries(ctx, customer_id, currency, page)),
  )
  return c.html(
    <WalletPage
      page={portalPage(c)}
      wallet={wallet}
      page_number={found?.page_number ?? 1}
      has_more={found?.has_more ?? false}
      entries={found?.rows.map(inMerchantsWords) ?? null}
    />,
  )
}

/** What the house writes itself, the page says in the customer's language. */
function inMerchantsWords<Entry extends { event_type: string; reason: string | null }>(entry: Entry): Entry {
  return entry.event_type === 'merchant_adjustment' ? entry : { ...entry, reason: null }
}

async function showCredits(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const { customer_id } = customer
  const [held] = await listHeldCredits(ctx, customer_id, c.req.param('credit_entitlement_id'))
  if (held === undefined) throw notFound('credit balance')
  const of = { customer_id, credit_entitlement_id: held.credit_entitlement_id }
  const [terms, grants, found] = await Promise.all([
    tellTerms(ctx, customer_id, of.credit_entitlement_id),
    listCreditGrants(ctx, of, 'active', { page_number: 0, page_size: GRANTS }),
    orLogged(
      c,
      readPageOf(c, ENTRIES, (page) => listCreditLedger(ctx, of, {}, page)),
    ),
  ])
  return c.html(
    <CreditsPage
      page={portalPage(c)}
      held={held}
      terms={terms}
      grants={grants}
      page_number={found?.page_number ?? 1}
      has_more={found?.has_more ?? false}
      entries={found?.rows ?? null}
    />,
  )
}
