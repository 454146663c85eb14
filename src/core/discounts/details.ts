// Discounts as a subscription or a payment shows them: each with its place in the stack.
import { type RawBuilder, sql } from 'kysely'
import { type Discount, listDiscountsById } from '#core/discounts/queries.ts'
import type { AppliedDiscount } from '#core/discounts/subscription-discounts.ts'
import type { Metadata } from '#db/json-types.ts'
import type { DiscountType } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface DiscountDetail {
  business_id: string
  discount_id: string
  code: string
  name: string | null
  type: DiscountType
  amount: number
  restricted_to: string[]
  preserve_on_plan_change: boolean
  subscription_cycles: number | null
  usage_limit: number | null
  times_used: number
  metadata: Metadata
  /** RFC 3339. */
  created_at: string
  expires_at: string | null
  position: number
  /** Null: all periods to come; of a payment it is always null. */
  cycles_remaining: number | null
}

/** A column with what the row of `subscriptions` in the query is discounted by. */
export function discountsOfSubscription(): RawBuilder<DiscountDetail[]> {
  return sql<DiscountDetail[]>`coalesce((
    select json_agg(json_build_object('business_id', d.business_id, 'discount_id', d.discount_id, 'code', d.code,
             'name', d.name, 'type', d.type, 'amount', d.amount, 'restricted_to', array(
               select p.product_id from discount_products p
                where p.business_id = d.business_id and p.discount_id = d.discount_id order by p.product_id),
             'preserve_on_plan_change', d.preserve_on_plan_change, 'subscription_cycles', d.subscription_cycles,
             'usage_limit', d.usage_limit, 'times_used', d.times_used, 'metadata', d.metadata,
             'created_at', d.created_at, 'expires_at', d.expires_at, 'cycles_remaining', s.cycles_remaining, 'position',
             (select count(*) from subscription_discounts b where b.business_id = s.business_id
                 and b.subscription_id = s.subscription_id and b.position < s.position)) order by s.position)
      from subscription_discounts s join discounts d on d.business_id = s.business_id and d.discount_id = s.discount_id
     where s.business_id = subscriptions.business_id and s.subscription_id = subscriptions.subscription_id), '[]')`
}

/** The same of discounts that are only going to be applied. */
export async function detailsOf(
  ctx: BusinessCtx,
  applied: readonly Pick<AppliedDiscount, 'discount_id' | 'cycles_remaining'>[],
): Promise<DiscountDetail[]> {
  const rows = await listDiscountsById(
    ctx,
    applied.map(({ discount_id }) => discount_id),
  )
  return applied.flatMap(({ discount_id, cycles_remaining }, position) => {
    const row = rows.find((each) => each.discount_id === discount_id)
    return row === undefined ? [] : [{ ...detailOf(row), position, cycles_remaining }]
  })
}

function detailOf({ created_at, expires_at, ...row }: Discount): Omit<DiscountDetail, 'position' | 'cycles_remaining'> {
  return { ...row, created_at: created_at.toString(), expires_at: expires_at?.toString() ?? null }
}
