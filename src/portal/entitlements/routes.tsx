import { Hono } from 'hono'
import { filesOf, listUnlockedPurchases } from '#core/entitlements/customer-purchases.ts'
import { getGrant } from '#core/entitlements/queries.ts'
import { getFileOf, openFile } from '#core/files/queries.ts'
import { sendFile } from '#door/send-file.ts'
import { EntitlementsPage } from '#portal/entitlements/entitlements-page.tsx'
import { tellPurchase } from '#portal/entitlements/tell-purchases.ts'
import { orLogged } from '#portal/or-logged.ts'
import { ownPurchase } from '#portal/own-purchase.ts'
import { readPageOf } from '#portal/page-number.ts'
import { portalPage } from '#portal/portal-page.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { notFound } from '#src/errors.ts'

const PAGE_SIZE = 10

export function entitlementRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.get('/', showPurchases)
  door.get('/:files_grant_id/files', openFiles)
  door.get('/:files_grant_id/files/:file_id', download)
  return door
}

async function showPurchases(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const { of, filter } = await ownPurchase(c)
  const { customer_id } = customer
  const found = await orLogged(
    c,
    readPageOf(c, PAGE_SIZE, (page) => listUnlockedPurchases(ctx, customer_id, filter, page)),
  )
  return c.html(
    <EntitlementsPage
      page={portalPage(c)}
      of={of}
      page_number={found?.page_number ?? 1}
      has_more={found?.has_more ?? false}
      purchases={found?.rows.map(tellPurchase) ?? null}
    />,
  )
}

/** Asked of the grant as it is now: a link that was kept leads nowhere once it is closed, but to the page that says why. */
async function openFiles(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const { urls, business } = ctx
  const grant = await getGrant(ctx, c.req.param('files_grant_id') ?? '')
  const { customer_id, status, entitlement, subscription_id, payment_id } = grant
  const address = filesOf(entitlement)?.address ?? null
  if (customer_id !== customer.customer_id || address === null) throw notFound('grant')
  if (status === 'Delivered') {
    c.header('referrer-policy', 'no-referrer')
    return c.redirect(address.href, 303)
  }
  const of = subscription_id === null ? { payment: payment_id ?? undefined } : { subscription: subscription_id }
  return c.redirect(urls.portal.entitlements(business.business_id, of), 303)
}

/** By the session of who it was granted to, while it is: an address that is handed on opens nothing. */
async function download(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const grant = await getGrant(ctx, c.req.param('files_grant_id') ?? '')
  if (grant.customer_id !== customer.customer_id || grant.status !== 'Delivered') throw notFound('grant')
  const file = await getFileOf(ctx, grant.entitlement_id, c.req.param('file_id') ?? '')
  return sendFile(c, file, (range) => openFile(ctx, file, range))
}
