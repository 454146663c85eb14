// A business among whose many customers there are a large and a small one, signed in; served over HTTP by this process.
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { pino } from 'pino'
import { freePort } from '#bench/portico-process.ts'
import { loggingConnections } from '#bench/record-visits.ts'
import { seed } from '#bench/seed.ts'
import { signIn } from '#bench/sessions.ts'
import { say } from '#bench/stage.ts'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { type Connections, openDatabase } from '#db/connect.ts'
import { migrate } from '#db/migrate.ts'
import { createApp } from '#src/app.ts'
import { readConfig } from '#src/config.ts'
import { type BusinessCtx, type Ctx, withActor } from '#src/context.ts'
import { assembleModes } from '#src/modes.ts'
import { readSecretKey } from '#src/secrets.ts'
import { createFarm, findCustomer, seedCustomer, sizes } from './customers.ts'
import { downloadsOf, placesOf } from './places.ts'

/** The others of the business, and their payments. */
const crowd = { customers: 2000, payments: 50_000 }
/** Its pages have 25 rows each. */
const DEEP = 150

export interface Visitor {
  cookie: string
  places: Record<string, string>
  downloads: Record<string, string>
}

export interface CrowdedStage {
  large: Visitor
  small: Visitor
  /** Statements that have run so far, with their milliseconds. */
  statements: { sql: string; ms: number }[]
  close(): Promise<void>
}

/** The large customer, and the one they are set against. */
export async function setCrowdedStage(dataDir: string, other: 'small' | 'full'): Promise<CrowdedStage> {
  const port = await freePort()
  const config = readConfig({ DATA_DIR: dataDir, PORTICO_TEST_URL: `http://127.0.0.1:${port}` })
  const log = pino({ level: 'error' })
  const connections = await openDatabase({ dataDir, role: 'command', log })
  const statements: CrowdedStage['statements'] = []
  try {
    await migrate(connections)
    const logging = loggingConnections(connections, ({ query, queryDurationMillis: ms }) => {
      statements.push({ sql: query.sql, ms })
    })
    const modes = assembleModes({ config, connections: logging, secretKey: readSecretKey(config), log })
    const ctx = withActor(modes.test.ctx, { type: 'operator', id: 'cli' } as const)
    const visitors = await say('seeding', () => readVisitors(ctx, connections, other))
    const server = serve({ fetch: createApp({ modes, config }).fetch, hostname: '127.0.0.1', port })
    if ((server.address() as AddressInfo | null) === null) await new Promise((up) => server.once('listening', up))
    return {
      ...visitors,
      statements,
      close: async () => {
        server.close()
        // Its pool is the one that is logged, and was never used without.
        await logging.pool('test').db.destroy()
        await connections.close()
      },
    }
  } catch (error) {
    await connections.close()
    throw error
  }
}

/** Uses them again where the directory holds them. */
async function readVisitors(operator: Ctx, connections: Connections, other: 'small' | 'full') {
  const known = await operator.db.selectFrom('businesses').select('business_id').executeTakeFirst()
  const ctx =
    known === undefined ? await seedAll(operator, connections) : await getBusinessCtx(operator, known.business_id)
  const visitor = async (name: keyof typeof sizes, deep: number): Promise<Visitor> => {
    const owner = await findCustomer(ctx, name)
    return {
      cookie: await signIn(ctx, owner.customer_id),
      places: await placesOf(ctx, owner, deep),
      downloads: downloadsOf(ctx),
    }
  }
  return { large: await visitor('large', DEEP), small: await visitor(other, 1) }
}

async function seedAll(operator: Ctx, connections: Connections): Promise<BusinessCtx> {
  const ctx = await seed(operator, connections, crowd)
  await createFarm(ctx)
  for (const name of ['large', 'small', 'full'] as const) await seedCustomer(ctx, connections, { name, ...sizes[name] })
  const client = await connections.connect()
  await client.query('vacuum (analyze)')
  await client.end()
  return ctx
}
