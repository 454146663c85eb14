// What every command works on: the database, migrated, beside a running server or without one.

import { type Logger, pino } from 'pino'
import { businessNamed } from '#cli/business-named.ts'
import type { Answer } from '#cli/command.ts'
import { UsageError } from '#cli/usage-error.ts'
import { openDatabase } from '#db/connect.ts'
import { migrate } from '#db/migrate.ts'
import { readConfig } from '#src/config.ts'
import { type BusinessCtx, type Ctx, withActor } from '#src/context.ts'
import { assembleModes, type ModeRuntime } from '#src/modes.ts'
import { readSecretKey } from '#src/secrets.ts'

export interface Portico {
  /** The migrations that were missing until now. */
  applied: readonly string[]
  /** Throws a StartupError where settings that the modes need are missing. */
  modes(): { test: ModeRuntime; live: ModeRuntime | undefined }
}

/** Opens, migrates, works and leaves; the database is stopped again where nobody else uses it. */
export async function withPortico(work: (portico: Portico) => Promise<Answer>): Promise<Answer> {
  const config = readConfig()
  const log = quietLog()
  const { database_url: databaseUrl, data_dir: dataDir } = config
  const connections = await openDatabase({ databaseUrl, dataDir, role: 'command', log, poolSize: 4 })
  try {
    const applied = await migrate(connections)
    const modes = () => assembleModes({ config, connections, secretKey: readSecretKey(config), log })
    return await work({ applied, modes })
  } finally {
    await connections.close()
  }
}

/** Standard output belongs to the answer. */
function quietLog(): Logger {
  return pino({ level: 'warn', base: undefined }, process.stderr)
}

export function operatorOf(runtime: ModeRuntime): Ctx {
  return withActor(runtime.ctx, { type: 'operator', id: 'cli' })
}

/** The mode that is asked for, as the operator, at one business. Throws a UsageError where live mode is off. */
export async function businessOfMode(portico: Portico, business_id: string, live = false): Promise<BusinessCtx> {
  if (!live) return testBusiness(portico, business_id)
  const runtime = portico.modes().live
  if (runtime === undefined) throw new UsageError('Live mode is off here; PORTICO_LIVE_URL turns it on.')
  return businessNamed(operatorOf(runtime), business_id)
}

/** Test mode, as the operator, at one business. Throws a UsageError that names an unknown id. */
export async function testBusiness(portico: Portico, business_id: string): Promise<BusinessCtx> {
  return businessNamed(operatorOf(portico.modes().test), business_id)
}
