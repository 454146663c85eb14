import type { Customer } from '#core/customers/queries.ts'
import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Puts each row's customer beside it, with one query for all of them. */
export async function withCustomers<Row extends { customer_id: string }>(
  ctx: BusinessCtx,
  rows: readonly Row[],
): Promise<(Row & { customer: Customer })[]> {
  if (rows.length === 0) return []
  const ids = [...new Set(rows.map((row) => row.customer_id))]
  const customers = await from(ctx, 'customers').selectAll().where('customer_id', 'in', ids).execute()
  const byId = new Map(customers.map((customer) => [customer.customer_id, customer]))
  return rows.map((row) => {
    const customer = byId.get(row.customer_id)
    if (customer === undefined) throw new Error('a row of a customer names one that is there')
    return { ...row, customer }
  })
}
