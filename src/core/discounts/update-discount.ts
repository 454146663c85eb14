import { recordAudit } from '#core/audit/record-audit.ts'
import { checkDiscount, type DiscountFields } from '#core/discounts/check-discount.ts'
import { type Discount, getDiscount } from '#core/discounts/queries.ts'
import { orTaken, writeParts } from '#core/discounts/store.ts'
import { update } from '#core/scope.ts'
import type { Metadata } from '#db/json-types.ts'
import { json } from '#db/temporal.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

export type DiscountChange = Partial<DiscountFields> & { code?: string; metadata?: Metadata }

/** Changes what is named. Who has redeemed it keeps the terms of then. */
export async function updateDiscount(
  outer: BusinessCtx,
  discount_id: string,
  change: DiscountChange,
): Promise<Discount> {
  return inTransaction(outer, async (ctx) => {
    const named = Object.fromEntries(
      Object.entries(change).filter(([, value]) => value !== undefined),
    ) as DiscountChange
    const discount = await getDiscount(ctx, discount_id)
    checkDiscount({ ...discount, ...named })
    const { restricted_to, currency_options, metadata, code, ...columns } = named
    await update(ctx, 'discounts')
      .set({
        ...columns,
        ...(code === undefined ? {} : { code: code.toUpperCase() }),
        ...(metadata === undefined ? {} : { metadata: json(metadata) }),
        updated_at: ctx.clock.now(),
      })
      .where('discount_id', '=', discount_id)
      .execute()
      .catch(orTaken)
    await writeParts(ctx, discount_id, { restricted_to, currency_options })
    await recordAudit(ctx, { action: 'discount.updated', resource_id: discount_id, customer_id: null })
    return getDiscount(ctx, discount_id)
  })
}
