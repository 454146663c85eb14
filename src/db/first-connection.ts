// The first connection of a process, and one sentence that says what to do if there is none.
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { checkText } from './check-text.ts'
import { StartupError } from './startup-error.ts'

const oldestVersion = 150_000
const patienceWhileStarting = 30_000

/** Throws a StartupError; the address in its message is without user and password. The caller ends the client. */
export async function connectFirst(settings: pg.ClientConfig, url: string): Promise<pg.Client> {
  const deadline = performance.now() + patienceWhileStarting
  for (;;) {
    const client = new pg.Client(settings)
    client.on('error', () => {
      // A connection lost between two queries fails the next one; that is soon enough.
    })
    try {
      await client.connect()
      await checkVersion(client, url)
      await checkText(client)
      return client
    } catch (error) {
      await client.end()
      if (error instanceof StartupError) throw error
      if (!isStarting(error) || performance.now() > deadline) throw new StartupError(explain(error, url), error)
      await sleep(250)
    }
  }
}

async function checkVersion(client: pg.Client, url: string): Promise<void> {
  const { rows } = await client.query<{ version: string; number: string }>(
    `select current_setting('server_version') as version, current_setting('server_version_num') as number`,
  )
  if (Number(rows[0]?.number) >= oldestVersion) return
  throw new StartupError(
    `The database at ${placeOf(url)} is PostgreSQL ${rows[0]?.version}: Portico needs version 15 or newer.`,
  )
}

function explain(error: unknown, url: string): string {
  const place = placeOf(url)
  if (!(error instanceof Error)) return `The database at ${place} failed: ${error}.`
  const code = 'code' in error ? String(error.code) : ''
  if (!(error instanceof pg.DatabaseError)) {
    return `No PostgreSQL answers at ${place} (${code || error.message}): start it, or correct DATABASE_URL.`
  }
  if (code.startsWith('28')) return `PostgreSQL at ${place} refused the user or the password: correct DATABASE_URL.`
  if (code === '3D000') return `PostgreSQL at ${place} has no such database: create it, or correct DATABASE_URL.`
  if (error.message.includes('startup parameter')) {
    return `What answers at ${place} is a connection pooler that drops settings: point DATABASE_URL at PostgreSQL itself.`
  }
  return `PostgreSQL at ${place} refused the connection (${error.message}): correct its settings or DATABASE_URL.`
}

function isStarting(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '57P03'
}

function placeOf(url: string): string {
  const { hostname, port, searchParams } = new URL(url)
  const host = decodeURIComponent(hostname) || searchParams.get('host') || 'localhost'
  return `${host}:${port || searchParams.get('port') || 5432}`
}
