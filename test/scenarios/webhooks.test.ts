// Webhooks to a merchant, sent over HTTP to a server of the test's own and read with the published SDK.

import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { updateSubscription } from '#core/subscriptions/update-subscription.ts'
import { resealSecrets } from '#core/unscoped/reseal-secrets.ts'
import { createWebhook } from '#core/webhooks/create-webhook.ts'
import { listDeliveries } from '#core/webhooks/queries.ts'
import { openHeaders, openSecret } from '#core/webhooks/secret.ts'
import { secretsOf } from '#src/secrets.ts'
import { besides } from '#test/support/besides.ts'
import { buy, cards, plan } from '#test/support/buy.ts'
import { createLiveWorld } from '#test/support/live-world.ts'
import { type Received, receive } from '#test/support/receiver.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import { missingKeys } from '#test/support/webhook-messages.ts'
import { createWorld, type World } from '#test/support/world.ts'
import { startWorker } from '#worker/loop.ts'

const { newWorld } = stage()
const BEGIN = { startsAt: '2026-01-31T09:00:00Z' }

let world: World

beforeEach(async () => {
  world = await newWorld(BEGIN)
})

/** Into a database with nobody else, and a wall clock that nobody has pushed. */
async function moveOut() {
  world = await createWorld(BEGIN)
  onTestFinished(world.close)
}

type Client = ReturnType<World['client']>
type Params = Parameters<Client['webhooks']['create']>[0]

async function subscribe(params: Params) {
  const { id } = await world.client().webhooks.create(params)
  const { secret } = await world.client().webhooks.retrieveSecret(id)
  return { id, secret }
}

const read = ({ body, headers }: Received, key: string) =>
  world.client().webhooks.unwrap(body, { headers: headers as Record<string, string>, key })

const deliveriesOf = async (id: string) => listDeliveries(await world.fresh(), id, 100)

describe('a year of a customer', () => {
  test('is told event by event; each message verifies and parses with the SDK and holds what was published', async () => {
    const shop = await receive()
    const { id, secret } = await subscribe({ url: shop.url })
    const bought = await buy(world, plan(), { card: cards.failsLater })
    await world.work()
    await world.advanceTo('2026-03-01T00:00:00Z')
    await world.client().subscriptions.update(bought.subscription_id, { status: 'cancelled' })
    await world.work()
    expect(shop.types().toSorted()).toEqual([
      'payment.failed',
      'payment.succeeded',
      'subscription.active',
      'subscription.cancelled',
      'subscription.on_hold',
      'subscription.renewed',
    ])
    for (const message of shop.received) {
      const event = read(message, secret)
      expect(event.business_id).toBe(world.business_id)
      expect(missingKeys(event), event.type).toEqual([])
      expect(message.headers['content-type']).toBe('application/json')
    }
    const told = shop.received.map((message) => read(message, secret))
    const held = told.find(({ type }) => type === 'subscription.on_hold')
    expect(held).toMatchObject({
      timestamp: expect.stringMatching(/^2026-02-28T/),
      data: { payload_type: 'Subscription', subscription_id: bought.subscription_id, past_due_ends_at: null },
    })
    const failed = told.find(({ type }) => type === 'payment.failed')
    expect(failed?.data).toMatchObject({ payload_type: 'Payment', status: 'failed', total_amount: 3000 })
    expect(new Set(shop.received.map(({ headers }) => headers['webhook-id'])).size).toBe(6)
    expect((await deliveriesOf(id)).every(({ status }) => status === 'succeeded')).toBe(true)
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('is told of a refund, of grace, and of reminders', async () => {
    const shop = await receive()
    await setSettings(await world.fresh(), { grace_period: true, dunning_past_due: true })
    const { secret } = await subscribe({ url: shop.url })
    await buy(world, plan(), { card: cards.failsLater })
    const [payment] = await rowsOf(world, 'payments')
    await world.client().refunds.create({ payment_id: payment?.payment_id ?? '' })
    await world.advanceTo('2026-03-01T00:00:00Z')
    await world.work()
    const told = shop.received.map((message) => read(message, secret))
    for (const event of told) expect(missingKeys(event), event.type).toEqual([])
    const of = (type: string) => told.find((event) => event.type === type)?.data
    expect(of('refund.succeeded')).toMatchObject({ payload_type: 'Refund', amount: 3000, is_partial: false })
    expect(of('subscription.past_due')).toMatchObject({
      status: 'past_due',
      // Three days of grace from the end of the period.
      past_due_ends_at: expect.stringMatching(/^2026-03-03T09:/),
    })
    expect(of('dunning.started')).toMatchObject({ payload_type: 'DunningAttempt', trigger_state: 'past_due' })
  })

  test('is told by the state at delivery, not by that of the event', async () => {
    const shop = await receive()
    const { secret } = await subscribe({ url: shop.url, filter_types: ['subscription.active'] })
    const { subscription_id } = await buy(world)
    await world.client().subscriptions.update(subscription_id, { status: 'cancelled' })
    await world.work()
    expect(shop.received.map((message) => read(message, secret))).toMatchObject([
      { type: 'subscription.active', data: { status: 'cancelled' } },
    ])
  })

  test('reaches those who asked for it, and nobody of another kind', async () => {
    const [all, renewals, off, others] = [await receive(), await receive(), await receive(), await receive()]
    const neighbour = await besides(world, {})
    await neighbour.client().webhooks.create({ url: others.url, filter_types: ['subscription.renewed'] })
    await subscribe({ url: all.url, filter_types: [] })
    await subscribe({ url: renewals.url, filter_types: ['subscription.renewed'], headers: { 'X-Shop': 'linden' } })
    await subscribe({ url: off.url, disabled: true, filter_types: ['subscription.renewed'] })
    const { customer_id } = await buy(world)
    await world.client().customers.customerPortal.create(customer_id, { send_email: true })
    await world.work()
    expect(all.types().toSorted()).toEqual(['payment.succeeded', 'subscription.active', 'subscription.renewed'])
    expect(renewals.types()).toEqual(['subscription.renewed'])
    expect(renewals.received[0]?.headers['x-shop']).toBe('linden')
    expect([off.received, others.received]).toEqual([[], []])
  })
})

describe('an endpoint that does not take a message', () => {
  const waits = ['5s', '5m', '30m', '2h', '5h', '10h', '10h']

  test('gets it eight times under one id, is then disabled, and its owner is told', async () => {
    let answer = 503
    const shop = await receive(() => ({ status: answer, body: 'closed'.repeat(400) }))
    const { id } = await subscribe({ url: shop.url, filter_types: ['payment.succeeded'] })
    await buy(world)
    await world.work()
    for (const wait of waits) {
      const duration = Temporal.Duration.from(`PT${wait.toUpperCase()}`)
      world.advanceWall(duration.subtract({ seconds: 2 }))
      const before = shop.received.length
      await world.work()
      expect(shop.received.length, `too early for ${wait}`).toBe(before)
      world.advanceWall({ seconds: 2 })
      await world.work()
      expect(shop.received.length, wait).toBe(before + 1)
    }
    expect(shop.received.length).toBe(8)
    expect(new Set(shop.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(shop.received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(8)
    const [delivery] = await deliveriesOf(id)
    expect(delivery).toMatchObject({ status: 'failed', attempts: 8, status_code: 503, last_error: 'Answered 503' })
    expect(delivery?.response).toHaveLength(1024)
    expect((await world.client().webhooks.retrieve(id)).disabled).toBe(true)
    await world.work()
    const mails = (await rowsOf(world, 'emails')).filter(({ template }) => template === 'webhook-disabled')
    expect(mails).toMatchObject([{ template: 'webhook-disabled', recipient: world.ctx.business.email, status: 'sent' }])

    answer = 200
    await world.client().webhooks.update(id, { disabled: false })
    await world.client().post(`/portico/webhooks/${id}/replay`, { body: { since: '2026-01-01T00:00:00Z' } })
    await world.work()
    expect(shop.received.length).toBe(9)
    expect((await deliveriesOf(id))[0]).toMatchObject({ status: 'succeeded', attempts: 1, last_error: null })
  })

  test('but takes others in between is not disabled', async () => {
    let first: string | undefined
    const shop = await receive(({ headers }) => {
      first ??= headers['webhook-id'] as string
      return { status: headers['webhook-id'] === first ? 500 : 200 }
    })
    const { id } = await subscribe({ url: shop.url, filter_types: ['payment.succeeded'] })
    await buy(world)
    await world.work()
    world.advanceWall({ minutes: 1 })
    await buy(world, plan(), { email: 'noor@northwind.example' })
    await world.work()
    for (const wait of waits) {
      world.advanceWall(Temporal.Duration.from(`PT${wait.toUpperCase()}`))
      await world.work()
    }
    expect((await deliveriesOf(id)).map(({ status }) => status)).toEqual(['succeeded', 'failed'])
    expect((await world.client().webhooks.retrieve(id)).disabled).toBe(false)
  })

  test('and sends the caller elsewhere is not followed', async () => {
    const elsewhere = await receive()
    const shop = await receive(() => ({ status: 302, headers: { location: elsewhere.url } }))
    const { id } = await subscribe({ url: shop.url, filter_types: ['payment.succeeded'] })
    await buy(world)
    await world.work()
    expect(elsewhere.received).toEqual([])
    expect((await deliveriesOf(id))[0]).toMatchObject({ status: 'pending', status_code: 302 })
  })
})

describe('what was missed', () => {
  test('is sent by a replay since a time, once each; one delivery alone by its id', async () => {
    const shop = await receive()
    const begun = world.ctx.wall.now().toString()
    await buy(world)
    await world.work()
    const { id } = await subscribe({ url: shop.url })
    const replay = (body: object) => world.client().post<{ queued: number }>(`/portico/webhooks/${id}/replay`, { body })
    expect(await replay({ since: begun })).toEqual({ queued: 3 })
    await world.work()
    expect(shop.received.length).toBe(3)
    expect(await replay({ since: begun })).toEqual({ queued: 0 })
    const [delivery] = await deliveriesOf(id)
    expect(await replay({ delivery_id: delivery?.delivery_id })).toEqual({ queued: 1 })
    await world.work()
    expect(shop.received.length).toBe(4)
    expect(shop.received[3]?.headers['webhook-id']).toBe(delivery?.event_id)
    await expect(replay({ delivery_id: 'whd_0NsYeY7Sb4L4rMIxxKSBz' })).rejects.toThrow('no such delivery')
    await expect(replay({})).rejects.toThrow('422')
  })

  test('while it was disabled waits for a replay, and is not sent unasked', async () => {
    const shop = await receive(() => ({ status: 500 }))
    const { id } = await subscribe({ url: shop.url, filter_types: ['payment.succeeded'] })
    const { webhooks } = world.client()
    await buy(world)
    await world.work()
    await webhooks.update(id, { disabled: true })
    const before = shop.received.length
    await buy(world, plan(), { email: 'noor@northwind.example' })
    await world.work()
    await webhooks.update(id, { disabled: false })
    world.advanceWall({ hours: 1 })
    await world.work()
    expect([before > 0, shop.received.length - before]).toEqual([true, 0])
    expect(await deliveriesOf(id)).toMatchObject([{ status: 'failed', last_error: 'The endpoint was disabled' }])
  })
})

test('a secret that is rotated signs beside the new one for a day', async () => {
  // The SDK refuses what was signed in what it takes for the future.
  await moveOut()
  const shop = await receive()
  const { id, secret: old } = await subscribe({ url: shop.url, filter_types: ['payment.succeeded'] })
  const { secret } = await world.client().post<{ secret: string }>(`/portico/webhooks/${id}/rotate-secret`)
  expect((await world.client().webhooks.retrieveSecret(id)).secret).toBe(secret)
  await buy(world)
  await world.work()
  const [message] = shop.received
  if (message === undefined) throw new Error('one message came')
  expect(String(message.headers['webhook-signature']).split(' ')).toHaveLength(2)
  for (const key of [old, secret]) expect(read(message, key).type).toBe('payment.succeeded')
  world.advanceWall({ hours: 24 })
  await buy(world, plan(), { email: 'noor@northwind.example' })
  await world.work()
  expect(String(shop.received[1]?.headers['webhook-signature']).split(' ')).toHaveLength(1)
})

test('a rate limit lets so many out each second, and loses none', async () => {
  const shop = await receive()
  const { id } = await subscribe({ url: shop.url, rate_limit: 2 })
  await buy(world)
  await world.work()
  await world.work()
  world.advanceWall({ seconds: 1 })
  await world.work()
  expect(shop.received.length).toBe(3)
  const sent = await deliveriesOf(id)
  expect(sent.every(({ status }) => status === 'succeeded')).toBe(true)
  // A machine that stalls for a second lets the third one out by itself: what counts is when it was sent.
  const times = sent
    .map(({ first_attempt_at }) => Number(first_attempt_at?.epochMilliseconds))
    .toSorted((a, b) => a - b)
  expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThan(500)
})

test('messages that come by the dozen, from two workers, all arrive, and none is left waiting', async () => {
  const shop = await receive()
  const { id } = await subscribe({ url: shop.url })
  const { subscription_id } = await buy(world)
  const workers = [1, 2].map(() => startWorker(world.modes.test.ctx, world.modes.test.jobs))
  onTestFinished(async () => {
    await Promise.all(workers.map((worker) => worker.stop()))
  })
  for (let n = 0; n < 40; n += 1) {
    await updateSubscription(await world.fresh(), subscription_id, { metadata: { n } })
    if (n % 8 === 0) for (const worker of workers) worker.wake()
  }
  // Three of the purchase.
  const ids = () => new Set(shop.received.map(({ headers }) => headers['webhook-id'])).size
  await expect.poll(ids, { timeout: 20_000 }).toBe(43)
  await expect.poll(async () => (await deliveriesOf(id)).filter(({ status }) => status === 'pending').length).toBe(0)
  expect(shop.received.length).toBe(43)
  expect(await brokenInvariants(world)).toEqual([])
})

test('an endpoint that is deleted while something is on its way there is gone, and nobody minds', async () => {
  let id = ''
  const shop = await receive(() => ({ after: 300 }))
  ;({ id } = await subscribe({ url: shop.url, filter_types: ['payment.succeeded'] }))
  await buy(world)
  const working = world.work()
  await expect.poll(() => shop.received.length, { timeout: 10_000 }).toBe(1)
  await world.client().webhooks.delete(id)
  await working
  expect(await rowsOf(world, 'webhook_deliveries')).toEqual([])
})

test('secrets are encrypted anew by another key, which then opens them alone', async () => {
  // Those of every business.
  await moveOut()
  const shop = await receive()
  const { id, secret } = await subscribe({ url: shop.url, headers: { 'x-token': 'abc' } })
  const [old] = await rowsOf(world, 'webhook_endpoints')
  const before = 'a secret key of the tests, 32 or more characters'
  const rotating = { ...(await world.fresh()), secrets: secretsOf('another key of the tests', 'test', [before]) }
  expect(await resealSecrets(rotating)).toBe(1)
  const [row] = await rowsOf(world, 'webhook_endpoints')
  if (row === undefined) throw new Error('there is a webhook')
  expect(row.secret).not.toBe(old?.secret)
  const alone = { ...(await world.fresh()), secrets: secretsOf('another key of the tests', 'test') }
  expect([row.webhook_id, openSecret(alone, row), openHeaders(alone, row)]).toEqual([id, secret, { 'x-token': 'abc' }])
})

test('in live mode only https addresses outside are taken', async () => {
  const both = await createLiveWorld()
  onTestFinished(both.close)
  for (const url of ['http://shop.example.com/', 'https://127.0.0.1/', 'https://[::1]/']) {
    await expect(createWebhook(both.live.ctx, { url }), url).rejects.toMatchObject({
      code: 'INVALID_REQUEST_PARAMETERS',
    })
  }
  expect(await createWebhook(both.live.ctx, { url: 'https://shop.example.com/' })).toMatchObject({ disabled: false })
})

test('what a webhook knows lies in the database encrypted', async () => {
  const key = 'Bearer of-the-shop-and-nobody-else'
  const { secret } = await subscribe({ url: 'https://shop.example/hooks', headers: { Authorization: key } })
  const lying = JSON.stringify(await rowsOf(world, 'webhook_endpoints'))
  expect(lying).not.toContain(key)
  expect(lying).not.toContain(secret.slice('whsec_'.length))
})
