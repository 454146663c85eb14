// Many subscriptions whose renewal is due, each of a customer of its own: one is bought, the others are copied from it in the database.
import { buy, plan } from './buy.ts'
import { skipTo } from './story.ts'
import type { World } from './world.ts'

/** `columns` are those that PostgreSQL does not compute itself. */
const copied = (table: string, columns: string[], id: string, change: string) => `
  insert into ${table} (${columns.join(', ')})
  select ${columns.map((column) => `(copy).${column}`).join(', ')}
  from (select jsonb_populate_record(row, ${change}) copy
          from ${table} row, generate_series(1, $1) n where row.${id} = $2) copies`

const copiedCustomers = `
  insert into customers (business_id, customer_id, email, name, created_at, updated_at)
  select business_id, 'cus_copy' || n, n || email, name, created_at, updated_at
  from customers, generate_series(1, $1) n where customer_id = $2`

/**
 * `count` active monthly subscriptions begun on 31 January 2026 (the world has to start there), seen on 28 February after their time;
 * returns their ids.
 */
export async function dueRenewals(world: World, count: number, card?: string): Promise<string[]> {
  const bought = await buy(world, plan(), card === undefined ? {} : { card })
  const db = await world.database.connections.connect()
  try {
    await db.query('set search_path = test, accounts')
    const { rows } = await db.query(
      'select payment_method_id, processor_reference from payment_methods where customer_id = $1',
      [bought.customer_id],
    )
    const [{ payment_method_id, processor_reference }] = rows
    const copies = count - 1
    const run = (sql: string, id: string) => db.query(sql, [copies, id])
    const copy = async (table: string, column: string, change: string, id: string) => {
      const { rows: columns } = await db.query(
        "select attname from pg_attribute where attrelid = $1::regclass and attnum > 0 and attgenerated = '' and not attisdropped",
        [table],
      )
      await run(
        copied(
          table,
          columns.map(({ attname }) => attname),
          column,
          change,
        ),
        id,
      )
    }
    const customer = `'customer_id', 'cus_copy' || n`
    await run(copiedCustomers, bought.customer_id)
    const reference = `jsonb_build_object(${customer}, 'method_id', 'method' || n)`
    await copy('sandbox.methods', 'method_id', reference, processor_reference)
    const method = `'payment_method_id', 'pm_copy' || n`
    const saved = `jsonb_build_object(${customer}, ${method}, 'processor_reference', 'method' || n)`
    await copy('payment_methods', 'payment_method_id', saved, payment_method_id)
    const subscription = `'subscription_id', 'sub_copy' || n`
    const running = `jsonb_build_object(${customer}, ${method}, ${subscription}, 'checkout_id', null)`
    await copy('subscriptions', 'subscription_id', running, bought.subscription_id)
    const period = `jsonb_build_object(${subscription}, 'dues_id', null)`
    await copy('subscription_periods', 'subscription_id', period, bought.subscription_id)
  } finally {
    await db.end()
  }
  await skipTo(world, '2026-02-28T12:00:00Z')
  return [bought.subscription_id, ...Array.from({ length: count - 1 }, (_, n) => `sub_copy${n + 1}`)]
}
