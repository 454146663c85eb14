import { Hono, type MiddlewareHandler } from 'hono'
import { type Activity, listActivity } from '#core/audit/list-activity.ts'
import { nameThings } from '#core/audit/name-things.ts'
import { exportCustomer } from '#core/data-export/export-customer.ts'
import { eraseCustomer } from '#core/erasure/erase-customer.ts'
import { previewErasure } from '#core/erasure/preview-erasure.ts'
import type { Page } from '#core/paging.ts'
import { findBillingDetails } from '#core/profile/billing-details.ts'
import { limiter } from '#door/limiter.ts'
import { businessPage } from '#portal/business-page.ts'
import { clearSession } from '#portal/cookies.ts'
import { noticeOf } from '#portal/notice.tsx'
import { orLogged } from '#portal/or-logged.ts'
import { readPageOf } from '#portal/page-number.ts'
import { portalPage } from '#portal/portal-page.ts'
import { ActivityPage } from '#portal/profile/activity-page.tsx'
import { askForBilling, saveBilling } from '#portal/profile/billing.tsx'
import { DeletedPage, DeletionPage } from '#portal/profile/deletion-page.tsx'
import { askForEmail, pressProof, sendProof, showProof } from '#portal/profile/email.tsx'
import { ProfilePage } from '#portal/profile/profile-page.tsx'
import { tellActivity, toldActions } from '#portal/profile/tell-activity.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { streamOf } from '#src/stream-of.ts'

const FEW = 5
const PAGE_SIZE = 25

export function profileRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.get('/', showProfile)
  door.get('/billing-information', askForBilling)
  door.post('/billing-information', saveBilling)
  door.get('/email', askForEmail)
  door.post('/email', sendProof)
  door.get('/activity', showActivity)
  door.post('/data.json', sendData)
  door.get('/deletion', askToDelete)
  door.post('/deletion', deleteAll)
  return door
}

/** Who a subscription is billed to, at its own address. */
export function subscriptionBillingRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.get('/', askForBilling)
  door.post('/', saveBilling)
  return door
}

/** The proof of an address is opened where its mail is read, signed in or not. */
export function emailProof(limited: MiddlewareHandler<AppEnv>): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.get('/login/:business_id/email/:token', showProof)
  door.post('/login/:business_id/email/:token', limited, pressProof)
  return door
}

async function showProfile(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const [billing, activity] = await Promise.all([
    findBillingDetails(ctx, customer.customer_id),
    orLogged(c, readActivity(c, { page_number: 0, page_size: FEW })),
  ])
  return c.html(
    <ProfilePage
      page={portalPage(c)}
      notice={noticeOf(c.req.query('done'))}
      customer={customer}
      billing={billing ?? null}
      activity={activity}
    />,
  )
}

async function readActivity(c: AppContext, page: Page) {
  const { ctx, customer } = c.var.visitor
  const asked = { customer_id: customer.customer_id, actions: Object.keys(toldActions) }
  return tell(c, await listActivity(ctx, asked, page))
}

async function tell(c: AppContext, entries: readonly Activity[]) {
  return tellActivity(portalPage(c).i18n, entries, await nameThings(c.var.visitor.ctx, entries))
}

async function showActivity(c: AppContext) {
  const found = await orLogged(
    c,
    readPageOf(c, PAGE_SIZE, (page) => readActivity(c, page)),
  )
  return c.html(
    <ActivityPage
      page={portalPage(c)}
      rows={found?.rows ?? null}
      page_number={found?.page_number ?? 1}
      has_more={found?.has_more ?? false}
    />,
  )
}

/** It is work: so many a customer. */
const limitExports = limiter(10, 60 * 60)

async function sendData(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  await limitExports(c, customer.customer_id)
  return c.body(streamOf(exportCustomer(ctx, customer.customer_id)), 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': 'attachment; filename="my-data.json"',
  })
}

async function askToDelete(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  return c.html(<DeletionPage page={portalPage(c)} preview={await previewErasure(ctx, customer.customer_id)} />)
}

/** What runs is cancelled by the customer first; then nothing here says any more who they were. */
async function deleteAll(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const preview = await previewErasure(ctx, customer.customer_id)
  const { understood } = await c.req.parseBody()
  if (preview.running.length > 0 || preview.payment_pending) {
    return c.html(<DeletionPage page={portalPage(c)} preview={preview} />, 409)
  }
  if (understood !== 'yes') return c.html(<DeletionPage page={portalPage(c)} preview={preview} unconfirmed />, 422)
  await eraseCustomer(ctx, customer.customer_id)
  clearSession(c)
  return c.html(<DeletedPage page={businessPage(c, ctx)} />)
}
