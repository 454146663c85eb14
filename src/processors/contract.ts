// What every payment processor must do, as tests. An adapter's own test file hands in the processor and a few hands to play the person.
import { describe, expect, it } from 'vitest'
import {
  chargeOf,
  expectDeclined,
  type ProcessorUnderTest,
  pageOf,
  referenceOf,
  refundOf,
  urlOf,
} from './contract-world.ts'

type Make = () => Promise<ProcessorUnderTest>

export function describeProcessor(name: string, make: Make): void {
  describe(`${name} keeps the port's promises`, () => {
    describe('charges', () => charges(make))
    describe('charges that get no answer', () => unansweredCharges(make))
    describe('businesses', () => businesses(make))
    describe('hosted pages', () => hostedPages(make))
    describe('what a page may take', () => allowedTypes(make))
    describe('the bank, asked in any case', () => challenges(make))
    describe('statements', () => statements(make))
    describe('saved methods', () => savedMethods(make))
    describe('refunds', () => refunds(make))
    describe('webhooks', () => webhooks(make))
  })
}

function charges(make: Make): void {
  it('captures once for a key that is charged twice, and answers the same', async () => {
    const world = await make()
    const first = await world.processor.charge(chargeOf(world, 'k1'))
    expect(first).toMatchObject({ status: 'succeeded', method: { reference: world.methods.succeeds } })
    expect(await world.processor.charge(chargeOf(world, 'k1'))).toEqual(first)
    expect(await world.processor.retrievePayment(world.business_id, 'k1')).toEqual(first)
    expect(await world.captures('k1')).toEqual([1200])
  })

  it('captures once for a key that is charged eight times at once', async () => {
    const world = await make()
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => world.processor.charge(chargeOf(world, 'k1'))))
    expect(new Set(outcomes.map(referenceOf)).size).toBe(1)
    expect(await world.captures('k1')).toEqual([1200])
  })

  it('refuses a key that stands for another amount or currency', async () => {
    const world = await make()
    await world.processor.charge(chargeOf(world, 'k1'))
    await expect(world.processor.charge({ ...chargeOf(world, 'k1'), amount: 1300 })).rejects.toThrow('k1')
    await expect(world.processor.charge({ ...chargeOf(world, 'k1'), currency: 'CHF' })).rejects.toThrow('k1')
    expect(await world.captures('k1')).toEqual([1200])
  })

  it('declines with a code of the API, for good under that key', async () => {
    const world = await make()
    const request = { ...chargeOf(world, 'k1'), method: world.methods.declines }
    const declined = await world.processor.charge(request)
    expectDeclined(declined)
    expect(await world.processor.charge(request)).toEqual(declined)
    expect(await world.processor.retrievePayment(world.business_id, 'k1')).toEqual(declined)
    expect(await world.captures('k1')).toEqual([])
  })

  it('charges from its minimum on, and not below', async () => {
    const world = await make()
    const minimum = world.processor.minimumAmount(world.currency)
    expect(Number.isSafeInteger(minimum) && minimum >= 0).toBe(true)
    expect(await world.processor.charge({ ...chargeOf(world, 'k1'), amount: minimum || 1 })).toMatchObject({
      status: 'succeeded',
    })
    if (minimum > 1) expectDeclined(await world.processor.charge({ ...chargeOf(world, 'k2'), amount: minimum - 1 }))
  })
}

function unansweredCharges(make: Make): void {
  it('answers unknown on a time-out that took the money, and tells when asked', async () => {
    const world = await make()
    const request = { ...chargeOf(world, 'k1'), method: world.methods.timesOutCaptured }
    expect(await world.processor.charge(request)).toMatchObject({ status: 'unknown' })
    expect(await world.processor.retrievePayment(world.business_id, 'k1')).toMatchObject({ status: 'succeeded' })
    expect(await world.processor.charge(request)).toMatchObject({ status: 'succeeded' })
    expect(await world.captures('k1')).toEqual([1200])
  })

  it('answers unknown on a request that got lost, never saw it, and takes it the second time', async () => {
    const world = await make()
    const request = { ...chargeOf(world, 'k1'), method: world.methods.timesOutLost }
    expect(await world.processor.charge(request)).toMatchObject({ status: 'unknown' })
    expect(await world.processor.retrievePayment(world.business_id, 'k1')).toEqual({ status: 'never_seen' })
    expect(await world.captures('k1')).toEqual([])
    expect(await world.processor.charge(request)).toMatchObject({ status: 'succeeded' })
    expect(await world.captures('k1')).toEqual([1200])
  })
}

function businesses(make: Make): void {
  it('knows a key only for the business that used it', async () => {
    const [world, other] = [await make(), await make()]
    await world.processor.charge(chargeOf(world, 'k1'))
    const { processor } = other
    expect(await processor.retrievePayment(other.business_id, 'k1')).toEqual({ status: 'never_seen' })
    expect(await processor.closePayment(other.business_id, 'k1')).toEqual({ status: 'never_seen' })
    expect(await processor.retrieveSetup(other.business_id, 'k1')).toEqual({ status: 'never_seen' })
    expect(await processor.retrieveRefund(other.business_id, 'k1')).toEqual({ status: 'never_seen' })
    expect(await processor.retrieveDispute(other.business_id, 'k1')).toEqual({ status: 'never_seen' })
    expectDeclined(await processor.charge({ ...chargeOf(other, 'k1'), method: world.methods.succeeds }))
  })
}

function hostedPages(make: Make): void {
  it('opens one page for a key, and takes the money once', async () => {
    const world = await make()
    const url = urlOf(await world.processor.openPayment(pageOf(world, 'p1')))
    expect(urlOf(await world.processor.openPayment(pageOf(world, 'p1')))).toBe(url)
    expect(urlOf(await world.processor.retrievePayment(world.business_id, 'p1'))).toBe(url)
    await Promise.all([world.pay(url), world.pay(url), world.pay(url)])
    const paid = await world.processor.retrievePayment(world.business_id, 'p1')
    expect(paid).toMatchObject({ status: 'succeeded', method: { type: 'card' } })
    expect(await world.processor.openPayment(pageOf(world, 'p1'))).toEqual(paid)
    expect(await world.captures('p1')).toEqual([1200])
  })

  it('refuses to open a key for another amount', async () => {
    const world = await make()
    await world.processor.openPayment(pageOf(world, 'p1'))
    await expect(world.processor.openPayment({ ...pageOf(world, 'p1'), amount: 1300 })).rejects.toThrow('p1')
  })

  it('never takes money on a page that was closed', async () => {
    const world = await make()
    const url = urlOf(await world.processor.openPayment(pageOf(world, 'p1')))
    expectDeclined(await world.processor.closePayment(world.business_id, 'p1'))
    await world.pay(url)
    expectDeclined(await world.processor.retrievePayment(world.business_id, 'p1'))
    expect(await world.captures('p1')).toEqual([])
  })

  it('never closes a page that was paid', async () => {
    const world = await make()
    await world.pay(urlOf(await world.processor.openPayment(pageOf(world, 'p1'))))
    expect(await world.processor.closePayment(world.business_id, 'p1')).toMatchObject({ status: 'succeeded' })
    expect(await world.captures('p1')).toEqual([1200])
  })

  it('lets either the payment or the closing win, never both', async () => {
    const world = await make()
    for (const key of ['p1', 'p2', 'p3', 'p4', 'p5', 'p6']) {
      const url = urlOf(await world.processor.openPayment(pageOf(world, key)))
      const [, closed] = await Promise.all([world.pay(url), world.processor.closePayment(world.business_id, key)])
      expect(await world.processor.retrievePayment(world.business_id, key)).toEqual(closed)
      expect(await world.captures(key)).toEqual(closed.status === 'succeeded' ? [1200] : [])
    }
  })
}

function allowedTypes(make: Make): void {
  it('offers cards where it works, and no less before the country of the payer is known', async () => {
    const { processor, currency, customer } = await make()
    const known = processor.offers({ currency, country: customer.country })
    expect(known).toEqual(expect.arrayContaining(['credit', 'debit']))
    expect(processor.offers({ currency, country: null })).toEqual(expect.arrayContaining([...known]))
  })

  it.each([
    ['debit', 'credit'],
    ['credit', 'debit'],
  ] as const)('takes a %s card where no other is allowed, and no %s card', async (allowed, other) => {
    const world = await make()
    // What it does not have is not offered, and no reason to refuse.
    const url = urlOf(
      await world.processor.openPayment({ ...pageOf(world, 'p1'), allowed_types: [allowed, 'satispay'] }),
    )
    await world.pay(url, other)
    expect(await world.processor.retrievePayment(world.business_id, 'p1')).toMatchObject({ status: 'requires_action' })
    expect(await world.captures('p1')).toEqual([])
    await world.pay(url, allowed)
    const paid = { status: 'succeeded', method: { type: 'card', card_type: allowed } }
    expect(await world.processor.retrievePayment(world.business_id, 'p1')).toMatchObject(paid)
    expect(await world.captures('p1')).toEqual([1200])
  })

  it('saves no card of a kind that is not allowed', async () => {
    const world = await make()
    const request = { ...pageOf(world, 's1'), amount: 0, allowed_types: ['debit'] }
    const url = urlOf(await world.processor.openSetup(request))
    await world.pay(url, 'credit')
    expect(await world.processor.retrieveSetup(world.business_id, 's1')).toMatchObject({ status: 'requires_action' })
    await world.pay(url, 'debit')
    const saved = await world.processor.retrieveSetup(world.business_id, 's1')
    expect(saved).toMatchObject({ status: 'succeeded', method: { card_type: 'debit' } })
  })

  it('opens no page on which nothing could be entered', async () => {
    const world = await make()
    const request = { ...pageOf(world, 'p1'), allowed_types: ['seven_eleven'] }
    expectDeclined(await world.processor.openPayment(request), 'PAYMENT_METHOD_UNSUPPORTED')
    expectDeclined(await world.processor.openSetup({ ...request, key: 's1', amount: 0 }), 'PAYMENT_METHOD_UNSUPPORTED')
    expect(await world.captures('p1')).toEqual([])
  })
}

function challenges(make: Make): void {
  it('takes no money on a page before the holder has approved, though the card asks for nothing', async () => {
    const world = await make()
    const retrieve = () => world.processor.retrievePayment(world.business_id, 'p1')
    const url = urlOf(await world.processor.openPayment({ ...pageOf(world, 'p1'), challenge: true }))
    await world.pay(url)
    expect([(await retrieve()).status, await world.captures('p1')]).toEqual(['requires_action', []])
    await world.answerBank(url, false)
    expect([(await retrieve()).status, await world.captures('p1')]).toEqual(['requires_action', []])
    await world.pay(url)
    await world.answerBank(url, true)
    expect([(await retrieve()).status, await world.captures('p1')]).toEqual(['succeeded', [1200]])
  })

  it('saves no method before the holder has approved', async () => {
    const world = await make()
    const retrieve = () => world.processor.retrieveSetup(world.business_id, 's1')
    const url = urlOf(await world.processor.openSetup({ ...pageOf(world, 's1'), amount: 0, challenge: true }))
    await world.pay(url)
    expect((await retrieve()).status).toBe('requires_action')
    await world.answerBank(url, true)
    expect((await retrieve()).status).toBe('succeeded')
  })

  it('asks the holder of a saved card who is there, and nobody who is not', async () => {
    const world = await make()
    const { processor, business_id } = world
    const present = { return_url: 'https://linden.example/done', business_name: 'Linden Studio', challenge: true }
    const url = urlOf(await processor.charge({ ...chargeOf(world, 'k1'), present }))
    expect(await world.captures('k1')).toEqual([])
    await world.answerBank(url, true)
    expect(await processor.retrievePayment(business_id, 'k1')).toMatchObject({ status: 'succeeded' })
    expect(await world.captures('k1')).toEqual([1200])
    const refused = urlOf(await processor.charge({ ...chargeOf(world, 'k2'), present }))
    await world.answerBank(refused, false)
    expectDeclined(await processor.retrievePayment(business_id, 'k2'))
    expect(await processor.charge(chargeOf(world, 'k3'))).toMatchObject({ status: 'succeeded' })
  })
}

function statements(make: Make): void {
  it('prints what it was told, and its own words where it was told none', async () => {
    const world = await make()
    const statement_descriptor = 'LINDEN PENCILS'
    await world.processor.charge({ ...chargeOf(world, 'k1'), statement_descriptor })
    await world.processor.openPayment({ ...pageOf(world, 'p1'), statement_descriptor })
    await world.processor.charge(chargeOf(world, 'k2'))
    if (world.statement === undefined) return
    expect(await world.statement('k1')).toBe(statement_descriptor)
    expect(await world.statement('p1')).toBe(statement_descriptor)
    expect(await world.statement('k2')).not.toBe(statement_descriptor)
  })
}

function savedMethods(make: Make): void {
  it('saves a method on a set-up page, charges it later, and no longer once it is removed', async () => {
    const world = await make()
    const { processor, business_id } = world
    await world.pay(urlOf(await processor.openSetup({ ...pageOf(world, 's1'), amount: 0 })))
    const setup = await processor.retrieveSetup(business_id, 's1')
    if (setup.status !== 'succeeded') throw new Error(`the set-up is ${setup.status}`)
    expect(setup.method.card_last_four).toMatch(/^\d{4}$/)
    expect(await world.captures('s1')).toEqual([])

    const request = { ...chargeOf(world, 'k1'), method: setup.method.reference }
    expect(await processor.charge(request)).toMatchObject({ status: 'succeeded' })
    await processor.removeMethod(business_id, setup.method.reference)
    await processor.removeMethod(business_id, setup.method.reference)
    expectDeclined(await processor.charge({ ...request, key: 'k2' }))
  })

  it('charges nothing of a customer it was told to forget, however often it was told', async () => {
    const world = await make()
    const { processor, business_id } = world
    expect(await processor.charge(chargeOf(world, 'k1'))).toMatchObject({ status: 'succeeded' })
    for (const id of [world.customer.customer_id, world.customer.customer_id, 'cus_nobody']) {
      await processor.forgetCustomer(business_id, id)
    }
    expectDeclined(await processor.charge(chargeOf(world, 'k2')))
    expect(await processor.retrievePayment(business_id, 'k1')).toMatchObject({ status: 'succeeded' })
  })

  it('never saves a method on a set-up page that was closed, and never closes one that was finished', async () => {
    const world = await make()
    const { processor, business_id } = world
    const url = urlOf(await processor.openSetup({ ...pageOf(world, 's1'), amount: 0 }))
    expectDeclined(await processor.closeSetup(business_id, 's1'), 'CUSTOMER_CANCELLED')
    await world.pay(url)
    expectDeclined(await processor.retrieveSetup(business_id, 's1'))
    await world.pay(urlOf(await processor.openSetup({ ...pageOf(world, 's2'), amount: 0 })))
    expect(await processor.closeSetup(business_id, 's2')).toMatchObject({ status: 'succeeded' })
    expect(await processor.closeSetup(business_id, 'nobody')).toEqual({ status: 'never_seen' })
  })

  it('closes only what was meant: a page that pays is no set-up, nor the other way round', async () => {
    const world = await make()
    const { processor, business_id } = world
    await processor.openPayment(pageOf(world, 'p1'))
    await processor.openSetup({ ...pageOf(world, 's1'), amount: 0 })
    expect(await processor.closeSetup(business_id, 'p1')).toEqual({ status: 'never_seen' })
    expect(await processor.closePayment(business_id, 's1')).toEqual({ status: 'never_seen' })
    expect(await processor.retrievePayment(business_id, 'p1')).toMatchObject({ status: 'requires_action' })
    expect(await processor.retrieveSetup(business_id, 's1')).toMatchObject({ status: 'requires_action' })
  })

  it('knows the same card again, if it tells fingerprints at all', async () => {
    const world = await make()
    const { processor, business_id } = world
    const saved = []
    for (const key of ['s1', 's2']) {
      await world.pay(urlOf(await processor.openSetup({ ...pageOf(world, key), amount: 0 })))
      const setup = await processor.retrieveSetup(business_id, key)
      if (setup.status !== 'succeeded') throw new Error(`the set-up is ${setup.status}`)
      saved.push(setup.method)
    }
    expect(saved[0]?.fingerprint).toBe(saved[1]?.fingerprint)
    expect(String(saved[0]?.fingerprint)).not.toMatch(/\d{12}/)
  })

  it('charges a method only for the customer who saved it', async () => {
    const world = await make()
    const customer = { ...world.customer, customer_id: 'cus_somebody_else' }
    expectDeclined(await world.processor.charge({ ...chargeOf(world, 'k1'), customer }))
  })
}

function refunds(make: Make): void {
  it('refunds in parts up to what was captured, and not above', async () => {
    const world = await make()
    const { processor } = world
    const payment = referenceOf(await processor.charge(chargeOf(world, 'k1')))
    expect(await processor.refund(refundOf(world, 'r1', payment, 500))).toMatchObject({ status: 'succeeded' })
    expect(await processor.refund(refundOf(world, 'r2', payment, 701))).toMatchObject({ status: 'declined' })
    expect(await processor.refund(refundOf(world, 'r3', payment, 700))).toMatchObject({ status: 'succeeded' })
    expect(await processor.refund(refundOf(world, 'r4', payment, 1))).toMatchObject({ status: 'declined' })
  })

  it('pays back once for a key, however often it is asked', async () => {
    const world = await make()
    const { processor, business_id } = world
    const payment = referenceOf(await processor.charge(chargeOf(world, 'k1')))
    const request = refundOf(world, 'r1', payment, 700)
    const [first, ...rest] = await Promise.all([1, 2, 3, 4].map(() => processor.refund(request)))
    expect(first).toMatchObject({ status: 'succeeded' })
    for (const again of rest) expect(again).toEqual(first)
    expect(await processor.retrieveRefund(business_id, 'r1')).toEqual(first)
    await expect(processor.refund({ ...request, amount: 600 })).rejects.toThrow('r1')
    expect(await processor.refund(refundOf(world, 'r2', payment, 500))).toMatchObject({ status: 'succeeded' })
  })

  it('lets one of two whole refunds at once succeed', async () => {
    const world = await make()
    const payment = referenceOf(await world.processor.charge(chargeOf(world, 'k1')))
    const outcomes = await Promise.all(
      ['r1', 'r2'].map((key) => world.processor.refund(refundOf(world, key, payment, 1200))),
    )
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['declined', 'succeeded'])
  })
}

function webhooks(make: Make): void {
  it('tells of payments, set-ups and refunds by kind and key', async () => {
    const world = await make()
    const { processor, business_id } = world
    await world.takeHooks()
    const payment = referenceOf(await processor.charge(chargeOf(world, 'k1')))
    await processor.refund(refundOf(world, 'r1', payment, 100))
    await world.pay(urlOf(await processor.openSetup({ ...pageOf(world, 's1'), amount: 0 })))
    const hooks = await world.takeHooks()
    const events = (await Promise.all(hooks.map((hook) => processor.readHook(business_id, hook)))).flatMap(
      (read) => read ?? [],
    )
    const told = events.map(({ kind, key }) => `${kind} ${key}`)
    expect(told).toEqual(expect.arrayContaining(['payment k1', 'refund r1', 'setup s1']))
    expect(new Set(events.map(({ event_id }) => event_id)).size).toBe(events.length)
  })

  it('refuses a webhook that is altered, unsigned or meant for another business', async () => {
    const world = await make()
    const { processor, business_id } = world
    await world.takeHooks()
    await processor.charge(chargeOf(world, 'k1'))
    const [hook] = await world.takeHooks()
    if (hook === undefined) throw new Error('no webhook was sent')
    expect(await processor.readHook(business_id, hook)).toHaveLength(1)
    expect(await processor.readHook(business_id, { ...hook, body: hook.body.replace('k1', 'k2') })).toBeUndefined()
    expect(await processor.readHook(business_id, { ...hook, headers: new Headers() })).toBeUndefined()
    expect(await processor.readHook('bus_another', hook)).toBeUndefined()
  })
}
