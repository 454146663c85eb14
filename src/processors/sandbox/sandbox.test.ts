import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeProcessor } from '#processors/contract.ts'
import { expectDeclined, type ProcessorUnderTest } from '#processors/contract-world.ts'
import { card, openSandbox, pageRequest, type SandboxWorld, saveCard } from './sandbox-under-test.ts'
import { isLuhnValid, testCards } from './test-cards.ts'

let world: SandboxWorld
beforeAll(async () => {
  world = await openSandbox()
})
afterAll(() => world.database.drop())

describeProcessor('the sandbox', () => world.newBusiness())

function chargeWith({ business_id, customer }: ProcessorUnderTest, method: string, key = 'renewal') {
  return world.sandbox.processor.charge({
    key,
    business_id,
    customer,
    method,
    amount: 900,
    currency: 'USD',
    description: 'Plan',
    statement_descriptor: null,
  })
}

describe('test cards', () => {
  it('have valid check digits', () => {
    expect(testCards.filter(({ number }) => !isLuhnValid(number))).toEqual([])
    expect(isLuhnValid('4242424242424241')).toBe(false)
  })

  it.each([
    ['4000000000000341', 'GENERIC_DECLINE'],
    ['4000000000009953', 'INSUFFICIENT_FUNDS'],
    ['4000000000000697', 'EXPIRED_CARD'],
    ['4000000000009797', 'STOLEN_CARD'],
  ])('%s is saved, and declined with %s later', async (number, code) => {
    const owner = withCustomer(await world.newBusiness(), 'cus_other')
    const method = await saveCard(world, owner, number, 'setup of another card')
    expectDeclined(await chargeWith(owner, method), code)
  })

  it('a saved card is declined once its month is over', async () => {
    const business = await world.newBusiness()
    const before = world.time.now
    world.time.now = Temporal.Instant.from('2032-06-30T23:59:59Z')
    expect(await chargeWith(business, business.methods.succeeds, 'june')).toMatchObject({ status: 'succeeded' })
    world.time.now = Temporal.Instant.from('2032-07-01T00:00:00Z')
    expectDeclined(await chargeWith(business, business.methods.succeeds, 'july'), 'EXPIRED_CARD')
    world.time.now = before
  })

  it('a card that was entered without being kept cannot be charged later', async () => {
    const business = await world.newBusiness()
    const { processor } = world.sandbox
    const opened = await processor.openPayment({ ...pageRequest(business, 'once'), save_method: false })
    if (opened.status !== 'requires_action') throw new Error(opened.status)
    await world.post(opened.url, card('4242424242424242'))
    const paid = await processor.retrievePayment(business.business_id, 'once')
    if (paid.status !== 'succeeded') throw new Error(paid.status)
    expect(paid.method?.card_last_four).toBe('4242')
    expectDeclined(await chargeWith(business, paid.method?.reference ?? ''), 'INVALID_ACCOUNT')
  })
})

function withCustomer(business: ProcessorUnderTest, customer_id: string): ProcessorUnderTest {
  return { ...business, customer: { ...business.customer, customer_id } }
}

describe('webhooks', () => {
  it('come again after a failure, with back-off and the same event id', async () => {
    const business = await world.newBusiness()
    await business.takeHooks()
    world.endpoint.answer = async () => ({ status: 500 })
    await chargeWith(business, business.methods.succeeds)
    await world.sandbox.deliverPending()
    await world.sandbox.deliverPending()
    expect(world.deliveries).toHaveLength(1)

    world.endpoint.answer = () => Promise.reject(new Error('connection refused'))
    world.time.now = world.time.now.add({ seconds: 15 })
    await world.sandbox.deliverPending()
    expect(world.deliveries).toHaveLength(2)

    world.endpoint.answer = async () => ({ status: 204 })
    world.time.now = world.time.now.add({ seconds: 29 })
    await world.sandbox.deliverPending()
    expect(world.deliveries).toHaveLength(2)
    world.time.now = world.time.now.add({ seconds: 1 })
    await world.sandbox.deliverPending()
    world.time.now = world.time.now.add({ hours: 2 })
    await world.sandbox.deliverPending()
    expect(world.deliveries).toHaveLength(3)
    expect(new Set(world.deliveries.map(({ body }) => body)).size).toBe(1)
  })

  it('are refused when they are older than five minutes', async () => {
    const business = await world.newBusiness()
    await business.takeHooks()
    await chargeWith(business, business.methods.succeeds)
    const [hook] = await business.takeHooks()
    if (hook === undefined) throw new Error('no webhook was sent')
    const sentAt = world.time.now
    world.time.now = sentAt.add({ seconds: 300 })
    expect(await business.processor.readHook(business.business_id, hook)).toHaveLength(1)
    world.time.now = sentAt.add({ seconds: 301 })
    expect(await business.processor.readHook(business.business_id, hook)).toBeUndefined()
    world.time.now = sentAt
  })

  it('go out by themselves while the loop runs, and no more once it is stopped', async () => {
    const business = await world.newBusiness()
    await business.takeHooks()
    world.sandbox.start()
    const arrived = new Promise<void>((resolve) => {
      world.endpoint.answer = async () => {
        resolve()
        return { status: 200 }
      }
    })
    await chargeWith(business, business.methods.succeeds, 'looped')
    await arrived
    await world.sandbox.stop()
    expect(world.deliveries.map(({ body }) => body).join()).toContain('looped')
    const count = world.deliveries.length
    await chargeWith(business, business.methods.succeeds, 'silent')
    await world.sandbox.stop()
    expect(world.deliveries).toHaveLength(count)
  })
})

describe('a process that dies in the middle of a charge', () => {
  it('leaves nothing, answers unknown, and the same key captures once', async () => {
    const business = await world.newBusiness()
    const client = await world.database.connections.connect()
    await client.query('begin; lock table sandbox.hook_events in exclusive mode')
    const interrupted = chargeWith(business, business.methods.succeeds)
    await expect.poll(() => terminateWaiting(client)).toBe(1)
    expect(await interrupted).toMatchObject({ status: 'unknown' })
    await client.query('rollback')
    await client.end()
    expect(await business.processor.retrievePayment(business.business_id, 'renewal')).toEqual({ status: 'never_seen' })
    expect(await business.captures('renewal')).toEqual([])
    expect(await chargeWith(business, business.methods.succeeds)).toMatchObject({ status: 'succeeded' })
    expect(await business.captures('renewal')).toEqual([900])
  })
})

/** Ends the connections that wait for a lock; says how many. */
async function terminateWaiting(
  client: Awaited<ReturnType<SandboxWorld['database']['connections']['connect']>>,
): Promise<number> {
  const { rowCount } = await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rowCount ?? 0
}

it('keeps no card number anywhere', async () => {
  const business = await world.newBusiness()
  const opened = await world.sandbox.processor.openPayment(pageRequest(business, 'numbers'))
  if (opened.status !== 'requires_action') throw new Error(opened.status)
  for (const number of ['4111111111111111', '4000000000009995', '4242424242424242'])
    await world.post(opened.url, card(number))
  const { db } = world
  const tables = await Promise.all([
    db.selectFrom('methods').selectAll().execute(),
    db.selectFrom('tries').selectAll().execute(),
    db.selectFrom('intents').selectAll().where('key', '=', 'numbers').execute(),
  ])
  expect(tables.map((rows) => rows.length > 0)).toEqual([true, true, true])
  expect(JSON.stringify(tables).match(/\d{12,}/g)).toBeNull()
})
