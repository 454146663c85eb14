// What a customer holds, read through the portal: page by page, and nobody else's.
import { beforeAll, describe, expect, test } from 'vitest'
import { createLicenseKey } from '#core/licenses/create-license-key.ts'
import { inTransaction } from '#src/context.ts'
import { buy } from '#test/support/buy.ts'
import { type Measured, measuredCustomer } from '#test/support/measured-customer.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import { signIn, type Visit } from '#test/support/visit.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World
let measured: Measured
let visit: Visit
let stranger: Visit

beforeAll(async () => {
  world = await newWorld({ startsAt: '2026-11-01T09:20:00Z' })
  measured = await measuredCustomer(world)
  visit = await signIn(world, measured.customer_id)
  const other = await buy(world, undefined, { email: 'noor@northwind.example', name: 'Noor' })
  stranger = await signIn(world, other.customer_id)
})

const portal = () => world.urls.portal
const textOf = async (url: string, by = visit) => (await by.get(url)).text()
const statusOf = async (url: string, by = visit) => (await by.get(url)).status

describe('three hundred keys', () => {
  const shown = (html: string) => html.match(/class="secret"/g)?.length ?? 0

  test('are read 25 at a time, to the last', async () => {
    const [key] = await rowsOf(world, 'license_keys')
    const bought = { customer_id: measured.customer_id, product_id: key?.product_id ?? '', subscription_id: null }
    await inTransaction(await world.fresh(), async (ctx) => {
      for (let n = 1; n < 300; n += 1) {
        const none = { payment_id: null, activations_limit: null, expires_at: null, source: 'import' } as const
        await createLicenseKey(ctx, { ...bought, ...none })
      }
    })
    const first = await textOf(portal().licenseKeys(world.business_id))
    expect([shown(first), first.includes('Older')]).toEqual([25, true])
    const last = await textOf(portal().licenseKeys(world.business_id, { page: 12 }))
    expect([shown(last), last.includes('Older'), last.includes('Newer')]).toEqual([25, false, true])
    expect(shown(await textOf(portal().licenseKeys(world.business_id, { page: 13 })))).toBe(0)
    for (const odd of ['0', '-1', '1e9', 'x']) {
      expect(shown(await textOf(`${portal().licenseKeys(world.business_id)}?page=${odd}`))).toBe(25)
    }
    const ofPurchase = { payment: key?.payment_id ?? '' }
    expect(shown(await textOf(portal().licenseKeys(world.business_id, ofPurchase)))).toBe(1)
    const overview = await textOf(portal().overview(world.business_id))
    expect([shown(overview), overview.includes('/license-keys"')]).toEqual([3, true])
  })
})

describe('a device', () => {
  const deactivation = (id = measured.license_key_instance_id) =>
    portal().deviceDeactivation(world.business_id, measured.license_key_id, id)
  const names = async () => (await rowsOf(world, 'license_key_instances')).map(({ name }) => name)

  test('of somebody else is not there', async () => {
    expect(await statusOf(deactivation(), stranger)).toBe(404)
    expect((await stranger.post(deactivation())).status).toBe(404)
    expect((await stranger.post(portal().devicesDeactivation(world.business_id, measured.license_key_id))).status).toBe(
      404,
    )
    expect((await visit.post(deactivation('lki_none'))).status).toBe(404)
    expect(await names()).toEqual(['Studio Mac', 'Travel laptop'])
  })

  test('is deactivated once, however often it is asked for; and so are all', async () => {
    for (const _ of ['pressed', 'pressed again']) {
      const answer = await visit.post(deactivation())
      const back = portal().licenseKey(world.business_id, measured.license_key_id, { done: 'device_deactivated' })
      expect([answer.status, answer.headers.get('location')]).toEqual([303, back])
      expect(await names()).toEqual(['Travel laptop'])
    }
    const [left] = await rowsOf(world, 'license_key_instances')
    const all = portal().devicesDeactivation(world.business_id, measured.license_key_id)
    for (const _ of ['pressed', 'pressed again']) expect((await visit.post(all)).status).toBe(303)
    expect((await visit.post(deactivation(left?.license_key_instance_id))).status).toBe(303)
    expect(await names()).toEqual([])
    const done = (await rowsOf(world, 'audit_entries')).filter(({ action }) => action.endsWith('deactivated'))
    expect(done.map(({ action, actor_type }) => [action, actor_type])).toEqual([
      ['license_key.deactivated', 'customer'],
      ['license_key.all_deactivated', 'customer'],
    ])
    expect(await brokenInvariants(world)).toEqual([])
  })
})

describe('files', () => {
  const files = () => portal().entitlementFiles(world.business_id, measured.grant_id)

  test('are led to while they are the customer’s, and to nobody else', async () => {
    const answer = await visit.get(files())
    expect([answer.status, answer.headers.get('location')]).toEqual([303, 'https://files.linden.example/brushes'])
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(await statusOf(files(), stranger)).toBe(404)
  })

  test('are closed with their grant, and the page says why', async () => {
    const { entitlement_id } = (await rowsOf(world, 'entitlement_grants')).find(
      ({ grant_id }) => grant_id === measured.grant_id,
    ) ?? { entitlement_id: '' }
    await world.client().entitlements.grants.revoke(measured.grant_id, { id: entitlement_id })
    const answer = await visit.get(files())
    expect(answer.headers.get('location')).toMatch(/\/entitlements\?payment=pay_/)
    const page = await textOf(answer.headers.get('location') ?? '')
    expect(page).toContain('Closed by Linden Studio.')
    expect(page).not.toContain('Unpack it into')
  })
})

test('purchases, usage, credits and wallets of somebody else are not there', async () => {
  const [payment] = (await rowsOf(world, 'payments')).filter(({ customer_id }) => customer_id === measured.customer_id)
  const addresses = [
    portal().entitlements(world.business_id, { payment: payment?.payment_id }),
    portal().entitlements(world.business_id, { subscription: measured.subscription_id }),
    portal().licenseKeys(world.business_id, { subscription: measured.subscription_id }),
    portal().licenseKey(world.business_id, measured.license_key_id),
    portal().usageHistory(world.business_id, measured.subscription_id),
    portal().credits(world.business_id, measured.credit_entitlement_id),
    portal().wallet(world.business_id, { currency: 'USD' }),
  ]
  for (const url of addresses) expect([await statusOf(url), await statusOf(url, stranger)], url).toEqual([200, 404])
  for (const odd of ['sub_%00', "x' or 1=1", '']) {
    const url = `${portal().entitlements(world.business_id)}?subscription=${encodeURIComponent(odd)}`
    expect(await statusOf(url), odd).toBe(404)
  }
})
