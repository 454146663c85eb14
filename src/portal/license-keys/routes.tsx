import { Hono } from 'hono'
import { hasOtherGrants } from '#core/entitlements/customer-purchases.ts'
import { type CustomerKey, getCustomerKey, listCustomerKeys } from '#core/licenses/customer-keys.ts'
import { deactivateAllInstances, wasDeactivated } from '#core/licenses/deactivate-all.ts'
import { deactivateInstance } from '#core/licenses/deactivate-license.ts'
import { listInstances } from '#core/licenses/list-keys.ts'
import { findInstance } from '#core/licenses/queries.ts'
import { DeactivatePage } from '#portal/license-keys/deactivate-form.tsx'
import { LicenseKeyPage } from '#portal/license-keys/license-key-page.tsx'
import { LicenseKeysPage } from '#portal/license-keys/license-keys-page.tsx'
import { noticeOf } from '#portal/notice.tsx'
import { orLogged } from '#portal/or-logged.ts'
import { ownPurchase } from '#portal/own-purchase.ts'
import { readPageOf } from '#portal/page-number.ts'
import { portalPage } from '#portal/portal-page.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { AppError, notFound } from '#src/errors.ts'

const PAGE_SIZE = 25

export function licenseKeyRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.get('/', showKeys)
  door.get('/:license_key_id', showKey)
  door.get('/:license_key_id/devices/deactivation', askForAll)
  door.post('/:license_key_id/devices/deactivation', deactivateAll)
  door.get('/:license_key_id/devices/:license_key_instance_id/deactivation', askForOne)
  door.post('/:license_key_id/devices/:license_key_instance_id/deactivation', deactivateOne)
  return door
}

async function showKeys(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const { customer_id } = customer
  const { of, filter } = await ownPurchase(c)
  const [keys, has_more_unlocked] = await Promise.all([
    orLogged(
      c,
      readPageOf(c, PAGE_SIZE, (page) => listCustomerKeys(ctx, customer_id, filter, page)),
    ),
    orLogged(c, hasOtherGrants(ctx, customer_id)),
  ])
  return c.html(
    <LicenseKeysPage
      page={portalPage(c)}
      of={of}
      page_number={keys?.page_number ?? 1}
      has_more={keys?.has_more ?? false}
      license_keys={keys?.rows ?? null}
      has_more_unlocked={has_more_unlocked ?? false}
    />,
  )
}

async function showKey(c: AppContext) {
  const { ctx } = c.var.visitor
  const key = await ownKey(c)
  const { license_key_id } = key
  const devices = await readPageOf(c, PAGE_SIZE, (page) => listInstances(ctx, { license_key_id }, page))
  return c.html(
    <LicenseKeyPage
      page={portalPage(c)}
      notice={noticeOf(c.req.query('done'))}
      license_key={key}
      devices={devices.rows}
      page_number={devices.page_number}
      has_more={devices.has_more}
    />,
  )
}

async function askForAll(c: AppContext) {
  return c.html(<DeactivatePage page={portalPage(c)} license_key={await ownKey(c)} device={null} />)
}

async function deactivateAll(c: AppContext) {
  const { license_key_id } = await ownKey(c)
  await deactivateAllInstances(c.var.visitor.ctx, license_key_id)
  return backToKey(c, license_key_id, 'devices_deactivated')
}

async function askForOne(c: AppContext) {
  const key = await ownKey(c)
  const device = await findInstance(c.var.visitor.ctx, c.req.param('license_key_instance_id') ?? '')
  if (device?.license_key_id !== key.license_key_id) throw notFound('license key instance')
  return c.html(<DeactivatePage page={portalPage(c)} license_key={key} device={device} />)
}

/** Pressed twice, or in two tabs, it is done as well. */
async function deactivateOne(c: AppContext) {
  const { ctx } = c.var.visitor
  const { license_key_id } = await ownKey(c)
  const license_key_instance_id = c.req.param('license_key_instance_id') ?? ''
  try {
    await deactivateInstance(ctx, license_key_id, license_key_instance_id)
  } catch (error) {
    const gone = error instanceof AppError && error.code === 'LICENSE_KEY_NOT_FOUND'
    if (!gone) throw error
    if (!(await wasDeactivated(ctx, license_key_id, license_key_instance_id))) throw notFound('license key instance')
  }
  return backToKey(c, license_key_id, 'device_deactivated')
}

/** The key the address names. Somebody else's is not there. */
async function ownKey(c: AppContext): Promise<CustomerKey> {
  const { ctx, customer } = c.var.visitor
  return getCustomerKey(ctx, customer.customer_id, c.req.param('license_key_id') ?? '')
}

function backToKey(c: AppContext, license_key_id: string, done: string) {
  const { urls, business } = c.var.visitor.ctx
  return c.redirect(urls.portal.licenseKey(business.business_id, license_key_id, { done }), 303)
}
