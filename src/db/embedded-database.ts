// The one database inside the embedded PostgreSQL, and its address.
import pg from 'pg'
import type { Home } from './embedded-home.ts'
import type { Postmaster } from './embedded-postmaster.ts'

export function urlOf(home: Home, { host, port }: Postmaster, database = 'portico'): string {
  return `postgresql://portico:${home.password}@${encodeURIComponent(host)}:${port}/${database}`
}

/**
 * Makes the database if it is not there yet. False if the server is not ours after all: it does not know our password, or does not answer.
 */
export async function ensureDatabase(home: Home, postmaster: Postmaster): Promise<boolean> {
  const answer = await knock(urlOf(home, postmaster))
  if (answer !== 'no such database') return answer === 'ours'
  const client = new pg.Client({ connectionString: urlOf(home, postmaster, 'postgres') })
  await client.connect()
  try {
    await client.query('create database portico')
    return true
  } finally {
    await client.end()
  }
}

async function knock(connectionString: string): Promise<'ours' | 'not ours' | 'no such database'> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 })
  try {
    await client.connect()
    return 'ours'
  } catch (error) {
    const noSuchDatabase = error instanceof pg.DatabaseError && error.code === '3D000'
    return noSuchDatabase ? 'no such database' : 'not ours'
  } finally {
    await client.end()
  }
}
