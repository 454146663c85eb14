// One PostgreSQL for a run of the tests, with a migrated template that every test file clones. This is vitest's globalSetup.
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '#db/connect.ts'
import { startEmbedded, stopAbandoned } from '#db/embedded.ts'
import { migrate } from '#db/migrate.ts'
import { quietLog, runOnServer, urlOfDatabase } from './server-commands.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server's own database, for creating and dropping others. */
    databaseServerUrl: string
    /** A migrated database to clone. */
    templateDatabase: string
  }
}

const prefix = 'portico-test-'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer()
  try {
    const template = `portico_template_${randomBytes(4).toString('hex')}`
    await makeTemplate(server.url, template)
    project.provide('databaseServerUrl', server.url)
    project.provide('templateDatabase', template)
    return async () => {
      await runOnServer(
        server.url,
        `alter database ${template} is_template false`,
        `drop database ${template} with (force)`,
      )
      await server.stop()
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/** PORTICO_TEST_DATABASE_URL names another server to use; its user must be allowed to create databases. */
async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.PORTICO_TEST_DATABASE_URL
  if (given) return { url: given, stop: async () => {} }
  await removeAbandoned()
  const dataDir = mkdtempSync(join(tmpdir(), prefix))
  // Where root runs the tests, PostgreSQL is another user and has to get in.
  chmodSync(dataDir, 0o711)
  const embedded = await startEmbedded({ dataDir, role: 'server', fsync: false, log: quietLog })
  const stop = async () => {
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { url: embedded.url, stop }
}

/** What a run left that was killed. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((name) => name.startsWith(prefix))) {
    const dataDir = join(tmpdir(), name)
    try {
      // A run that is just starting has not taken its locks yet.
      const age = Temporal.Now.instant().epochMilliseconds - statSync(dataDir).mtimeMs
      if (age > 60_000 && (await stopAbandoned(dataDir))) rmSync(dataDir, { recursive: true, force: true })
    } catch {
      // Another user's, or on its way out by itself.
    }
  }
}

async function makeTemplate(serverUrl: string, template: string): Promise<void> {
  await runOnServer(serverUrl, `create database ${template}`)
  const connections = await openDatabase({
    databaseUrl: urlOfDatabase(serverUrl, template),
    role: 'command',
    log: quietLog,
  })
  try {
    await migrate(connections)
  } finally {
    await connections.close()
  }
  await runOnServer(serverUrl, `alter database ${template} with is_template true`)
}
