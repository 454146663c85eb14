// How a business's books stand, in lines that do not depend on ids, the minute of the day, or how often something was tried.
import { capturesOf, rowsOf } from './story.ts'
import type { World } from './world.ts'

export async function endState(world: World): Promise<string[]> {
  const [subscriptions, products, payments, dues, changes, keys, refunds, invoices, events, captures] =
    await Promise.all([
      rowsOf(world, 'subscriptions'),
      rowsOf(world, 'products'),
      rowsOf(world, 'payments'),
      rowsOf(world, 'dues'),
      rowsOf(world, 'plan_changes'),
      rowsOf(world, 'license_keys'),
      rowsOf(world, 'refunds'),
      rowsOf(world, 'invoices'),
      rowsOf(world, 'events'),
      capturesOf(world),
    ])
  const product = (id: string) => products.find(({ product_id }) => product_id === id)?.name
  const merchants = events.filter(({ audience }) => audience === 'merchant')
  return [
    ...subscriptions.map((row) =>
      [
        `${row.status} ${row.quantity} × ${product(row.product_id)} until ${day(row.next_billing_date)}`,
        `${row.credit_balance} credit${row.cancel_at_next_billing_date ? ', ends then' : ''}`,
      ].join(', '),
    ),
    ...payments.map(({ status, total_amount }) => `payment of ${total_amount} ${status}`),
    ...dues.map(({ kind, status, total }) => `${kind} of ${total} ${status}`),
    ...changes.map(({ status }) => `change ${status}`),
    ...keys.map(({ status }) => `key ${status}`),
    ...refunds.map(({ status, amount }) => `refund of ${amount} ${status}`),
    ...captures.map(({ amount, refunded_amount }) => `captured ${amount}, given back ${refunded_amount}`),
    `${invoices.length} invoices`,
    ...merchants.map(({ type }) => type),
  ].toSorted()
}

function day(instant: Temporal.Instant | null): string {
  return instant?.toString().slice(0, 10) ?? 'never'
}
