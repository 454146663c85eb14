// What a subscription is discounted by, in order, at the terms it was redeemed with.
import { from, on, owned, update } from '#core/scope.ts'
import type { RedeemedTerms } from '#db/json-types.ts'
import { json } from '#db/temporal.ts'
import type { BusinessCtx } from '#src/context.ts'

/** A discount as it is applied to lines. */
export interface AppliedDiscount {
  discount_id: string
  code: string
  terms: RedeemedTerms
  /** Whole periods still to be paid with it; null: all. */
  cycles_remaining: number | null
  preserve_on_plan_change: boolean
}

export async function readDiscounts(ctx: BusinessCtx, subscription_id: string): Promise<AppliedDiscount[]> {
  return from(ctx, 'subscription_discounts')
    .innerJoin('discounts', on('discounts.discount_id', 'subscription_discounts.discount_id'))
    .select([
      'subscription_discounts.discount_id',
      'discounts.code',
      'discounts.preserve_on_plan_change',
      'subscription_discounts.terms',
      'subscription_discounts.cycles_remaining',
    ])
    .where('subscription_id', '=', subscription_id)
    .orderBy('position')
    .execute()
}

/** They become exactly these. */
export async function writeDiscounts(
  ctx: BusinessCtx,
  subscription_id: string,
  discounts: readonly Pick<AppliedDiscount, 'discount_id' | 'terms' | 'cycles_remaining'>[],
): Promise<void> {
  await ctx.db
    .deleteFrom('subscription_discounts')
    .where('business_id', '=', ctx.business.business_id)
    .where('subscription_id', '=', subscription_id)
    .execute()
  if (discounts.length === 0) return
  await ctx.db
    .insertInto('subscription_discounts')
    .values(
      discounts.map(({ discount_id, terms, cycles_remaining }, position) => {
        return { ...owned(ctx), subscription_id, position, discount_id, terms: json(terms), cycles_remaining }
      }),
    )
    .execute()
}

/** A whole period was paid: each discount that was taken from it has one less to come, and ends with its last. */
export async function useCycles(
  ctx: BusinessCtx,
  subscription_id: string,
  taken: readonly { discount_id: string; uses_cycle: boolean }[],
): Promise<void> {
  for (const { discount_id, uses_cycle } of taken) {
    if (!uses_cycle) continue
    const last = await ctx.db
      .deleteFrom('subscription_discounts')
      .where('business_id', '=', ctx.business.business_id)
      .where('subscription_id', '=', subscription_id)
      .where('discount_id', '=', discount_id)
      .where('cycles_remaining', '=', 1)
      .executeTakeFirst()
    if (last.numDeletedRows > 0n) continue
    await update(ctx, 'subscription_discounts')
      .set((eb) => ({ cycles_remaining: eb('cycles_remaining', '-', 1) }))
      .where('subscription_id', '=', subscription_id)
      .where('discount_id', '=', discount_id)
      .where('cycles_remaining', 'is not', null)
      .execute()
  }
}
