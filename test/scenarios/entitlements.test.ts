// What a subscription unlocks through months: keys and devices stay while the plan grants them, rest on hold, and end with it.
import { beforeEach, describe, expect, test } from 'vitest'
import { createProduct } from '#core/catalog/create-product.ts'
import { createEntitlement } from '#core/entitlements/create-entitlement.ts'
import { followUndo } from '#core/entitlements/follow-undo.ts'
import { activateLicense } from '#core/licenses/activate-license.ts'
import { validateLicense } from '#core/licenses/validate-license.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { pauseSubscription } from '#core/subscriptions/pause-subscription.ts'
import { resumeSubscription } from '#core/subscriptions/resume-subscription.ts'
import { lockSubscription } from '#core/subscriptions/store.ts'
import { updatePaymentMethod } from '#core/subscriptions/update-payment-method.ts'
import { inTransaction } from '#src/context.ts'
import { cards, plan } from '#test/support/buy.ts'
import { change, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World
let suite: string
let extra: string
/** Basic unlocks the suite, Pro the suite and a feature, Solo a key of its own. */
let products: { basic: string; pro: string; solo: string }

const anyKey = {
  activation_message: null,
  activations_limit: 3,
  duration_count: null,
  duration_interval: null,
  fulfillment_mode: 'auto',
} as const

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T09:00:00Z' })
  const ctx = await world.fresh()
  const none = { description: null, metadata: {} }
  const made = async (
    fields: Pick<Parameters<typeof createEntitlement>[1], 'name' | 'integration_type' | 'integration_config'>,
  ) => (await createEntitlement(ctx, { ...none, ...fields })).entitlement_id
  suite = await made({ name: 'Suite', integration_type: 'license_key', integration_config: anyKey })
  const feature = { feature_id: 'exports', feature_type: 'boolean' } as const
  extra = await made({ name: 'Exports', integration_type: 'feature_flag', integration_config: feature })
  const sold = async (name: string, price: number, entitlements: string[], more = {}) =>
    (await createProduct(ctx, { ...plan({ price }), name, entitlements, ...more })).product_id
  products = {
    basic: await sold('Basic', 3000, [suite]),
    pro: await sold('Pro', 8000, [suite, extra]),
    solo: await sold('Solo', 2000, [], { license_key_enabled: true }),
  }
})

/** "Suite Delivered", "Exports Revoked plan_changed": each grant in one line. */
async function grants(): Promise<string[]> {
  const named = await rowsOf(world, 'entitlements')
  return (await rowsOf(world, 'entitlement_grants')).map(({ entitlement_id, status, revocation_reason }) =>
    [named.find((row) => row.entitlement_id === entitlement_id)?.name, status, revocation_reason]
      .filter(Boolean)
      .join(' '),
  )
}

const unlicensed = async () => (await createProduct(await world.fresh(), plan())).product_id
const keys = async () => (await rowsOf(world, 'license_keys')).map(({ status }) => status)
const firstKey = async () => (await rowsOf(world, 'license_keys'))[0]?.key ?? ''
const works = async (instance: string) => validateLicense(world.modes.test.ctx, await firstKey(), instance)

async function told(): Promise<string[]> {
  const events = (await rowsOf(world, 'events')).toSorted((a, b) => (a.event_id < b.event_id ? -1 : 1))
  return events.map(({ type }) => type).filter((type) => /^(entitlement_grant|license_key)/.test(type))
}

test('months of one key: held, paid, paused, resumed, upgraded and cancelled, on the same device', async () => {
  const id = await subscribeTo(world, products.basic)
  expect(await told()).toEqual(['entitlement_grant.created', 'license_key.created', 'entitlement_grant.delivered'])
  await subscribeTo(world, await unlicensed(), { card: cards.failsLater })
  const methods = await rowsOf(world, 'payment_methods')
  const method = (digits: string) =>
    methods.find(({ card_last_four }) => card_last_four === digits)?.payment_method_id ?? ''
  const { license_key_instance_id: device } = await activateLicense(
    world.modes.test.ctx,
    await firstKey(),
    'Studio Mac',
  )
  await updatePaymentMethod(await world.fresh(), id, method('0341'))
  await world.advanceTo('2026-02-01T12:00:00Z')
  expect([await grants(), await works(device)]).toEqual([['Suite Revoked subscription_on_hold'], false])
  await updatePaymentMethod(await world.fresh(), id, method('4242'))
  expect([await grants(), await works(device)]).toEqual([['Suite Delivered'], true])
  await pauseSubscription(await world.fresh(), id)
  expect([await grants(), await works(device)]).toEqual([['Suite Revoked SubscriptionPaused'], false])
  await world.advanceTo('2026-02-10T12:00:00Z')
  await resumeSubscription(await world.fresh(), id)
  await change(world, id, products.pro)
  expect([await grants(), await works(device)]).toEqual([['Suite Delivered', 'Exports Delivered'], true])
  await cancelSubscription(await world.fresh(), id, { timing: 'now' })
  expect((await grants()).map((line) => line.split(' ').at(-1))).toEqual(Array(2).fill('subscription_cancelled'))
  expect([await keys(), await works(device)]).toEqual([['disabled'], false])
  expect(await brokenInvariants(world)).toEqual([])
})

test('held and then cancelled it is revoked once: the end only changes the reason', async () => {
  const id = await subscribeTo(world, products.basic, { card: cards.failsLater })
  await world.advanceTo('2026-02-01T12:00:00Z')
  await cancelSubscription(await world.fresh(), id, { timing: 'now' })
  expect(await grants()).toEqual(['Suite Revoked subscription_cancelled'])
  expect((await told()).slice(3)).toEqual(['entitlement_grant.revoked'])
})

describe('a change of plan', () => {
  test('that unlocks the same keeps key and devices; going back takes only what it brought', async () => {
    const id = await subscribeTo(world, products.basic)
    const device = await activateLicense(world.modes.test.ctx, await firstKey(), 'Studio Mac')
    await change(world, id, products.pro)
    expect(await grants()).toEqual(['Suite Delivered', 'Exports Delivered'])
    expect(await works(device.license_key_instance_id)).toBe(true)
    expect((await rowsOf(world, 'license_keys')).map(({ product_id }) => product_id)).toEqual([products.pro])
    await change(world, id, products.basic)
    expect(await grants()).toEqual(['Suite Delivered', 'Exports Revoked plan_changed'])
    expect(await works(device.license_key_instance_id)).toBe(true)
    expect(await keys()).toEqual(['active'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('that does not, revokes the old key and brings a new one', async () => {
    const id = await subscribeTo(world, products.basic)
    await change(world, id, products.solo)
    expect((await grants()).sort()).toEqual(['Solo Delivered', 'Suite Revoked plan_changed'])
    expect((await keys()).sort()).toEqual(['active', 'disabled'])
    expect((await told()).slice(3)).toEqual([
      'entitlement_grant.revoked',
      'entitlement_grant.created',
      'license_key.created',
      'entitlement_grant.delivered',
    ])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('in seats adds keys, and takes the newest', async () => {
    const id = await subscribeTo(world, products.basic)
    const device = await activateLicense(world.modes.test.ctx, await firstKey(), 'Studio Mac')
    await change(world, id, products.pro, { quantity: 3 })
    expect(await keys()).toEqual(['active', 'active', 'active'])
    expect((await grants()).filter((line) => line.startsWith('Exports'))).toEqual(['Exports Delivered'])
    await change(world, id, products.basic, { quantity: 1 })
    expect(await keys()).toEqual(['active', 'disabled', 'disabled'])
    expect(await works(device.license_key_instance_id)).toBe(true)
  })

  test('that is taken back gives back the very key and its devices', async () => {
    const id = await subscribeTo(world, products.basic)
    const device = await activateLicense(world.modes.test.ctx, await firstKey(), 'Studio Mac')
    const before = await inTransaction(await world.fresh(), (ctx) => lockSubscription(ctx, id))
    const since = (await world.fresh()).clock.now()
    await change(world, id, products.solo)
    expect(await works(device.license_key_instance_id)).toBe(false)
    await inTransaction(await world.fresh(), (ctx) => followUndo(ctx, before, since))
    expect((await grants()).sort()).toEqual(['Solo Revoked plan_changed', 'Suite Delivered'])
    expect(await works(device.license_key_instance_id)).toBe(true)
  })
})
