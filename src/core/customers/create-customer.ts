import { recordAudit } from '#core/audit/record-audit.ts'
import type { Customer } from '#core/customers/queries.ts'
import { owned } from '#core/scope.ts'
import type { Metadata } from '#db/json-types.ts'
import { json } from '#db/temporal.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export interface NewCustomer {
  email: string
  name: string
  phone_number?: string | null
  locale?: string | null
  metadata?: Metadata
}

export async function createCustomer(outer: BusinessCtx, input: NewCustomer): Promise<Customer> {
  return inTransaction(outer, async (ctx) => {
    const now = ctx.clock.now()
    const customer = await ctx.db
      .insertInto('customers')
      .values({
        ...owned(ctx),
        customer_id: newId('customer', ctx.wall.now().epochMilliseconds),
        email: input.email,
        name: input.name,
        phone_number: input.phone_number ?? null,
        locale: input.locale ?? null,
        metadata: json(input.metadata ?? {}),
        created_at: now,
        updated_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await recordAudit(ctx, {
      action: 'customer.created',
      resource_id: customer.customer_id,
      customer_id: customer.customer_id,
    })
    return customer
  })
}
