// The pool of one schema: its search path and its role are settings of each connection, so that no query names them.
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Log } from './log.ts'
import type { SandboxDB } from './sandbox-schema.ts'
import type { DB } from './schema.ts'
import { type ModeSchema, searchPathOf } from './schemas.ts'
import { TemporalClient, typeParsers } from './temporal.ts'

/** The tables that a schema's pool sees without naming it. */
export interface TablesOf {
  test: DB
  live: DB
  sandbox: SandboxDB
}

export interface SchemaPool<Tables> {
  db: Kysely<Tables>
  pool: pg.Pool
}

interface Options {
  url: string
  role: string | undefined
  log: Log
  size: number
}

export function openPool<Schema extends ModeSchema>(schema: Schema, options: Options): SchemaPool<TablesOf[Schema]> {
  const { url, role, log, size } = options
  const settings = [
    `-c search_path=${searchPathOf(schema).join(',')}`,
    // A process that stalls in the middle of a transaction must not hold its locks for ever.
    '-c idle_in_transaction_session_timeout=60s',
    ...(role === undefined ? [] : [`-c role=${role}`]),
  ]
  const pool = new pg.Pool({
    ...clientSettings(url, settings),
    Client: TemporalClient,
    application_name: `portico ${schema}`,
    max: size,
    idleTimeoutMillis: 30_000,
  })
  // Without a listener, losing an idle connection would end the process. The error itself holds the whole client: not for a log.
  pool.on('error', ({ message }) => {
    if (!pool.ending) log.warn({ schema, reason: message }, 'a database connection was lost')
  })
  return { db: new Kysely({ dialect: new PostgresDialect({ pool }) }), pool }
}

/** What every connection of ours has in common, and settings in the form of PostgreSQL's command line. */
export function clientSettings(url: string, settings: string[] = []): pg.ClientConfig {
  const complete = new URL(url)
  const given = complete.searchParams.get('options')
  complete.searchParams.set('options', [...(given ? [given] : []), '-c TimeZone=UTC', ...settings].join(' '))
  return { connectionString: complete.href, types: typeParsers, connectionTimeoutMillis: 5000, keepAlive: true }
}
