// What one does to the PostgreSQL server of the tests, from inside and outside of vitest.
import pg from 'pg'
import { pino } from 'pino'

export const quietLog = pino({ level: 'error' })

/** The address of another database of the same server. */
export function urlOfDatabase(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}

/** Each statement by itself: creating a database cannot be part of a transaction. */
export async function runOnServer(serverUrl: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
