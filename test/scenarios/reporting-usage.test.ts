// Meters and the events they measure, through the published SDK.
import type DodoPayments from 'dodopayments'
import { beforeEach, describe, expect, test } from 'vitest'
import { createCustomer } from '#core/customers/create-customer.ts'
import { call } from '#test/support/api-calls.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World
let client: DodoPayments
let customer_id: string

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  client = world.client()
  const ctx = await world.fresh()
  const mara = { email: 'mara@northwind.example', name: 'Mara Lindqvist', phone_number: null }
  customer_id = (await createCustomer(ctx, mara)).customer_id
})

const calls = { name: 'API calls', event_name: 'api_request', measurement_unit: 'calls' }
const event = (event_id: string, more: object = {}) => ({ event_id, customer_id, event_name: 'api_request', ...more })
const now = async () => (await world.fresh()).clock.now()
const all = async <T>(pages: AsyncIterable<T>) => {
  const items: T[] = []
  for await (const item of pages) items.push(item)
  return items
}

describe('a meter', () => {
  const region = { key: 'region', operator: 'equals', value: 'eu' } as const

  test('is made, read, archived and taken out again', async () => {
    const filter = { conjunction: 'and', clauses: [{ conjunction: 'or', clauses: [region] }] } as const
    const made = await client.meters.create({
      ...calls,
      aggregation: { type: 'sum', key: 'tokens' },
      filter: filter as unknown as DodoPayments.MeterFilter,
    })
    expect(made).toMatchObject({ ...calls, aggregation: { type: 'sum', key: 'tokens' }, filter, description: null })
    expect(await client.meters.retrieve(made.id)).toEqual(made)
    await client.meters.archive(made.id)
    await client.meters.archive(made.id)
    expect(await all(client.meters.list({ page_number: 0 }))).toEqual([])
    expect((await all(client.meters.list({ page_number: 0, archived: true }))).map(({ id }) => id)).toEqual([made.id])
    await client.meters.unarchive(made.id)
    expect((await client.meters.list({ page_number: 0 })).items).toHaveLength(1)
  })

  test.each([
    [{ aggregation: { type: 'sum' } }, 'aggregation.key is required where the type is sum'],
    [{ aggregation: { type: 'median', key: 'n' } }, 'aggregation.type must be one of count, sum, max, last'],
    [{ filter: { conjunction: 'and', clauses: [] } }, undefined],
    [{ filter: { conjunction: 'xor', clauses: [region] } }, undefined],
  ])('that cannot be is refused: %#', async (wrong, message) => {
    const answer = await call(world, '/meters', { json: { ...calls, aggregation: { type: 'count' }, ...wrong } })
    expect([answer.status, answer.body.code]).toEqual([422, 'INVALID_REQUEST_BODY'])
    if (message !== undefined) expect(answer.body.message).toBe(message)
  })

  test('filters three levels deep and no deeper', async () => {
    const nest = (levels: number): object =>
      levels === 1 ? { conjunction: 'and', clauses: [region] } : { conjunction: 'or', clauses: [nest(levels - 1)] }
    const make = (levels: number) =>
      call(world, '/meters', { json: { ...calls, aggregation: { type: 'count' }, filter: nest(levels) } })
    expect((await make(3)).status).toBe(200)
    expect((await make(4)).status).toBe(422)
  })
})

describe('events', () => {
  test('are taken once, whatever comes under their id later', async () => {
    expect(await client.usageEvents.ingest({ events: [event('a'), event('b', { metadata: { n: 1 } })] })).toEqual({
      ingested_count: 2,
    })
    expect(await client.usageEvents.ingest({ events: [event('b', { metadata: { n: 2 } }), event('c')] })).toEqual({
      ingested_count: 1,
    })
    expect(await client.usageEvents.retrieve('b')).toMatchObject({ event_name: 'api_request', metadata: { n: 1 } })
    expect(await rowsOf(world, 'usage_events')).toHaveLength(3)
  })

  test('have any name their sender likes', async () => {
    const name = 'req:7f3a/2026 ü.1'
    await client.usageEvents.ingest({ events: [event(name)] })
    expect((await client.usageEvents.retrieve(name)).event_id).toBe(name)
  })

  test.each<[string, (at: Temporal.Instant) => object[], string]>([
    ['the same id twice', () => [event('a'), event('b'), event('a')], 'The event a is in this request twice'],
    [
      'one of over an hour ago',
      (at) => [event('a'), event('b', { timestamp: at.subtract({ minutes: 61 }).toString() })],
      'The event b is older than one hour',
    ],
    [
      'one of more than five minutes ahead',
      (at) => [event('a'), event('b', { timestamp: at.add({ minutes: 6 }).toString() })],
      'The event b lies more than five minutes ahead',
    ],
    [
      'one of nobody',
      () => [event('a'), event('b', { customer_id: 'cus_nobody' })],
      'The event b names the customer cus_nobody, who is not there',
    ],
  ])('with %s are all refused', async (_, events, message) => {
    const answer = await call(world, '/events/ingest', { json: { events: events(await now()) } })
    expect([answer.status, answer.body]).toEqual([422, { code: 'INVALID_REQUEST_BODY', message }])
    expect(await rowsOf(world, 'usage_events')).toEqual([])
  })

  test('of almost an hour ago and almost five minutes ahead are taken', async () => {
    const at = await now()
    const times = [at.subtract({ minutes: 59 }), at.add({ minutes: 4 })]
    const events = times.map((time, n) => event(`e${n}`, { timestamp: time.toString() }))
    expect((await client.usageEvents.ingest({ events })).ingested_count).toBe(2)
  })

  test('come a thousand at once and megabytes long, and no more', async () => {
    const metadata = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`key_${n}`, 'x'.repeat(400)]))
    const events = Array.from({ length: 1000 }, (_, n) => event(`e${n}`, { metadata }))
    expect(JSON.stringify(events).length).toBeGreaterThan(4_000_000)
    expect((await client.usageEvents.ingest({ events })).ingested_count).toBe(1000)
    const more = await call(world, '/events/ingest', { json: { events: [...events, event('one more')] } })
    expect([more.status, more.body.message]).toEqual([422, 'events must be at most 1000 items long'])
    const body = JSON.stringify({ events, padding: 'x'.repeat(5_000_000) })
    const large = await call(world, '/events/ingest', { body, headers: { 'content-type': 'application/json' } })
    expect([large.status, large.body.message]).toEqual([413, 'The body must be at most 8 MiB'])
  })

  test('are listed by customer, name, time and the meter that measured them', async () => {
    const aggregation = { type: 'count' } as const
    const clauses = [{ key: 'region', operator: 'equals', value: 'eu' }] as const
    const filter = { conjunction: 'and', clauses } as unknown as DodoPayments.MeterFilter
    await client.usageEvents.ingest({ events: [event('early', { metadata: { region: 'eu' } })] })
    const { id: meter_id } = await client.meters.create({ ...calls, aggregation, filter })
    const at = await now()
    const timestamp = at.subtract({ minutes: 30 }).toString()
    await client.usageEvents.ingest({
      events: [
        event('eu', { metadata: { region: 'eu' }, timestamp }),
        event('us', { metadata: { region: 'us' } }),
        event('sign-in', { event_name: 'sign_in' }),
      ],
    })
    const ids = async (query: DodoPayments.UsageEventListParams) =>
      (await client.usageEvents.list({ page_number: 0, ...query })).items.map(({ event_id }) => event_id).sort()
    // A meter counts from its creation: "early" came before.
    expect(await ids({ meter_id })).toEqual(['eu'])
    expect(await ids({ event_name: 'sign_in' })).toEqual(['sign-in'])
    expect(await ids({ customer_id, end: at.subtract({ minutes: 10 }).toString() })).toEqual(['eu'])
    expect(await ids({ customer_id: 'cus_nobody' })).toEqual([])
    await expect(ids({ meter_id, event_name: 'sign_in' })).rejects.toMatchObject({ status: 422 })
    await expect(ids({ meter_id: 'mtr_nobody' })).rejects.toMatchObject({ status: 404 })
  })

  test('reported by two at once are taken once', async () => {
    const events = Array.from({ length: 200 }, (_, n) => event(`e${n}`))
    const counts = await Promise.all(
      [events, events.toReversed(), events].map((batch) => client.usageEvents.ingest({ events: batch })),
    )
    expect(counts.reduce((sum, { ingested_count }) => sum + ingested_count, 0)).toBe(200)
  })
})
