// The database of a run: businesses whose subscriptions are all due, and nothing else.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { createBusiness } from '#core/businesses/create-business.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import { type Connections, openDatabase } from '#db/connect.ts'
import { migrate } from '#db/migrate.ts'
import { readConfig } from '#src/config.ts'
import { withActor } from '#src/context.ts'
import { assembleModes } from '#src/modes.ts'
import { plan } from '#test/support/buy.ts'

export interface Size {
  businesses: number
  /** Of all businesses together. */
  subscriptions: number
}

/** A business and what it sells. */
export interface Shop {
  business_id: string
  product_id: string
}

export interface Stage {
  connections: Connections
  shops: Shop[]
}

export const SECRET_KEY = 'a secret key of the benchmark, 32 or more characters'

/** Written to disk as in production, unlike the databases of the tests. */
export async function setStage(dataDir: string, size: Size): Promise<Stage> {
  const log = pino({ level: 'error' })
  const connections = await openDatabase({ dataDir, role: 'command', log })
  await migrate(connections)
  const { test } = assembleModes({ config: readConfig({}), connections, secretKey: SECRET_KEY, log })
  const ctx = withActor(test.ctx, { type: 'operator', id: 'cli' })
  const shops: Shop[] = []
  const client = await connections.connect()
  try {
    await client.query('set search_path = test, accounts')
    for (let n = 0; n < size.businesses; n += 1) {
      const business = await createBusiness(ctx, { name: `Business ${n}`, email: 'hello@linden.example' })
      const { business_id } = business.business
      const { product_id } = await createProduct(business, plan())
      shops.push({ business_id, product_id })
      await client.query(
        `select set_config('bench.business_id', $1, false), set_config('bench.product_id', $2, false), set_config('bench.subscriptions', $3, false)`,
        [business_id, product_id, String(size.subscriptions / size.businesses)],
      )
      await client.query(readFileSync(join(import.meta.dirname, 'seed.sql'), 'utf8'))
    }
    await client.query('vacuum (analyze)')
    await client.query('checkpoint')
  } finally {
    await client.end()
  }
  return { connections, shops }
}

/** Renewals paid so far: the counters of the invoices know without counting rows. */
export async function countRenewals(connections: Connections): Promise<number> {
  const { rows } = await connections
    .pool('test')
    .pool.query(`select coalesce(sum(last_number), 0)::int as n from invoice_counters where series = 'invoice'`)
  return rows[0].n
}

/** Whether the workers had nothing to do any more; the floor took its own from the other end. */
export async function isUsedUp(connections: Connections): Promise<boolean> {
  const { rows } = await connections
    .pool('test')
    .pool.query('select not exists (select from subscriptions where period_number = 0) as up')
  return rows[0].up
}
