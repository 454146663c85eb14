// The database of a run: a business with its customers' years, a key, and the SQL of every request, recorded from the app itself.
import { pino } from 'pino'
import { loggingConnections, type Statement, toSendable } from '#bench/record-visits.ts'
import { seed } from '#bench/seed.ts'
import { plainUrl } from '#bench/stage.ts'
import { createApiKey } from '#core/api-keys/create-api-key.ts'
import { setBusiness } from '#core/businesses/set-business.ts'
import { openDatabase } from '#db/connect.ts'
import { migrate } from '#db/migrate.ts'
import { createApp } from '#src/app.ts'
import { readConfig } from '#src/config.ts'
import { withActor } from '#src/context.ts'
import { assembleModes } from '#src/modes.ts'
import { readSecretKey } from '#src/secrets.ts'
import { headersOf, type Operation, operationsOf } from './operations.ts'

export interface Recorded extends Operation {
  /** Of each path: what ran, one after the other. */
  statements: Statement[][]
  /** Of the answer. */
  bytes: number
}

export interface Stage {
  key: string
  database_url: string
  operations: Recorded[]
}

export interface Size {
  customers: number
  payments: number
  /** So many are asked for in turn. */
  subscriptions: number
}

export async function setStage(dataDir: string, port: number, size: Size): Promise<Stage> {
  const config = readConfig({ DATA_DIR: dataDir, PORTICO_TEST_URL: `http://127.0.0.1:${port}` })
  const log = pino({ level: 'error' })
  const connections = await openDatabase({ dataDir, role: 'command', log })
  try {
    await migrate(connections)
    const parts = { config, connections, secretKey: readSecretKey(config), log }
    const operator = withActor(assembleModes(parts).test.ctx, { type: 'operator', id: 'cli' } as const)
    const { business } = await seed(operator, connections, size)
    const ctx = await setBusiness(operator, business.business_id, { rate_limit_tier: 'unlimited' })
    const { key } = await createApiKey(ctx, { name: 'benchmark' })
    const subscriptions = await ctx.db
      .selectFrom('subscriptions')
      .select('subscription_id')
      .where('business_id', '=', business.business_id)
      .orderBy((eb) => eb.fn('md5', ['subscription_id']))
      .limit(size.subscriptions)
      .execute()
    const asked = operationsOf(subscriptions.map(({ subscription_id }) => subscription_id))
    const statements: Statement[] = []
    const logging = loggingConnections(connections, ({ query }) => {
      statements.push({ text: query.sql, values: query.parameters.map(toSendable) })
    })
    const app = createApp({ modes: assembleModes({ ...parts, connections: logging }), config })
    const operations: Recorded[] = []
    for (const operation of asked) {
      const recorded: Recorded = { ...operation, statements: [], bytes: 0 }
      // Once for the caches, once for the record.
      for (const path of [operation.paths[0] ?? '', ...operation.paths]) {
        statements.length = 0
        const answer = await app.request(`${ctx.urls.api()}${path}`, {
          method: operation.method,
          headers: headersOf(key, operation),
          body: operation.body,
        })
        recorded.bytes = (await answer.text()).length
        if (!answer.ok) throw new Error(`${operation.name} was answered with ${answer.status}`)
        recorded.statements.push([...statements])
      }
      recorded.statements.shift()
      operations.push(recorded)
    }
    return { key, database_url: plainUrl(connections), operations }
  } finally {
    await connections.close()
  }
}
