// The connections of a process: to the operator's PostgreSQL, or to the embedded one, which is started or joined.
import type pg from 'pg'
import { type Embedded, startEmbedded } from './embedded.ts'
import { connectFirst } from './first-connection.ts'
import type { Log } from './log.ts'
import { ensureModeRoles, type ModeRoles } from './mode-roles.ts'
import { clientSettings, openPool, type SchemaPool, type TablesOf } from './schema-pool.ts'
import type { ModeSchema } from './schemas.ts'
import { StartupError } from './startup-error.ts'
import { TemporalClient } from './temporal.ts'

export interface DatabaseOptions {
  /** A PostgreSQL of the operator's; without it the embedded one in `dataDir`. */
  databaseUrl?: string | undefined
  dataDir?: string | undefined
  role: 'server' | 'command'
  log: Log
  /** Most connections of each pool. */
  poolSize?: number
  /** Of the embedded one; off for tests only. */
  fsync?: boolean
}

export interface Connections {
  /** For child processes and tools; holds the password. */
  readonly url: string
  /** The roles the pools run as; empty where we may not create any. */
  readonly roles: ModeRoles
  readonly log: Log
  pool<Schema extends ModeSchema>(schema: Schema): SchemaPool<TablesOf[Schema]>
  /** A connection of its own, as the owner of everything: to migrate, to listen. The caller ends it. */
  connect(): Promise<pg.Client>
  /** Ends the pools and leaves the embedded PostgreSQL. */
  close(): Promise<void>
}

/** Throws a StartupError where the database cannot be reached or used. */
export async function openDatabase(options: DatabaseOptions): Promise<Connections> {
  const { databaseUrl, dataDir = 'data', role, log, fsync } = options
  if (databaseUrl) return openConnections(readUrl(databaseUrl), options)
  const embedded = await startEmbedded({ dataDir, role, log, fsync })
  try {
    return await openConnections(embedded.url, options, embedded)
  } catch (error) {
    await embedded.stop()
    throw error
  }
}

async function openConnections(url: string, options: DatabaseOptions, embedded?: Embedded): Promise<Connections> {
  const { log, poolSize: size = 10 } = options
  const roles = await prepareRoles(url)
  const open = <Schema extends ModeSchema>(schema: Schema) => openPool(schema, { url, role: roles[schema], log, size })
  const pools: { [Schema in ModeSchema]: SchemaPool<TablesOf[Schema]> } = {
    test: open('test'),
    live: open('live'),
    sandbox: open('sandbox'),
  }
  return {
    url,
    roles,
    log,
    pool: (schema) => pools[schema],
    async connect() {
      const client = new TemporalClient({ ...clientSettings(url), application_name: 'portico' })
      client.on('error', ({ message }) => log.warn({ reason: message }, 'a database connection was lost'))
      await client.connect()
      return client
    },
    async close() {
      await Promise.all(Object.values(pools).map(({ db }) => db.destroy()))
      await embedded?.stop()
    },
  }
}

async function prepareRoles(url: string): Promise<ModeRoles> {
  const client = await connectFirst(clientSettings(url), url)
  try {
    return await ensureModeRoles(client)
  } finally {
    await client.end()
  }
}

function readUrl(text: string): string {
  if (URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)) return text
  // Without the text: it may hold a password.
  const form = 'postgresql://user:password@host:5432/database'
  throw new StartupError(`DATABASE_URL is not the address of a PostgreSQL database: write it as ${form}.`)
}
