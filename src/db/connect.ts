// The connections of a process: one pool for each schema, so that no query ever names one.
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { type Embedded, type Log, startEmbedded } from './embedded.ts'
import { connectFirst } from './first-connection.ts'
import { ensureModeRoles, type ModeRoles } from './mode-roles.ts'
import type { SandboxDB } from './sandbox-schema.ts'
import type { DB } from './schema.ts'
import { type ModeSchema, searchPathOf } from './schemas.ts'
import { StartupError } from './startup-error.ts'
import { TemporalClient, typeParsers } from './temporal.ts'

export interface DatabaseOptions {
  /** A PostgreSQL of the operator's; without it the embedded one in `dataDir` is started or joined. */
  databaseUrl?: string | undefined
  dataDir?: string | undefined
  role: 'server' | 'command'
  log: Log
  /** Most connections of each pool. */
  poolSize?: number
  /** Of the embedded one; off for tests only. */
  fsync?: boolean
}

export interface SchemaPool<Tables> {
  db: Kysely<Tables>
  pool: pg.Pool
}

export interface Connections {
  /** For child processes and tools; holds the password. */
  readonly url: string
  /** The roles the mode pools run as; empty where we may not create any. */
  readonly roles: ModeRoles
  readonly log: Log
  pool(schema: 'test' | 'live'): SchemaPool<DB>
  pool(schema: 'sandbox'): SchemaPool<SandboxDB>
  /** A connection of its own, as the owner of everything: to migrate, to listen. The caller ends it. */
  connect(): Promise<pg.Client>
  close(): Promise<void>
}

/** Throws a StartupError where the database cannot be reached or used. */
export async function openDatabase(options: DatabaseOptions): Promise<Connections> {
  const embedded = options.databaseUrl ? undefined : await startEmbedded({ ...options, dataDir: options.dataDir ?? 'data' })
  try {
    return await openConnections(options, embedded)
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

async function openConnections({ databaseUrl, log, poolSize = 10 }: DatabaseOptions, embedded?: Embedded): Promise<Connections> {
  const url = embedded?.url ?? readUrl(databaseUrl ?? '').href
  const roles = await prepareRoles(url)
  const pools = new Map<ModeSchema, SchemaPool<any>>()
  const connect = async () => {
    const client = new TemporalClient({ ...clientSettings(url, utc), application_name: 'portico' })
    client.on('error', (error) => log.warn({ err: error }, 'a database connection was lost'))
    await client.connect()
    return client
  }
  return {
    url,
    roles,
    log,
    connect,
    pool(schema: ModeSchema) {
      const open = pools.get(schema) ?? openPool({ url, schema, role: roles[schema], log, poolSize })
      pools.set(schema, open)
      return open
    },
    async close() {
      await Promise.all([...pools.values()].map(({ db }) => db.destroy()))
      await embedded?.stop()
    },
  }
}

const utc = ['-c TimeZone=UTC']

interface PoolOptions {
  url: string
  schema: ModeSchema
  role: string | undefined
  log: Log
  poolSize: number
}

function openPool({ url, schema, role, log, poolSize }: PoolOptions): SchemaPool<any> {
  const options = [
    `-c search_path=${searchPathOf(schema).join(',')}`,
    ...utc,
    // A process that stalls in the middle of a transaction must not hold its locks for ever.
    '-c idle_in_transaction_session_timeout=60s',
    ...(role === undefined ? [] : [`-c role=${role}`]),
  ]
  const pool = new pg.Pool({
    ...clientSettings(url, options),
    Client: TemporalClient,
    application_name: `portico ${schema}`,
    max: poolSize,
    idleTimeoutMillis: 30_000,
  })
  // Without a listener, losing an idle connection would end the process.
  pool.on('error', (error) => log.warn({ err: error, schema }, 'a database connection was lost'))
  return { db: new Kysely({ dialect: new PostgresDialect({ pool }) }), pool }
}

function clientSettings(url: string, options: string[]): pg.ClientConfig {
  const withOptions = new URL(url)
  const given = withOptions.searchParams.get('options')
  withOptions.searchParams.set('options', [...(given ? [given] : []), ...options].join(' '))
  return { connectionString: withOptions.href, types: typeParsers, connectionTimeoutMillis: 5000, keepAlive: true }
}

async function prepareRoles(url: string): Promise<ModeRoles> {
  const client = await connectFirst(clientSettings(url, utc), url)
  try {
    return await ensureModeRoles(client)
  } finally {
    await client.end()
  }
}

function readUrl(text: string): URL {
  try {
    const url = new URL(text)
    if (/^postgres(ql)?:$/.test(url.protocol)) return url
  } catch {
    // Told below, without the text: it may hold a password.
  }
  throw new StartupError('DATABASE_URL is not the address of a PostgreSQL database: write it as postgresql://user:password@host:5432/database.')
}
