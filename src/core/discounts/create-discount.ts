import { recordAudit } from '#core/audit/record-audit.ts'
import { checkDiscount, type DiscountFields } from '#core/discounts/check-discount.ts'
import { type Discount, getDiscount } from '#core/discounts/queries.ts'
import { orTaken, writeParts } from '#core/discounts/store.ts'
import { owned } from '#core/scope.ts'
import type { Metadata } from '#db/json-types.ts'
import { json } from '#db/temporal.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { newId, newSecret } from '#src/ids.ts'

export interface NewDiscount extends DiscountFields {
  /** A random one of 16 characters where it is null. */
  code: string | null
  metadata: Metadata
}

/** Throws DISCOUNT_CODE_ALREADY_EXISTS, and 422 for what contradicts itself. */
export async function createDiscount(outer: BusinessCtx, input: NewDiscount): Promise<Discount> {
  checkDiscount(input)
  return inTransaction(outer, async (ctx) => {
    const { code, metadata, restricted_to, currency_options, ...columns } = input
    const now = ctx.clock.now()
    const discount_id = newId('discount', ctx.wall.now().epochMilliseconds)
    await ctx.db
      .insertInto('discounts')
      .values({
        ...owned(ctx),
        discount_id,
        code: (code ?? newSecret().slice(0, 16)).toUpperCase(),
        ...columns,
        metadata: json(metadata),
        created_at: now,
        updated_at: now,
      })
      .execute()
      .catch(orTaken)
    await writeParts(ctx, discount_id, { restricted_to, currency_options })
    await recordAudit(ctx, { action: 'discount.created', resource_id: discount_id, customer_id: null })
    return getDiscount(ctx, discount_id)
  })
}
