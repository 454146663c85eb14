// Fills a migrated database: the business and its catalog by the product's own verbs, its customers' years by seed.sql.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createBusiness } from '#core/businesses/create-business.ts'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { createAddon } from '#core/catalog/create-addon.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import { createEntitlement } from '#core/entitlements/create-entitlement.ts'
import type { Connections } from '#db/connect.ts'
import type { BusinessCtx, Ctx } from '#src/context.ts'
import { download, plan } from '#test/support/buy.ts'

const SELLER = 'Linden Studio'

interface Size {
  customers: number
  payments: number
}

/** Uses the database again where it holds this many customers. */
export async function seed(ctx: Ctx, connections: Connections, size: Size): Promise<BusinessCtx> {
  const known = await ctx.db
    .selectFrom('businesses')
    .select('business_id')
    .where('name', '=', SELLER)
    .executeTakeFirst()
  if (known !== undefined) return assertSize(await getBusinessCtx(ctx, known.business_id), size)
  const business = await createBusiness(ctx, { name: SELLER, email: 'hello@linden.example' })
  await createCatalog(business)
  await runSeed(connections, business.business.business_id, size)
  return business
}

/** What is sold: plans, one of them with seats, and a download with keys and files. */
export async function createCatalog(ctx: BusinessCtx): Promise<void> {
  const seat = await createAddon(ctx, { name: 'Extra seat', currency: 'USD', price: 900, tax_category: 'saas' })
  await createProduct(ctx, plan({ price: 1200 }, { name: 'Studio Basic' }))
  await createProduct(ctx, plan({ price: 2900 }, { name: 'Studio Pro', description: 'For one studio' }))
  await createProduct(ctx, plan({ price: 8700 }, { name: 'Studio Team', addons: [seat.addon_id] }))
  await createProduct(ctx, plan({ price: 300, payment_frequency_interval: 'Week' }, { name: 'Sketch of the week' }))
  const { entitlement_id } = await createEntitlement(ctx, {
    name: 'Brushes and textures',
    description: 'Everything of the pack, in one place',
    integration_type: 'digital_files',
    integration_config: { external_url: 'https://files.linden.example/brushes', instructions: null },
    metadata: {},
  })
  const keys = { license_key_enabled: true, license_key_activations_limit: 3 }
  await createProduct(ctx, download(1500, { ...keys, entitlements: [entitlement_id] }))
}

async function runSeed(connections: Connections, business_id: string, { customers, payments }: Size): Promise<void> {
  const client = await connections.connect()
  try {
    await client.query('set search_path = test, accounts')
    await client.query(
      `select set_config('bench.business_id', $1, false), set_config('bench.customers', $2, false), set_config('bench.payments', $3, false)`,
      [business_id, String(customers), String(payments)],
    )
    await client.query(readFileSync(join(import.meta.dirname, 'seed.sql'), 'utf8'))
    await client.query('vacuum (analyze)')
    await client.query('checkpoint')
  } finally {
    await client.end()
  }
}

async function assertSize(ctx: BusinessCtx, { customers, payments }: Size): Promise<BusinessCtx> {
  const count = async (table: 'customers' | 'payments') => {
    const { n } = await ctx.db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('business_id', '=', ctx.business.business_id)
      .executeTakeFirstOrThrow()
    return n
  }
  const found = { customers: await count('customers'), payments: await count('payments') }
  if (found.customers === customers && found.payments === payments) return ctx
  throw new Error(`that directory holds ${found.customers} customers and ${found.payments} payments: name another one`)
}
