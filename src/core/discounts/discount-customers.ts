// Who may redeem a discount that is for specific customers.
import { getDiscount } from '#core/discounts/queries.ts'
import { from, on, owned } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'

/** Adds all of them or, where one is unknown, none. Adding one again changes nothing. */
export async function addDiscountCustomers(outer: BusinessCtx, discount_id: string, customer_ids: readonly string[]) {
  return inTransaction(outer, async (ctx) => {
    await getDiscount(ctx, discount_id)
    const ids = [...new Set(customer_ids)]
    const known = await from(ctx, 'customers').select('customer_id').where('customer_id', 'in', ids).execute()
    const missing = ids.find((id) => !known.some(({ customer_id }) => customer_id === id))
    if (missing !== undefined) {
      throw new AppError('INVALID_REQUEST_BODY', { message: `There is no customer ${missing}`, field: 'customer_ids' })
    }
    const created_at = ctx.clock.now()
    await ctx.db
      .insertInto('discount_customers')
      .values(ids.map((customer_id) => ({ ...owned(ctx), discount_id, customer_id, created_at })))
      .onConflict((conflict) => conflict.columns(['business_id', 'discount_id', 'customer_id']).doNothing())
      .execute()
    return from(ctx, 'discount_customers')
      .innerJoin('customers', on('customers.customer_id', 'discount_customers.customer_id'))
      .select(['customers.customer_id', 'customers.email', 'customers.name', 'discount_customers.created_at'])
      .where('discount_id', '=', discount_id)
      .where('discount_customers.customer_id', 'in', ids)
      .execute()
  })
}

/** Throws NOT_FOUND where that customer is not among them. */
export async function removeDiscountCustomer(
  ctx: BusinessCtx,
  discount_id: string,
  customer_id: string,
): Promise<void> {
  await getDiscount(ctx, discount_id)
  const { numDeletedRows } = await ctx.db
    .deleteFrom('discount_customers')
    .where('business_id', '=', ctx.business.business_id)
    .where('discount_id', '=', discount_id)
    .where('customer_id', '=', customer_id)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw notFound('customer of this discount')
}
