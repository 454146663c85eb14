// Brings a database to the schema this code ships: forward only, one transaction a file, one process at a time.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import type { Connections } from './connect.ts'
import { type Migration, readMigrations } from './migration-files.ts'
import { grantModeRoles, lacksGrants } from './mode-roles.ts'
import { searchPathOf } from './schemas.ts'
import { StartupError } from './startup-error.ts'

interface Target {
  folder: 'accounts' | 'mode' | 'sandbox'
  schema: string
  searchPath: string[]
}

const targets: Target[] = [
  { folder: 'accounts', schema: 'accounts', searchPath: ['accounts'] },
  { folder: 'mode', schema: 'test', searchPath: searchPathOf('test') },
  { folder: 'mode', schema: 'live', searchPath: searchPathOf('live') },
  { folder: 'sandbox', schema: 'sandbox', searchPath: searchPathOf('sandbox') },
]

const shippedMigrations = fileURLToPath(new URL('../../migrations', import.meta.url))

/** Any number that no other program is likely to lock in this database. */
const advisoryLock = 7_067_428_310

/**
 * Applies what is missing and says what it applied ('test/0001_…'). A database that newer code has migrated further is left as it is.
 * Throws a StartupError if a migration that was applied has been edited since.
 */
export async function migrate(connections: Connections, folder = shippedMigrations): Promise<string[]> {
  const client = await connections.connect()
  try {
    await noticeKill(client)
    await client.query('select pg_advisory_lock($1)', [advisoryLock])
    const applied: string[] = []
    for (const target of targets) {
      const migrations = readMigrations(join(folder, target.folder))
      for (const migration of await findMissing(client, target, migrations)) {
        await apply(client, target, migration)
        connections.log.info({ schema: target.schema, migration: migration.name }, 'migrated')
        applied.push(`${target.schema}/${migration.name}`)
      }
    }
    if (applied.length > 0 || (await lacksGrants(client, connections.roles)))
      await grantModeRoles(client, connections.roles)
    return applied
  } finally {
    await client.end()
  }
}

/** If we are killed, PostgreSQL gives up our statement and its lock within a second, not when the statement ends. */
async function noticeKill(client: pg.Client): Promise<void> {
  await client.query(`set client_connection_check_interval = '1s'`).catch(() => {
    // Not on every system; there the next start waits for the statement.
  })
}

async function findMissing(client: pg.Client, { schema }: Target, migrations: Migration[]): Promise<Migration[]> {
  const { rows: found } = await client.query('select from pg_namespace where nspname = $1', [schema])
  if (found.length === 0) await client.query(`create schema ${schema}`)
  await client.query(`create table if not exists ${schema}.migrations (
    name text primary key, sha256 text not null, applied_at timestamptz not null default now())`)
  const { rows } = await client.query<{ name: string; sha256: string }>(
    `select name, sha256 from ${schema}.migrations order by name`,
  )
  const applied = new Map(rows.map(({ name, sha256 }) => [name, sha256]))
  const newestApplied = rows.at(-1)?.name ?? ''
  for (const { name, sha256 } of migrations) {
    const recorded = applied.get(name)
    if (recorded !== undefined && recorded !== sha256) {
      throw new StartupError(
        `The migration ${name} was edited after schema ${schema} had applied it: undo the edit and write a new migration.`,
      )
    }
    if (recorded === undefined && name < newestApplied) {
      throw new StartupError(
        `The migration ${name} comes before ${newestApplied}, which schema ${schema} has applied already: give it a higher number.`,
      )
    }
  }
  return migrations.filter(({ name }) => !applied.has(name))
}

async function apply(
  client: pg.Client,
  { schema, searchPath }: Target,
  { name, sql, sha256 }: Migration,
): Promise<void> {
  await client.query('begin')
  try {
    await client.query(`set local search_path = ${searchPath.join(', ')}`)
    await client.query(sql)
    await client.query(`insert into ${schema}.migrations (name, sha256) values ($1, $2)`, [name, sha256])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartupError(
      `The migration ${name} failed in schema ${schema} (${reason}); nothing of it was kept.`,
      error,
    )
  }
}
