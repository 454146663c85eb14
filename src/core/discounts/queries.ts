import { type Selectable, sql } from 'kysely'
import { offsetOf, type Page } from '#core/paging.ts'
import { from, on } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'

export type DiscountRow = Selectable<DB['discounts']>

export interface CurrencyOption {
  currency: string
  is_default: boolean
  /** Minor units; 0 for none. */
  minimum_subtotal: number
  /** Minor units: what a flat discount takes, the most a percentage takes. */
  max_amount_possible: number | null
}

export type Discount = DiscountRow & {
  /** Products; none means all. */
  restricted_to: string[]
  currency_options: CurrencyOption[]
}

/** Deleted ones are not there. */
export async function getDiscount(ctx: BusinessCtx, discount_id: string): Promise<Discount> {
  const row = await whole(ctx)
    .where('discounts.discount_id', '=', discount_id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) throw notFound('discount')
  return row
}

/** By its code, however it is written. */
export async function findDiscountByCode(ctx: BusinessCtx, code: string): Promise<Discount | undefined> {
  return whole(ctx).where('code', '=', code.trim().toUpperCase()).where('deleted_at', 'is', null).executeTakeFirst()
}

/** Throws NOT_FOUND for an unknown code, 422 for one that cannot be redeemed now. */
export async function getRedeemable(ctx: BusinessCtx, code: string): Promise<Discount> {
  const discount = await findDiscountByCode(ctx, code)
  if (discount === undefined) throw notFound('discount')
  assertRedeemable(discount, ctx.clock.now())
  assertNotUsedUp(discount)
  return discount
}

/** In any order, deleted ones too: what was redeemed stays redeemed. */
export async function listDiscountsById(ctx: BusinessCtx, discount_ids: readonly string[]): Promise<Discount[]> {
  if (discount_ids.length === 0) return []
  return whole(ctx)
    .where('discounts.discount_id', 'in', [...discount_ids])
    .execute()
}

/** Throws what keeps anybody from redeeming it now. */
export function assertRedeemable(discount: DiscountRow, now: Temporal.Instant): void {
  const { starts_at, expires_at } = discount
  if (expires_at !== null && Temporal.Instant.compare(expires_at, now) <= 0) throw new AppError('DISCOUNT_CODE_EXPIRED')
  if (starts_at !== null && Temporal.Instant.compare(now, starts_at) < 0) throw new AppError('DISCOUNT_NOT_YET_ACTIVE')
}

/** Throws where it was redeemed as often as it can be. */
export function assertNotUsedUp({ usage_limit, times_used }: DiscountRow): void {
  if (usage_limit !== null && times_used >= usage_limit) throw new AppError('DISCOUNT_CODE_USAGE_LIMIT_EXCEEDED')
}

export interface DiscountFilter {
  active?: boolean
  /** A part of it. */
  code?: string
  discount_type?: DiscountRow['type']
  product_id?: string
}

/** Newest first. */
export async function listDiscounts(ctx: BusinessCtx, filter: DiscountFilter, page: Page): Promise<Discount[]> {
  let query = whole(ctx).where('deleted_at', 'is', null)
  const now = ctx.clock.now()
  const redeemable = sql<boolean>`(starts_at is null or starts_at <= ${now}) and (expires_at is null or expires_at > ${now})
    and (usage_limit is null or times_used < usage_limit)`
  if (filter.active === true) query = query.where(redeemable)
  if (filter.active === false) query = query.where(sql<boolean>`not (${redeemable})`)
  if (filter.code !== undefined) query = query.where(sql<boolean>`strpos(code, upper(${filter.code})) > 0`)
  if (filter.discount_type !== undefined) query = query.where('type', '=', filter.discount_type)
  if (filter.product_id !== undefined) {
    query = query.where(
      sql<boolean>`(exists (select from discount_products p where p.business_id = discounts.business_id
        and p.discount_id = discounts.discount_id and p.product_id = ${filter.product_id})
        or not exists (select from discount_products p where p.business_id = discounts.business_id
        and p.discount_id = discounts.discount_id))`,
    )
  }
  return query
    .orderBy('created_at', 'desc')
    .orderBy('discount_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
}

export async function listDiscountCustomers(ctx: BusinessCtx, discount_id: string, page: Page) {
  await getDiscount(ctx, discount_id)
  return from(ctx, 'discount_customers')
    .innerJoin('customers', on('customers.customer_id', 'discount_customers.customer_id'))
    .select(['customers.customer_id', 'customers.email', 'customers.name', 'discount_customers.created_at'])
    .where('discount_id', '=', discount_id)
    .orderBy('discount_customers.created_at', 'desc')
    .orderBy('customers.customer_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
}

function whole(ctx: BusinessCtx) {
  return from(ctx, 'discounts')
    .selectAll('discounts')
    .select(
      sql<string[]>`array(select p.product_id from discount_products p where p.business_id = discounts.business_id
        and p.discount_id = discounts.discount_id order by p.product_id)`.as('restricted_to'),
    )
    .select(
      sql<
        CurrencyOption[]
      >`coalesce((select json_agg(json_build_object('currency', o.currency, 'is_default', o.is_default,
          'minimum_subtotal', o.minimum_subtotal, 'max_amount_possible', o.max_amount_possible)
          order by o.is_default desc, o.currency)
        from discount_currency_options o where o.business_id = discounts.business_id
         and o.discount_id = discounts.discount_id), '[]')`.as('currency_options'),
    )
}
