// A database and the settings under which both this process and a command started by it work on it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#src/config.ts'
import { type Assembly, assembleModes } from '#src/modes.ts'
import { createTestDatabase } from '#test/support/database.ts'
import { quietLog } from '#test/support/server-commands.ts'

const SECRET_KEY = 'a secret key of the tests, 32 or more characters'

export async function createOperatorWorld(settings: Partial<Assembly> & { env?: Record<string, string> } = {}) {
  const database = await createTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'portico-data-'))
  const env = { DATABASE_URL: database.url, SECRET_KEY, DATA_DIR: dataDir, ...settings.env }
  const config = readConfig(env)
  const modes = assembleModes({
    config,
    connections: database.connections,
    secretKey: SECRET_KEY,
    log: quietLog,
    ...settings,
  })
  const close = async () => {
    await database.drop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { database, env, config, modes, close }
}

export type OperatorWorld = Awaited<ReturnType<typeof createOperatorWorld>>
