// A migrated database for each test that wants one, cloned from the run's template in some hundredths of a second.
import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { type Connections, openDatabase } from '#db/connect.ts'
import { quietLog, runOnServer, urlOfDatabase } from './server-commands.ts'

export interface TestDatabase {
  connections: Connections
  /** As DATABASE_URL for a child process. */
  url: string
  drop(): Promise<void>
}

export async function createTestDatabase(options: { poolSize?: number } = {}): Promise<TestDatabase> {
  return cloneDatabase(inject('templateDatabase'), options)
}

/** A database without any of our schemas. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return cloneDatabase('template0', {})
}

async function cloneDatabase(template: string, { poolSize = 5 }: { poolSize?: number }): Promise<TestDatabase> {
  const serverUrl = inject('databaseServerUrl')
  const name = `portico_${randomBytes(6).toString('hex')}`
  await runOnServer(serverUrl, `create database ${name} template ${template} strategy file_copy`)
  const url = urlOfDatabase(serverUrl, name)
  const connections = await openDatabase({ databaseUrl: url, role: 'command', log: quietLog, poolSize })
  return {
    connections,
    url,
    async drop() {
      await connections.close()
      await runOnServer(serverUrl, `drop database ${name} with (force)`)
    },
  }
}
