// How values cross between PostgreSQL and us, by the driver and by Kysely.

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { json } from './temporal.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const created_at = Temporal.Instant.from('2026-01-31T23:59:59.123456Z')

async function query<T>(text: string, ...values: unknown[]): Promise<T | undefined> {
  const { rows } = await database.connections.pool('test').pool.query<{ v: T }>(text, values)
  return rows[0]?.v
}

test('an instant comes back as it went, cut to microseconds', async () => {
  const precise = Temporal.Instant.from('2026-01-31T23:59:59.999999999Z')
  const back = await query<Temporal.Instant>('select $1::timestamptz as v', precise)
  expect(back).toBeInstanceOf(Temporal.Instant)
  expect(back?.toString()).toBe('2026-01-31T23:59:59.999999Z')
  const { rows } = await database.connections
    .pool('test')
    .pool.query({ text: 'select $1::timestamptz as v', values: [created_at] })
  expect(created_at.equals(rows[0].v)).toBe(true)
})

test('an instant written by Kysely is found by it', async () => {
  const { db } = database.connections.pool('test')
  const business = { business_id: 'bus_1', name: 'Ada', email: 'ada@example.com', invoice_prefix: 'ADA', created_at }
  await db.insertInto('businesses').values(business).execute()
  const found = await db
    .selectFrom('businesses')
    .selectAll()
    .where('created_at', '=', created_at)
    .where('business_id', '=', 'bus_1')
    .executeTakeFirstOrThrow()
  expect(found.created_at.equals(created_at)).toBe(true)
  expect(found.archived_at).toBeNull()
})

test('the zone of the process and of the session do not matter', async () => {
  const { rows } = await database.connections
    .pool('test')
    .pool.query(`select '2026-03-29 02:30+02'::timestamptz as v, current_setting('TimeZone') as zone`)
  expect([String(rows[0].v), rows[0].zone]).toEqual(['2026-03-29T00:30:00Z', 'UTC'])
})

test('a date is a plain date', async () => {
  const day = Temporal.PlainDate.from('2024-02-29')
  expect(day.equals((await query<Temporal.PlainDate>('select $1::date as v', day)) ?? '')).toBe(true)
})

test('lists of them, with gaps', async () => {
  const instants = await query<(Temporal.Instant | null)[]>('select $1::timestamptz[] as v', [created_at, null])
  expect(instants?.map(String)).toEqual([created_at.toString(), 'null'])
  expect(await query('select $1::int8[] as v', [1, null, 3])).toEqual([1, null, 3])
  expect(String(await query('select $1::date[] as v', [Temporal.PlainDate.from('2026-05-01')]))).toBe('2026-05-01')
})

test('a bigint is a number while it is exact, and refused beyond', async () => {
  expect(await query('select count(*) as v from migrations where name is null')).toBe(0)
  expect(await query('select $1::int8 as v', Number.MAX_SAFE_INTEGER)).toBe(Number.MAX_SAFE_INTEGER)
  await expect(query('select 9007199254740993::int8 as v')).rejects.toThrow(/9007199254740993 is beyond/)
  expect(await query('select 1 as v')).toBe(1)
})

test('a numeric stays the text it is', async () => {
  expect(await query(`select '12345678901234567890.10'::numeric as v`)).toBe('12345678901234567890.10')
})

test('json takes lists, texts and instants', async () => {
  const { db } = database.connections.pool('test')
  const value = ['a', { at: created_at }, null]
  const { rows } = await sql<{ v: unknown }>`select ${json(value)} as v`.execute(db)
  expect(rows[0]?.v).toEqual(['a', { at: created_at.toString() }, null])
})
