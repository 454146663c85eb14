import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { quietLog, runOnServer } from '#test/support/server-commands.ts'
import { openDatabase } from './connect.ts'
import { listen, notify } from './listen.ts'
import { isLostConnection } from './lost-connection.ts'
import { StartupError } from './startup-error.ts'

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
    const customer = {
      business_id: 'bus_shared',
      customer_id: 'cus_1',
      email: ' Ada@Example.com ',
      name: 'Ada',
      created_at,
      updated_at: created_at,
    }
    await connections.pool('test').db.insertInto('customers').values(customer).execute()
    expect(await connections.pool('live').db.selectFrom('businesses').select('name').execute()).toEqual([
      { name: 'Ada' },
    ])
    expect(await connections.pool('live').db.selectFrom('customers').selectAll().execute()).toEqual([])
    expect(await connections.pool('test').db.selectFrom('customers').select('email_key').execute()).toEqual([
      { email_key: 'ada@example.com' },
    ])
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
    await runOnServer(
      database.url,
      `create role ${name} login password 'plain'`,
      `grant usage on schema test, accounts to ${name}`,
      `grant select on all tables in schema test to ${name}`,
    )
    Object.assign(url, { username: name, password: 'plain' })
    const plain = await openDatabase({ databaseUrl: url.href, role: 'command', log: quietLog })
    expect(plain.roles).toEqual({})
    expect(
      (await plain.pool('test').pool.query('select current_user::text as name, count(*) from customers')).rows,
    ).toEqual([{ name, count: 1 }])
    await plain.close()
    await runOnServer(database.url, `drop owned by ${name}`, `drop role ${name}`)
  })
})

describe('a database that goes away', () => {
  test('fails the query that runs, not the process, and the next one finds it again', async () => {
    const { pool } = database.connections.pool('test')
    await Promise.all([pool.query('select 1'), pool.query('select 1')])
    const running = pool.query('select pg_sleep(30)').catch((error: unknown) => error)
    await sleep(100)
    await runOnServer(
      database.url,
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'portico test' and datname = current_database()`,
    )
    expect(isLostConnection(await running)).toBe(true)
    // The others hear of it in their own time.
    await expect.poll(() => pool.totalCount).toBe(0)
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  test.each([
    [
      'postgresql://ada:s3cret@127.0.0.1:1/none',
      /No PostgreSQL answers at 127\.0\.0\.1:1 \(ECONNREFUSED\): start it, or correct DATABASE_URL\./,
    ],
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
    await expect(openDatabase({ databaseUrl: wrong.href, role: 'server', log: quietLog })).rejects.toThrow(
      /refused the user or the password/,
    )
    const missing = new URL(database.url)
    missing.pathname = '/missing'
    await expect(openDatabase({ databaseUrl: missing.href, role: 'server', log: quietLog })).rejects.toThrow(
      /has no such database/,
    )
  })

  test.each([
    [`encoding 'UTF8' locale_provider libc locale 'C'`, /^The database \w+ has a locale \(C\) that knows no letters/],
    [`encoding 'SQL_ASCII' locale_provider libc locale 'C'`, /^The database \w+ keeps text as SQL_ASCII, not as UTF8/],
    [`encoding 'LATIN1' locale_provider libc locale 'C'`, /^The database \w+ keeps text as LATIN1, not as UTF8/],
  ])('one that cannot tell ÅSA@ and åsa@ to be the same is refused: %s', async (kind, sentence) => {
    const name = `letters_${randomBytes(4).toString('hex')}`
    const url = new URL(database.url)
    url.pathname = `/${name}`
    await runOnServer(database.url, `create database ${name} template template0 ${kind}`)
    await expect(openDatabase({ databaseUrl: url.href, role: 'command', log: quietLog })).rejects.toThrow(sentence)
    await runOnServer(database.url, `drop database ${name}`)
  })
})

describe('notifications', () => {
  test('arrive, and go on after the connection was lost', async () => {
    const heard: (string | undefined)[] = []
    const listener = await listen(database.connections, 'work test', (payload) => heard.push(payload))
    const { db } = database.connections.pool('test')
    await notify(db, 'work test', 'one')
    await expect.poll(() => heard).toEqual(['one'])
    await runOnServer(
      database.url,
      `select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' and datname = current_database()`,
    )
    await expect.poll(() => heard, { timeout: 5000 }).toEqual(['one', undefined])
    await notify(db, 'work test', 'two')
    await expect.poll(() => heard).toEqual(['one', undefined, 'two'])
    await listener.end()
    await notify(db, 'work test', 'three')
    await sleep(50)
    expect(heard).toHaveLength(3)
  })
})
