// One renewal as the SQL it ran, transaction by transaction, as it went over the wire.
import pg from 'pg'
import { pino } from 'pino'
import type { Connections } from '#db/connect.ts'
import { readConfig } from '#src/config.ts'
import { withActor } from '#src/context.ts'
import { assembleModes } from '#src/modes.ts'
import { findJob, runOne } from './run-job.ts'
import { SECRET_KEY } from './stage.ts'

export interface Statement {
  text: string
  values: unknown[]
  /** Which pool ran it: the sandbox's books are a schema of their own. */
  schema: 'test' | 'sandbox'
}

/** What one job does to one row, from taking it to giving it back, without the claim that it shares with the rest of its batch. */
export async function record(connections: Connections, jobName: string): Promise<Statement[]> {
  const { test } = assembleModes({
    config: readConfig({}),
    connections,
    secretKey: SECRET_KEY,
    log: pino({ level: 'error' }),
  })
  const job = findJob(test.jobs, jobName)
  const ctx = withActor(test.ctx, { type: 'system', id: 'worker' } as const)
  // Once for the caches of the connections, once for the record.
  await runOne(ctx, job)
  const statements: Statement[] = []
  const stop = listen(statements)
  await runOne(ctx, job)
  stop()
  return statements.filter(({ text }) => !/skip locked/i.test(text))
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

function toSendable(value: unknown): unknown {
  return value instanceof Temporal.Instant ? value.toString({ fractionalSecondDigits: 6 }) : value
}
