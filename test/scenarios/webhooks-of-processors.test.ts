import { beforeEach, expect, test } from 'vitest'
import { renewSubscription } from '#core/subscriptions/renew-subscription.ts'
import { signHook } from '#processors/sandbox/hooks.ts'
import { buy, cards, payCheckout, plan, post } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, checkoutOf, rowsOf, skipTo, stateOf, withProcessor } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-31T09:00:00Z' })
})

const event = (key: string, kind: 'payment' | 'refund' | 'setup' = 'payment', event_id = `evt-${key}-${kind}`) => ({
  event_id,
  kind,
  key,
})

/** Sends a webhook the sandbox might send; what is changed makes it a forgery. */
async function send(
  told: ReturnType<typeof event>,
  change: { business_id?: string; body?: string; headers?: Record<string, string>; ago?: number } = {},
) {
  const { business_id = world.business_id, ago = 0 } = change
  const secret = world.modes.test.ctx.secrets.derive('sandbox_hooks')
  const now = world.modes.test.ctx.wall.now().subtract({ seconds: ago })
  const { headers, body } = signHook(secret, world.business_id, told, now)
  return world.app.request(world.urls.hook('sandbox', business_id), {
    method: 'POST',
    headers: { ...headers, ...change.headers },
    body: change.body ?? body,
  })
}

/** A renewal whose direct answer was lost: the money is taken, only a webhook can tell. */
async function unanswered(): Promise<string> {
  const { subscription_id } = await buy(world, plan(), { card: cards.good })
  await skipTo(world, '2026-02-28T10:00:00Z')
  const ctx = await withProcessor(world, (real) => ({
    charge: async (request) => {
      await real.charge(request)
      throw new Error('cut off')
    },
  }))
  await renewSubscription(ctx, subscription_id)
  return subscription_id
}

const lastKey = async () => (await rowsOf(world, 'payments')).at(-1)?.processor_key ?? ''

test('it may come before the direct answer', async () => {
  const { subscription_id } = await buy(world, plan(), { card: cards.good })
  await skipTo(world, '2026-02-28T10:00:00Z')
  const ctx = await withProcessor(world, (real) => ({
    charge: async (request) => {
      const outcome = await real.charge(request)
      await world.modes.test.sandbox?.deliverPending()
      await world.work()
      return outcome
    },
  }))
  await renewSubscription(ctx, subscription_id)
  expect(await stateOf(world, subscription_id)).toBe('active until 2026-03-31')
  expect((await capturesOf(world)).length).toBe(2)
  expect(await brokenInvariants(world)).toEqual([])
})

test('it may come late, twice, and a thousand times', async () => {
  const subscription_id = await unanswered()
  const key = await lastKey()
  expect((await send(event(key))).status).toBe(200)
  await world.work()
  expect(await stateOf(world, subscription_id)).toBe('active until 2026-03-31')
  const events = (await rowsOf(world, 'events')).length
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, n) => send(event(key, 'payment', n % 2 === 0 ? 'the same' : `another ${n}`))),
  )
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  await world.work()
  expect((await rowsOf(world, 'events')).length).toBe(events)
  expect((await rowsOf(world, 'processor_events')).every(({ read_at }) => read_at !== null)).toBe(true)
  expect(await brokenInvariants(world)).toEqual([])
})

test('those of a later attempt may come before those of an earlier one', async () => {
  const { checkout_id } = await checkoutOf(world, [{ product: plan() }])
  await payCheckout(world, checkout_id, { card: cards.declined })
  await payCheckout(world, checkout_id, { card: cards.good })
  const [first, second] = await rowsOf(world, 'payments')
  await send(event(second?.processor_key ?? ''))
  await world.work()
  await send(event(first?.processor_key ?? ''))
  await world.work()
  expect((await rowsOf(world, 'payments')).map(({ status }) => status)).toEqual(['failed', 'succeeded'])
  expect(await brokenInvariants(world)).toEqual([])
})

test('it alone completes a checkout whose buyer never came back', async () => {
  const { checkout_id } = await checkoutOf(world, [{ product: plan() }])
  const buyer = { email: 'mara@northwind.example', name: 'Mara', country: 'SE' }
  const page = (await post(world, world.urls.checkout(checkout_id), buyer)).headers.get('location') ?? ''
  await post(world, page, { number: cards.good, expiry: '12/34', cvc: '123', name: 'Mara' })
  await world.modes.test.sandbox?.deliverPending()
  await world.work()
  expect((await rowsOf(world, 'subscriptions')).map(({ status }) => status)).toEqual(['active'])
  expect(await brokenInvariants(world)).toEqual([])
})

test('for a key nobody made it is taken, read and forgotten', async () => {
  for (const kind of ['payment', 'refund', 'setup'] as const) {
    expect((await send(event('ptc_nobody', kind))).status).toBe(200)
  }
  await world.work()
  expect((await rowsOf(world, 'processor_events')).map(({ read_at }) => read_at === null)).toEqual(Array(3).fill(false))
})

test('a forged or stale one is refused, and nothing is kept of it', async () => {
  const subscription_id = await unanswered()
  const told = event(await lastKey())
  const refused = await Promise.all([
    send(told, { headers: { 'sandbox-signature': 'v1=00' } }),
    send(told, { headers: { 'sandbox-signature': '' } }),
    send(told, { headers: { 'sandbox-timestamp': '0' } }),
    send(told, { headers: { 'sandbox-timestamp': 'NaN' } }),
    send(told, { body: JSON.stringify(event('ptc_other')) }),
    send(told, { body: '' }),
    send(told, { ago: 301 }),
    send(told, { ago: -301 }),
  ])
  expect(refused.map(({ status }) => status)).toEqual(Array(8).fill(401))
  await world.work()
  expect(await rowsOf(world, 'processor_events')).toEqual([])
  expect(await stateOf(world, subscription_id)).toBe('active until 2026-02-28')
})

test('one that was signed for another business, or for no business or processor, leads nowhere', async () => {
  const told = event('ptc_any')
  expect((await send(told, { business_id: 'bus_000000000000000000000' })).status).toBe(404)
  const { business_id } = (await world.fresh()).business
  const answer = await world.app.request(world.urls.hook('stripe', business_id), { method: 'POST', body: '{}' })
  expect(answer.status).toBe(404)
  const huge = await send(told, { body: 'x'.repeat(300_000) })
  expect(huge.status).toBe(413)
})
