import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { quietLog } from '#test/support/server-commands.ts'
import { openDatabase } from './connect.ts'
import { migrate } from './migrate.ts'
import { StartupError } from './startup-error.ts'

let folder: string
let database: TestDatabase

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portico-migrations-'))
  for (const part of ['accounts', 'mode', 'sandbox']) mkdirSync(join(folder, part))
  write('accounts/0001_sellers.sql', 'create table sellers (id text primary key);')
  write('mode/0001_orders.sql', 'create table orders (id text primary key, seller text references sellers);')
  write(
    'mode/0002_lines.sql',
    'create table lines (order_id text references orders); create index on lines (order_id);',
  )
  write('sandbox/0001_cards.sql', 'create table cards (id text primary key);')
  database = await createEmptyDatabase()
})

afterEach(async () => {
  await database.drop()
  rmSync(folder, { recursive: true })
})

function write(file: string, sql: string): void {
  writeFileSync(join(folder, file), sql)
}

async function tables(): Promise<string[]> {
  const client = await database.connections.connect()
  const { rows } = await client.query<{ name: string }>(
    `select schemaname || '.' || tablename as name from pg_tables
      where schemaname in ('accounts', 'test', 'live', 'sandbox') and tablename <> 'migrations' order by name`,
  )
  await client.end()
  return rows.map(({ name }) => name)
}

const all = ['accounts.sellers', 'live.lines', 'live.orders', 'sandbox.cards', 'test.lines', 'test.orders']

test('applies each folder to its schemas, once', async () => {
  expect(await migrate(database.connections, folder)).toEqual([
    'accounts/0001_sellers',
    'test/0001_orders',
    'test/0002_lines',
    'live/0001_orders',
    'live/0002_lines',
    'sandbox/0001_cards',
  ])
  expect(await tables()).toEqual(all)
  expect(await migrate(database.connections, folder)).toEqual([])
  write('mode/0003_notes.sql', 'create table notes (id text)')
  expect(await migrate(database.connections, folder)).toEqual(['test/0003_notes', 'live/0003_notes'])
  await database.connections
    .pool('test')
    .pool.query(`insert into notes values ('the role may write to tables that came later')`)
})

test('several at once apply everything exactly once', async () => {
  const others = await Promise.all(
    [1, 2, 3].map(() => openDatabase({ databaseUrl: database.url, role: 'server', log: quietLog })),
  )
  const applied = await Promise.all(others.map((connections) => migrate(connections, folder)))
  expect(applied.flat()).toHaveLength(6)
  expect(await tables()).toEqual(all)
  for (const connections of others) await connections.close()
})

test('an edited migration is refused and named', async () => {
  await migrate(database.connections, folder)
  write('mode/0002_lines.sql', 'create table lines (order_id text);')
  const refusal = await migrate(database.connections, folder).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(StartupError)
  expect(String(refusal)).toMatch(/0002_lines was edited after schema test had applied it/)
})

test('other line endings are no edit', async () => {
  write('accounts/0001_sellers.sql', 'create table sellers (\n id text primary key\n);\n')
  await migrate(database.connections, folder)
  write('accounts/0001_sellers.sql', 'create table sellers (\r\n id text primary key\r\n);\r\n')
  expect(await migrate(database.connections, folder)).toEqual([])
})

test('a migration that comes too late in the order is refused', async () => {
  await migrate(database.connections, folder)
  rmSync(join(folder, 'mode/0002_lines.sql'))
  write('mode/0003_notes.sql', 'create table notes (id text)')
  await migrate(database.connections, folder)
  write('mode/0002_other.sql', 'create table other (id text)')
  await expect(migrate(database.connections, folder)).rejects.toThrow(/0002_other comes before 0003_notes/)
})

test('older code leaves a database that newer code has migrated as it is', async () => {
  await migrate(database.connections, folder)
  rmSync(join(folder, 'mode/0002_lines.sql'))
  expect(await migrate(database.connections, folder)).toEqual([])
  expect(await tables()).toEqual(all)
})

test('a migration that fails leaves nothing of itself, and what came before it stays', async () => {
  write('mode/0002_lines.sql', 'create table lines (order_id text); create table orders (again text);')
  await expect(migrate(database.connections, folder)).rejects.toThrow(
    /0002_lines failed in schema test .*already exists.*nothing of it was kept/,
  )
  expect(await tables()).toEqual(['accounts.sellers', 'test.orders'])
})

test('a migration may not end the transaction it runs in', async () => {
  write('mode/0002_lines.sql', 'create table lines (order_id text);\ncommit;\nselect 1;')
  await expect(migrate(database.connections, folder)).rejects.toThrow(/must not begin or end transactions/)
})

test('a kill in the middle leaves nothing half, and the next start goes on', async () => {
  write('mode/0002_lines.sql', 'create table lines (order_id text); select pg_sleep(60);')
  const program = `
    const { openDatabase } = await import('#db/connect.ts')
    const { migrate } = await import('#db/migrate.ts')
    const { pino } = await import('pino')
    const [databaseUrl, folder] = process.argv.slice(1)
    await migrate(await openDatabase({ databaseUrl, role: 'server', log: pino({ level: 'silent' }) }), folder)
  `
  const options = ['--import', 'tsx', '--input-type=module', '--eval', program, database.url, folder]
  const child = spawn(process.execPath, options, { stdio: 'inherit' })
  while (!(await isSleeping())) await sleep(20)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(await tables()).toEqual(['accounts.sellers', 'test.orders'])
  write('mode/0002_lines.sql', 'create table lines (order_id text references orders);')
  const since = performance.now()
  expect(await migrate(database.connections, folder)).toHaveLength(4)
  expect(performance.now() - since).toBeLessThan(5000)
  expect(await tables()).toEqual(all)
})

async function isSleeping(): Promise<boolean> {
  const client = await database.connections.connect()
  const { rows } = await client.query(
    `select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`,
  )
  await client.end()
  return rows.length > 0
}

test('the shipped migrations apply to a database of their own', async () => {
  const shipped = await createTestDatabase()
  expect(await migrate(shipped.connections)).toEqual([])
  const { rows } = await shipped.connections
    .pool('live')
    .pool.query('select count(*) from customers join businesses using (business_id)')
  expect(rows).toEqual([{ count: 0 }])
  await shipped.drop()
})
