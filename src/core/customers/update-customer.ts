import { recordAudit } from '#core/audit/record-audit.ts'
import { type Customer, getCustomerToServe } from '#core/customers/queries.ts'
import { update } from '#core/scope.ts'
import type { Metadata } from '#db/json-types.ts'
import { json } from '#db/temporal.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

/** What is omitted stays; null clears where a column may be empty. */
export interface CustomerChange {
  email?: string
  name?: string
  phone_number?: string | null
  locale?: string | null
  metadata?: Metadata
}

export async function updateCustomer(
  outer: BusinessCtx,
  customer_id: string,
  change: CustomerChange,
): Promise<Customer> {
  return inTransaction(outer, async (ctx) => {
    await getCustomerToServe(ctx, customer_id)
    const { metadata, ...columns } = change
    const customer = await update(ctx, 'customers')
      .set({
        ...columns,
        ...(metadata === undefined ? {} : { metadata: json(metadata) }),
        updated_at: ctx.clock.now(),
      })
      .where('customer_id', '=', customer_id)
      .returningAll()
      .executeTakeFirst()
    if (customer === undefined) throw notFound('customer')
    await recordAudit(ctx, {
      action: 'customer.updated',
      resource_id: customer_id,
      customer_id,
      details: { fields: Object.keys(change).sort().join(' ') },
    })
    return customer
  })
}
