import type { CurrencyOption } from '#core/discounts/queries.ts'
import { from, owned } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** What a discount is for, and its amounts, become exactly these. Throws NOT_FOUND for a product that is not there. */
export async function writeParts(
  ctx: BusinessCtx,
  discount_id: string,
  parts: { restricted_to?: readonly string[]; currency_options?: readonly CurrencyOption[] },
): Promise<void> {
  const { restricted_to, currency_options } = parts
  if (restricted_to !== undefined) {
    await clear(ctx, 'discount_products', discount_id)
    const products = [...new Set(restricted_to)]
    await assertProducts(ctx, products)
    const rows = products.map((product_id) => ({ ...owned(ctx), discount_id, product_id }))
    if (rows.length > 0) await ctx.db.insertInto('discount_products').values(rows).execute()
  }
  if (currency_options === undefined) return
  await clear(ctx, 'discount_currency_options', discount_id)
  const [only] = currency_options
  // The only one is the default, whatever it says.
  const rows = currency_options.map((option) => ({
    ...owned(ctx),
    discount_id,
    ...option,
    is_default: option.is_default || (currency_options.length === 1 && option === only),
  }))
  if (rows.length > 0) await ctx.db.insertInto('discount_currency_options').values(rows).execute()
}

async function clear(
  ctx: BusinessCtx,
  table: 'discount_products' | 'discount_currency_options',
  discount_id: string,
): Promise<void> {
  await ctx.db
    .deleteFrom(table)
    .where('business_id', '=', ctx.business.business_id)
    .where('discount_id', '=', discount_id)
    .execute()
}

async function assertProducts(ctx: BusinessCtx, product_ids: readonly string[]): Promise<void> {
  if (product_ids.length === 0) return
  const known = await from(ctx, 'products')
    .select('product_id')
    .where('product_id', 'in', [...product_ids])
    .execute()
  const missing = product_ids.find((id) => !known.some(({ product_id }) => product_id === id))
  if (missing === undefined) return
  throw new AppError('INVALID_REQUEST_BODY', { message: `There is no product ${missing}`, field: 'restricted_to' })
}

/** Two of one code cannot be; whoever comes second is told. */
export function orTaken(error: unknown): never {
  const constraint = (error as { constraint?: string }).constraint
  if (constraint === 'discounts_by_code') throw new AppError('DISCOUNT_CODE_ALREADY_EXISTS', { field: 'code' })
  throw error
}
