// Customers of very different size of the same business, as seed.sql makes them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createProduct } from '#core/catalog/create-product.ts'
import { adjustCredits } from '#core/credit-entitlements/adjust-credits.ts'
import { createCreditEntitlement } from '#core/credit-entitlements/create-credit-entitlement.ts'
import { createCustomer } from '#core/customers/create-customer.ts'
import { from, on } from '#core/scope.ts'
import { createMeter } from '#core/usage/create-meter.ts'
import type { Connections } from '#db/connect.ts'
import type { BusinessCtx } from '#src/context.ts'
import { plan } from '#test/support/buy.ts'
import { plainCredits } from '#test/support/credits.ts'
import type { Owner } from './places.ts'

export interface Size {
  subscriptions: number
  payments: number
  keys: number
}

export const sizes = {
  large: { subscriptions: 40, payments: 5000, keys: 300 },
  small: { subscriptions: 2, payments: 10, keys: 3 },
  /** Has as much as a page of each kind shows, and little more. */
  full: { subscriptions: 8, payments: 400, keys: 30 },
} as const satisfies Record<string, Size>

const emailOf = (name: string) => `${name}@northwind.example`

const none = { description: null, filter: null, aggregation_type: 'sum', aggregation_key: 'amount' } as const

/** A plan with two meters, to be sold beside the plans of `createCatalog`. */
export async function createFarm(ctx: BusinessCtx): Promise<void> {
  const calls = await createMeter(ctx, { ...none, name: 'Calls', event_name: 'call', measurement_unit: 'calls' })
  const frames = await createMeter(ctx, { ...none, name: 'Frames', event_name: 'frame', measurement_unit: 'frames' })
  const { price, ...fields } = plan({ price: 1900 })
  if (price.type !== 'recurring_price') throw new Error('a plan recurs')
  const { trial_period_days: _, ...rhythm } = price
  const meters = [calls, frames].map(({ meter_id }) => ({ meter_id, price_per_unit: '0.01', free_threshold: 1000 }))
  await createProduct(ctx, { ...fields, name: 'Render Farm', price: { ...rhythm, type: 'usage_based_price', meters } })
}

export async function seedCustomer(
  ctx: BusinessCtx,
  connections: Connections,
  { name, ...size }: Size & { name: string },
) {
  const { customer_id } = await createCustomer(ctx, { email: emailOf(name), name: 'Mara Lindqvist' })
  const client = await connections.connect()
  try {
    await client.query('set search_path = test, accounts')
    const settings = { business_id: ctx.business.business_id, customer_id, ...size }
    for (const [setting, value] of Object.entries(settings)) {
      await client.query('select set_config($1, $2, false)', [`bench.${setting}`, String(value)])
    }
    await client.query(readFileSync(join(import.meta.dirname, 'seed.sql'), 'utf8'))
  } finally {
    await client.end()
  }
  await giveCredits(ctx, customer_id, size)
}

/** The customer of this name, and the kind of credits they hold. */
export async function findCustomer(ctx: BusinessCtx, name: string): Promise<Owner> {
  return from(ctx, 'customers')
    .innerJoin('credit_balances', on('credit_balances.customer_id', 'customers.customer_id'))
    .select(['customers.customer_id', 'credit_entitlement_id'])
    .where('email', '=', emailOf(name))
    .executeTakeFirstOrThrow()
}

async function giveCredits(ctx: BusinessCtx, customer_id: string, { subscriptions }: Size): Promise<void> {
  const { credit_entitlement_id } = await createCreditEntitlement(ctx, plainCredits)
  for (let gift = 0; gift < subscriptions; gift += 1) {
    const adjustment = { customer_id, credit_entitlement_id, amount: '5', expires_at: null, reason: 'Thank you' }
    await adjustCredits(ctx, { ...adjustment, entry_type: 'credit', metadata: {}, idempotency_key: null })
  }
}
