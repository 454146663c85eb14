// The database of a run: seeded, its customers signed in, and every overview asked for once.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { type Connections, openDatabase } from '#db/connect.ts'
import { stopAbandoned } from '#db/embedded.ts'
import { migrate } from '#db/migrate.ts'
import { searchPathOf } from '#db/schemas.ts'
import { readConfig } from '#src/config.ts'
import { withActor } from '#src/context.ts'
import { assembleModes } from '#src/modes.ts'
import { readSecretKey } from '#src/secrets.ts'
import type { BenchOptions } from './options.ts'
import { recordVisits, type Visit } from './record-visits.ts'
import { seed } from './seed.ts'
import { openSessions } from './sessions.ts'

export interface Stage {
  /** Path and query of the overview. */
  path: string
  visits: Visit[]
  /** For a plain client: it sees what test mode sees. */
  database_url: string
}

/** A directory that PostgreSQL, where it is another user, may pass through. */
export function makeDataDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'portico-bench-'))
  chmodSync(directory, 0o711)
  return directory
}

/** Also stops a PostgreSQL that a process which was cut short left there. */
export async function removeDataDirectory(directory: string): Promise<void> {
  await stopAbandoned(directory)
  rmSync(directory, { recursive: true, force: true })
}

/** Leaves no process behind: whoever starts Portico there next finds an existing database. */
export async function setStage(dataDir: string, port: number, options: BenchOptions): Promise<Stage> {
  const config = readConfig({ DATA_DIR: dataDir, PORTICO_TEST_URL: `http://127.0.0.1:${port}` })
  const log = pino({ level: 'error' })
  const connections = await openDatabase({ dataDir, role: 'command', log })
  try {
    await migrate(connections)
    const secretKey = readSecretKey(config)
    const parts = { config, connections, secretKey, log }
    const ctx = withActor(assembleModes(parts).test.ctx, { type: 'operator', id: 'cli' } as const)
    const business = await say('seeding', () => seed(ctx, connections, options))
    const cookies = await say('signing customers in', () => openSessions(business, options.sessions))
    const url = ctx.urls.portal.overview(business.business.business_id)
    const visits = await say('recording their overviews', () => recordVisits(parts, url, cookies))
    return { path: new URL(url).pathname, visits, database_url: plainUrl(connections) }
  } finally {
    await connections.close()
  }
}

/** In the role and the schema of Portico's own pool. */
export function plainUrl({ url: address, roles }: Connections, schema: 'test' | 'sandbox' = 'test'): string {
  const url = new URL(address)
  const role = roles[schema] === undefined ? '' : ` -c role=${roles[schema]}`
  url.searchParams.set('options', `-c search_path=${searchPathOf(schema).join(',')} -c TimeZone=UTC${role}`)
  return url.href
}

/** Tells a person what takes so long. */
export async function say<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  process.stderr.write(`${what} … `)
  const result = await work()
  process.stderr.write(`${((performance.now() - began) / 1000).toFixed(1)} s\n`)
  return result
}
