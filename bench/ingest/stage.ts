// The database of a run: one business, a plan with two meters, customers who use it, and two months to be read.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely, PostgresDialect } from 'kysely'
import { pino } from 'pino'
import { type Statement, toSendable } from '#bench/record-visits.ts'
import { plainUrl } from '#bench/stage.ts'
import { createApiKey } from '#core/api-keys/create-api-key.ts'
import { createBusiness } from '#core/businesses/create-business.ts'
import { setBusiness } from '#core/businesses/set-business.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import { createMeter } from '#core/usage/create-meter.ts'
import { ingestEvents } from '#core/usage/ingest-events.ts'
import { type Connections, openDatabase } from '#db/connect.ts'
import { migrate } from '#db/migrate.ts'
import type { DB } from '#db/schema.ts'
import { readConfig } from '#src/config.ts'
import { type BusinessCtx, withActor } from '#src/context.ts'
import { assembleModes } from '#src/modes.ts'
import { readSecretKey } from '#src/secrets.ts'
import { plan } from '#test/support/buy.ts'
import { batch, CUSTOMERS, customerId } from './batch.ts'

export interface Stage {
  key: string
  database_url: string
  /** What some batches ran, transaction by transaction. */
  recorded: Statement[][]
}

/** Batches that the floor takes turns with, each of other customers. */
const RECORDED = 16

export async function setStage(dataDir: string, port: number): Promise<Stage> {
  const config = readConfig({ DATA_DIR: dataDir, PORTICO_TEST_URL: `http://127.0.0.1:${port}` })
  const log = pino({ level: 'error' })
  const connections = await openDatabase({ dataDir, role: 'command', log })
  try {
    await migrate(connections)
    const { test } = assembleModes({ config, connections, secretKey: readSecretKey(config), log })
    const operator = withActor(test.ctx, { type: 'operator', id: 'cli' } as const)
    const { business } = await createBusiness(operator, { name: 'Linden Studio', email: 'hello@linden.example' })
    const ctx = await setBusiness(operator, business.business_id, { rate_limit_tier: 'unlimited' })
    await seed(ctx, connections)
    const { key } = await createApiKey(ctx, { name: 'benchmark' })
    return { key, database_url: plainUrl(connections), recorded: await record(ctx, connections) }
  } finally {
    await connections.close()
  }
}

async function seed(ctx: BusinessCtx, connections: Connections): Promise<void> {
  const meter = { description: null, event_name: 'api_request', filter: null }
  const calls = await createMeter(ctx, {
    ...meter,
    name: 'Calls',
    measurement_unit: 'calls',
    aggregation_type: 'count',
    aggregation_key: null,
  })
  const tokens = await createMeter(ctx, {
    ...meter,
    name: 'Tokens',
    measurement_unit: 'tokens',
    aggregation_type: 'sum',
    aggregation_key: 'tokens',
    filter: { conjunction: 'and', clauses: [{ key: 'region', operator: 'not_equals', value: 'lab' }] },
  })
  const meters = [calls, tokens].map(({ meter_id }) => ({ meter_id, price_per_unit: '0.01', free_threshold: 1000 }))
  const { price, ...fields } = plan()
  if (price.type !== 'recurring_price') throw new Error('a plan recurs')
  const { trial_period_days: _, ...rhythm } = price
  const product = await createProduct(ctx, { ...fields, price: { ...rhythm, type: 'usage_based_price', meters } })
  const client = await connections.connect()
  try {
    await client.query('set search_path = test, accounts')
    await client.query(
      `select set_config('bench.business_id', $1, false), set_config('bench.product_id', $2, false), set_config('bench.customers', $3, false)`,
      [ctx.business.business_id, product.product_id, String(CUSTOMERS)],
    )
    await client.query(readFileSync(join(import.meta.dirname, 'seed.sql'), 'utf8'))
    await client.query('vacuum (analyze)')
    await client.query('checkpoint')
  } finally {
    await client.end()
  }
}

async function record(ctx: BusinessCtx, connections: Connections): Promise<Statement[][]> {
  let statements: Statement[] = []
  const { pool } = connections.pool('test')
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => {
      statements.push({ text: query.sql, values: query.parameters.map(toSendable) })
    },
  })
  const recorded: Statement[][] = []
  for (let n = 0; n < RECORDED; n += 1) {
    statements = []
    const events = batch(`recorded-${n}-`).map((event) => ({ ...event, timestamp: null }))
    await ingestEvents({ ...ctx, db }, events)
    recorded.push(statements)
  }
  return recorded
}

/** The subscription whose month held few events, and the one whose month held a million. */
export const months = { thousand: customerId(1, 'sub'), million: customerId(2, 'sub') }
