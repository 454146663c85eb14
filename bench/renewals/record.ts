// Renewals that travel together as the SQL they ran, transaction by transaction, as it went over the wire.
import pg from 'pg'
import { pino } from 'pino'
import { toSendable } from '#bench/record-visits.ts'
import type { Connections } from '#db/connect.ts'
import { readConfig } from '#src/config.ts'
import { withActor } from '#src/context.ts'
import { assembleModes } from '#src/modes.ts'
import type { BusinessJob } from '#worker/jobs.ts'
import { findJob, runOnce } from './run-job.ts'
import { SECRET_KEY } from './stage.ts'

export interface Statement {
  text: string
  values: unknown[]
  /** Which pool ran it: the sandbox's books are a schema of their own. */
  schema: 'test' | 'sandbox'
}

export interface Recorded {
  statements: Statement[]
  /** How many rows they were for. */
  rows: number
}

/** What a batch of the first job does, and what the second one does with all that it leaves, without their claims. */
export async function record(connections: Connections, jobs: readonly [string, string]): Promise<Recorded> {
  const { test } = assembleModes({
    config: readConfig({}),
    connections,
    secretKey: SECRET_KEY,
    log: pino({ level: 'error' }),
  })
  const ctx = withActor(test.ctx, { type: 'system', id: 'worker' } as const)
  const [renewing, reading] = jobs.map((name) => findJob(test.jobs, name)) as [BusinessJob, BusinessJob]
  const readAll = async () => {
    while ((await runOnce(ctx, reading)) > 0);
  }
  // Once for the caches of the connections and for what was left over, once for the record.
  await runOnce(ctx, renewing)
  await readAll()
  const statements: Statement[] = []
  const stop = listen(statements)
  const rows = await runOnce(ctx, renewing)
  await readAll()
  stop()
  return { rows, statements: statements.filter(({ text }) => !/set claimed_until = \$/i.test(text)) }
}

type Query = (this: pg.Client, query: { text: string; values?: unknown[] } | string, ...rest: unknown[]) => unknown

function listen(statements: Statement[]): () => void {
  const prototype = pg.Client.prototype as unknown as { query: Query }
  const { query } = prototype
  prototype.query = function recording(given, ...rest) {
    const text = typeof given === 'string' ? given : given.text
    const values = (typeof given === 'string' ? rest[0] : given.values) ?? []
    const { application_name } = (this as unknown as { connectionParameters: { application_name: string } })
      .connectionParameters
    statements.push({
      text,
      values: Array.isArray(values) ? values.map(toSendable) : [],
      schema: application_name.endsWith('sandbox') ? 'sandbox' : 'test',
    })
    return query.call(this, given, ...rest)
  }
  return () => {
    prototype.query = query
  }
}
