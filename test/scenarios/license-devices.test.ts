// A license key and its devices: who may activate, how often, and until when.
import { describe, expect, test } from 'vitest'
import { activateLicense } from '#core/licenses/activate-license.ts'
import { deactivateLicense } from '#core/licenses/deactivate-license.ts'
import { validateLicense } from '#core/licenses/validate-license.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { call } from '#test/support/api-calls.ts'
import { buy, download, plan } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
const START = '2026-01-31T09:00:00Z'
const licensed = { license_key_enabled: true, license_key_activations_limit: 2 }

async function keyOf(world: World) {
  const [key] = await rowsOf(world, 'license_keys')
  if (key === undefined) throw new Error('the purchase brought a key')
  return key
}

const valid = (world: World, key: string, instance: string | null = null) =>
  validateLicense(world.modes.test.ctx, key, instance)

describe('a key for two devices', () => {
  test('works on two, is refused on a third until one is given up, and knows its own devices', async () => {
    const world = await newWorld({ startsAt: START })
    await buy(world, download(4900, licensed))
    const { ctx } = world.modes.test
    const { key } = await keyOf(world)
    const first = await activateLicense(ctx, key, 'Studio Mac')
    expect(first).toMatchObject({
      name: 'Studio Mac',
      customer: { name: 'Mara Lindqvist' },
      product: { name: 'Brush pack' },
    })
    const second = await activateLicense(ctx, key, 'Travel laptop')
    await expect(activateLicense(ctx, key, 'Phone')).rejects.toMatchObject({ code: 'LICENSE_KEY_LIMIT_REACHED' })
    expect(await valid(world, key, first.license_key_instance_id)).toBe(true)
    await deactivateLicense(ctx, key, first.license_key_instance_id)
    expect(await valid(world, key, first.license_key_instance_id)).toBe(false)
    expect(await valid(world, key, second.license_key_instance_id)).toBe(true)
    await expect(deactivateLicense(ctx, key, first.license_key_instance_id)).rejects.toMatchObject({ status: 403 })
    await activateLicense(ctx, key, 'Phone')
    expect((await keyOf(world)).instances_count).toBe(2)
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('a device of another key is not its own, and an unknown key is nobody’s', async () => {
    const world = await newWorld({ startsAt: START })
    await buy(world, download(4900, licensed))
    const { ctx } = world.modes.test
    const { key } = await keyOf(world)
    const other = await newWorld({ startsAt: START })
    await buy(other, download(4900, licensed))
    const elsewhere = await activateLicense(ctx, (await keyOf(other)).key, 'Elsewhere')
    expect(await valid(world, key, elsewhere.license_key_instance_id)).toBe(false)
    const stolen = deactivateLicense(ctx, key, elsewhere.license_key_instance_id)
    await expect(stolen).rejects.toMatchObject({ code: 'LICENSE_KEY_NOT_FOUND', status: 403 })
    expect(await valid(world, 'no such key')).toBe(false)
    await expect(activateLicense(ctx, 'no such key', 'X')).rejects.toMatchObject({ status: 404 })
    await expect(deactivateLicense(ctx, 'no such key', 'lki_x')).rejects.toMatchObject({ status: 404 })
  })
})

test('a hundred at once on a limit of five: exactly five devices', async () => {
  const world = await newWorld({ startsAt: START })
  await buy(world, download(4900, { license_key_enabled: true, license_key_activations_limit: 5 }))
  const { key } = await keyOf(world)
  const asked = Array.from({ length: 100 }, (_, n) => activateLicense(world.modes.test.ctx, key, `Device ${n}`))
  const settled = await Promise.allSettled(asked)
  const refused = settled.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[]
  expect(refused).toHaveLength(95)
  expect(new Set(refused.map(({ reason }) => reason.code))).toEqual(new Set(['LICENSE_KEY_LIMIT_REACHED']))
  expect(await rowsOf(world, 'license_key_instances')).toHaveLength(5)
  expect((await keyOf(world)).instances_count).toBe(5)
})

test('activations and deactivations crossing each other keep the count at the devices there are', async () => {
  const world = await newWorld({ startsAt: START })
  await buy(world, download(4900, { license_key_enabled: true, license_key_activations_limit: 3 }))
  const { ctx } = world.modes.test
  const { key } = await keyOf(world)
  const each = async (name: string) => {
    const made = await activateLicense(ctx, key, name).catch(() => undefined)
    if (made !== undefined) await deactivateLicense(ctx, key, made.license_key_instance_id)
  }
  await Promise.all(Array.from({ length: 30 }, (_, n) => each(`Device ${n}`)))
  expect((await keyOf(world)).instances_count).toBe(0)
  expect(await rowsOf(world, 'license_key_instances')).toEqual([])
})

test('a key of a year ends with its year, to the instant, worker or not', async () => {
  const world = await newWorld({ startsAt: START })
  await buy(world, download(4900, { license_key_enabled: true, license_key_duration: { count: 1, interval: 'Year' } }))
  const { key, expires_at } = await keyOf(world)
  // Bought 2026-01-31 09:00 and a moment, for one year.
  expect(expires_at?.toString().slice(0, 16)).toBe('2027-01-31T09:00')
  await world.advanceTo('2027-01-31T09:00:00Z')
  expect(await valid(world, key)).toBe(true)
  expect((await keyOf(world)).status).toBe('active')
  await world.advanceTo('2027-01-31T09:05:00Z')
  expect((await keyOf(world)).status).toBe('expired')
  expect(await valid(world, key)).toBe(false)
  await expect(activateLicense(world.modes.test.ctx, key, 'X')).rejects.toMatchObject({ code: 'INACTIVE_LICENSE_KEY' })
})

test('a key of a subscription that was cancelled works nowhere, and its devices can still be given up', async () => {
  const world = await newWorld({ startsAt: START })
  const { subscription_id } = await buy(world, plan({}, licensed))
  const { ctx } = world.modes.test
  const { key } = await keyOf(world)
  const { license_key_instance_id } = await activateLicense(ctx, key, 'Studio Mac')
  await cancelSubscription(await world.fresh(), subscription_id, { timing: 'now' })
  expect(await valid(world, key, license_key_instance_id)).toBe(false)
  await expect(activateLicense(ctx, key, 'Phone')).rejects.toMatchObject({ code: 'INACTIVE_LICENSE_KEY' })
  await deactivateLicense(ctx, key, license_key_instance_id)
  expect((await keyOf(world)).instances_count).toBe(0)
})

describe('through the door', () => {
  test('no API key is asked for, and a read-only or wrong one does no harm', async () => {
    const world = await newWorld()
    await buy(world, download(4900, licensed))
    const { key } = await keyOf(world)
    for (const apiKey of [null, 'wrong']) {
      const activated = await call(world, '/licenses/activate', {
        key: apiKey,
        json: { license_key: key, name: 'Mac' },
      })
      expect(activated.status).toBe(201)
    }
    const full = await call(world, '/licenses/activate', { key: null, json: { license_key: key, name: 'Mac' } })
    expect([full.status, full.body.code]).toEqual([422, 'LICENSE_KEY_LIMIT_REACHED'])
    const unknown = await call(world, '/licenses/validate', { key: null, json: { license_key: 'nobody’s' } })
    expect([unknown.status, unknown.body]).toEqual([200, { valid: false }])
    const nameless = await call(world, '/licenses/activate', { key: null, json: { license_key: key } })
    expect([nameless.status, nameless.body.code]).toEqual([422, 'INVALID_REQUEST_BODY'])
  })

  test('one key is asked at most ten times a second, from wherever; one address not much more often', async () => {
    const world = await newWorld()
    const ask = (license_key: string, from: string) =>
      call(world, '/licenses/validate', { key: null, json: { license_key }, from })
    const spread = await Promise.all(Array.from({ length: 30 }, (_, n) => ask('one key', `203.0.113.${n}`)))
    expect(spread.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(20)
    expect(spread.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(10)
    const guessing = await Promise.all(Array.from({ length: 50 }, (_, n) => ask(`guess ${n}`, '203.0.113.200')))
    expect(guessing.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(10)
  })
})
