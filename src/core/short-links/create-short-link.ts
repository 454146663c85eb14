import { recordAudit } from '#core/audit/record-audit.ts'
import { getProduct } from '#core/catalog/queries.ts'
import { priceCart } from '#core/checkout/cart.ts'
import { owned } from '#core/scope.ts'
import type { ShortLink } from '#core/short-links/queries.ts'
import { findWrongParam, toCheckout } from '#core/short-links/static-params.ts'
import type { StaticParams } from '#db/json-types.ts'
import { json } from '#db/temporal.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface NewShortLink {
  slug: string
  static_checkout_params: StaticParams
}

/**
 * A short address for a product. Throws SLUG_ALREADY_TAKEN, INVALID_REQUEST_BODY for a parameter that is not served, and what keeps the
 * product from being sold so.
 */
export async function createShortLink(
  outer: BusinessCtx,
  product_id: string,
  { slug, static_checkout_params }: NewShortLink,
): Promise<ShortLink> {
  await getProduct(outer, product_id)
  const wrong = findWrongParam(static_checkout_params)
  if (wrong !== undefined) {
    throw new AppError('INVALID_REQUEST_BODY', {
      message: `static_checkout_params: ${wrong} is not served here, or not like this`,
      field: 'static_checkout_params',
    })
  }
  const { product_cart, billing_currency = null } = toCheckout(product_id, static_checkout_params)
  await priceCart(outer, product_cart, { trial_period_days: null, billing_currency })
  return inTransaction(outer, async (ctx) => {
    const link = await ctx.db
      .insertInto('short_links')
      .values({
        ...{ ...owned(ctx), slug, product_id, created_at: ctx.wall.now() },
        static_checkout_params: json(static_checkout_params),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst()
    if (link === undefined) throw new AppError('SLUG_ALREADY_TAKEN', { field: 'slug' })
    await recordAudit(ctx, {
      action: 'short_link.created',
      resource_id: product_id,
      customer_id: null,
      details: { slug },
    })
    return link
  })
}
