import type { Selectable } from 'kysely'
import { from } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

export type PaymentMethod = Selectable<DB['payment_methods']>

/** The saved methods of a customer, the default first, then the newest. */
export async function listPaymentMethods(ctx: BusinessCtx, customer_id: string): Promise<PaymentMethod[]> {
  return from(ctx, 'payment_methods')
    .selectAll()
    .where('customer_id', '=', customer_id)
    .where('removed_at', 'is', null)
    .orderBy('is_default', 'desc')
    .orderBy('created_at', 'desc')
    .execute()
}
