import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { quietLog, runOnServer } from '#test/support/server-commands.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from './connect.ts'
import { listen, notify } from './listen.ts'
import { isLostConnection } from './lost-connection.ts'
import { StartupError } from './startup-error.ts'
import { json } from './temporal.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const created_at = Temporal.Instant.from('2026-01-31T23:59:59.123456Z')

async function addBusiness(mode: 'test' | 'live', business_id: string): Promise<void> {
  const row = { business_id, name: 'Ada', email: 'ada@example.com', invoice_prefix: 'ADA', created_at }
  await database.connections.pool(mode).db.insertInto('businesses').values(row).execute()
}

describe('the modes', () => {
  test('share the accounts and nothing else', async () => {
    const { connections } = database
    await addBusiness('test', 'bus_shared')
    const customer = { business_id: 'bus_shared', customer_id: 'cus_1', email: ' Ada@Example.com ', name: 'Ada', created_at, updated_at: created_at }
    await connections.pool('test').db.insertInto('customers').values(customer).execute()
    expect(await connections.pool('live').db.selectFrom('businesses').select('name').execute()).toEqual([{ name: 'Ada' }])
    expect(await connections.pool('live').db.selectFrom('customers').selectAll().execute()).toEqual([])
    expect(await connections.pool('test').db.selectFrom('customers').select('email_key').execute()).toEqual([{ email_key: 'ada@example.com' }])
  })

  test.each([
    ['test', 'live.customers'],
    ['live', 'test.customers'],
    ['sandbox', 'test.customers'],
    ['sandbox', 'accounts.businesses'],
    ['test', 'sandbox.captures'],
  ] as const)('the %s pool may not touch %s', async (schema, table) => {
    const { pool } = database.connections.pool(schema as 'test')
    await expect(pool.query(`select * from ${table}`)).rejects.toThrow(/permission denied for schema/)
    await expect(pool.query(`delete from ${table}`)).rejects.toThrow(/permission denied for schema/)
  })

  test('work without roles where the user may not create any', async () => {
    const name = `plain_${randomBytes(4).toString('hex')}`
    const url = new URL(database.url)
    await runOnServer(database.url, `create role ${name} login password 'plain'`, `grant usage on schema test, accounts to ${name}`, `grant select on all tables in schema test to ${name}`)
    Object.assign(url, { username: name, password: 'plain' })
    const plain = await openDatabase({ databaseUrl: url.href, role: 'command', log: quietLog })
    expect(plain.roles).toEqual({})
    expect((await plain.pool('test').pool.query('select current_user::text as name, count(*) from customers')).rows).toEqual([{ name, count: 1 }])
    await plain.close()
    await runOnServer(database.url, `drop owned by ${name}`, `drop role ${name}`)
  })
})

describe('values', () => {
  const query = async <T>(text: string, ...values: unknown[]) => (await database.connections.pool('test').pool.query<{ v: T }>(text, values)).rows[0]?.v

  test('an instant comes back as it went, cut to microseconds', async () => {
    const precise = Temporal.Instant.from('2026-01-31T23:59:59.999999999Z')
    const back = await query<Temporal.Instant>('select $1::timestamptz as v', precise)
    expect(back).toBeInstanceOf(Temporal.Instant)
    expect(back?.toString()).toBe('2026-01-31T23:59:59.999999Z')
    const { rows } = await database.connections.pool('test').pool.query({ text: 'select $1::timestamptz as v', values: [created_at] })
    expect(created_at.equals(rows[0].v)).toBe(true)
  })

  test('an instant written by Kysely is found by it', async () => {
    await addBusiness('test', 'bus_instant')
    const { db } = database.connections.pool('test')
    const found = await db.selectFrom('businesses').selectAll().where('created_at', '=', created_at).where('business_id', '=', 'bus_instant').executeTakeFirstOrThrow()
    expect(found.created_at.equals(created_at)).toBe(true)
    expect(found.archived_at).toBeNull()
  })

  test('the zone of the process and of the session do not matter', async () => {
    const { rows } = await database.connections.pool('test').pool.query(`select '2026-03-29 02:30+02'::timestamptz as v, current_setting('TimeZone') as zone`)
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
})

describe('a database that goes away', () => {
  test('fails the query that runs, not the process, and the next one finds it again', async () => {
    const { pool } = database.connections.pool('test')
    await Promise.all([pool.query('select 1'), pool.query('select 1')])
    const running = pool.query('select pg_sleep(30)').catch((error: unknown) => error)
    await sleep(100)
    await runOnServer(database.url, `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'portico test' and datname = current_database()`)
    expect(isLostConnection(await running)).toBe(true)
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  test.each([
    ['postgresql://ada:s3cret@127.0.0.1:1/none', /No PostgreSQL answers at 127\.0\.0\.1:1 \(ECONNREFUSED\): start it, or correct DATABASE_URL\./],
    ['mysql://ada:s3cret@127.0.0.1/none', /DATABASE_URL is not the address of a PostgreSQL database/],
    ['not an address s3cret', /DATABASE_URL is not the address of a PostgreSQL database/],
  ])('is told in a sentence without the password: %s', async (databaseUrl, sentence) => {
    const refusal = await openDatabase({ databaseUrl, role: 'server', log: quietLog }).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(StartupError)
    expect(String(refusal)).toMatch(sentence)
    expect(String(refusal)).not.toContain('s3cret')
  })

  test('a wrong password and a missing database are told apart', async () => {
    const wrong = new URL(database.url)
    wrong.password = 'wrong'
    await expect(openDatabase({ databaseUrl: wrong.href, role: 'server', log: quietLog })).rejects.toThrow(/refused the user or the password/)
    const missing = new URL(database.url)
    missing.pathname = '/missing'
    await expect(openDatabase({ databaseUrl: missing.href, role: 'server', log: quietLog })).rejects.toThrow(/has no such database/)
  })
})

describe('notifications', () => {
  test('arrive, and go on after the connection was lost', async () => {
    const heard: (string | undefined)[] = []
    const listener = await listen(database.connections, 'work test', (payload) => heard.push(payload))
    const { db } = database.connections.pool('test')
    await notify(db, 'work test', 'one')
    await expect.poll(() => heard).toEqual(['one'])
    await runOnServer(database.url, `select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' and datname = current_database()`)
    await expect.poll(() => heard, { timeout: 5000 }).toEqual(['one', undefined])
    await notify(db, 'work test', 'two')
    await expect.poll(() => heard).toEqual(['one', undefined, 'two'])
    await listener.end()
    await notify(db, 'work test', 'three')
    await sleep(50)
    expect(heard).toHaveLength(3)
  })
})
