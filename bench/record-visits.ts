// Asks the app itself for every customer's overview once and writes down the SQL it ran, so that the floor runs the very same.
import { Kysely, type LogEvent, PostgresDialect } from 'kysely'
import type { Logger } from 'pino'
import type { Connections } from '#db/connect.ts'
import type { TablesOf } from '#db/schema-pool.ts'
import type { ModeSchema } from '#db/schemas.ts'
import { createApp } from '#src/app.ts'
import type { Config } from '#src/config.ts'
import { assembleModes } from '#src/modes.ts'

export interface Statement {
  text: string
  values: unknown[]
}

/** One customer's overview. */
export interface Visit {
  cookie: string
  /** What ran at the same time stands together; each group waited for the one before. */
  stages: Statement[][]
  html: string
}

interface Recorded extends Statement {
  began: number
  ended: number
}

interface Recording {
  config: Config
  connections: Connections
  secretKey: string
  log: Logger
}

export async function recordVisits(recording: Recording, url: string, cookies: readonly string[]): Promise<Visit[]> {
  const recorded: Recorded[] = []
  const connections = loggingConnections(recording.connections, ({ query, queryDurationMillis }) => {
    const ended = performance.now()
    const values = query.parameters.map(toSendable)
    recorded.push({ text: query.sql, values, began: ended - queryDurationMillis, ended })
  })
  const { config } = recording
  const app = createApp({ modes: assembleModes({ ...recording, connections }), config })
  const visits: Visit[] = []
  for (const cookie of cookies) {
    recorded.length = 0
    const answer = await app.request(url, { headers: { cookie } })
    const html = await answer.text()
    if (answer.status !== 200 || !html.includes('id="subscriptions"')) throw new Error(`no overview: ${answer.status}`)
    visits.push({ cookie, stages: inStages(recorded), html })
  }
  return visits
}

/** The same connections, whose statements of test mode are told of. */
export function loggingConnections(connections: Connections, log: (event: LogEvent) => void): Connections {
  const { pool } = connections.pool('test')
  const db = new Kysely<TablesOf['test']>({ dialect: new PostgresDialect({ pool }), log })
  return {
    ...connections,
    pool: <Schema extends ModeSchema>(schema: Schema) =>
      schema === 'test' ? { ...connections.pool(schema), db } : connections.pool(schema),
  } as Connections
}

/** A new stage begins where everything asked before was answered. */
function inStages(recorded: readonly Recorded[]): Statement[][] {
  const stages: Statement[][] = []
  let answered = 0
  for (const { text, values, began, ended } of recorded.toSorted((a, b) => a.began - b.began)) {
    if (began >= answered) stages.push([])
    stages.at(-1)?.push({ text, values })
    answered = Math.max(answered, ended)
  }
  return stages
}

/** As it goes over the wire. */
export function toSendable(value: unknown): unknown {
  return value instanceof Temporal.Instant ? value.toString({ fractionalSecondDigits: 6 }) : value
}
