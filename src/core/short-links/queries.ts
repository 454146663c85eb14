import type { Selectable } from 'kysely'
import { type Cart, priceCart } from '#core/checkout/cart.ts'
import { offsetOf, type Page } from '#core/paging.ts'
import { from } from '#core/scope.ts'
import { takeFromAnybody, toCheckout } from '#core/short-links/static-params.ts'
import type { StaticParams } from '#db/json-types.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'

export type ShortLink = Selectable<DB['short_links']>

/** Newest first. */
export async function listShortLinks(
  ctx: BusinessCtx,
  filter: { product_id?: string | undefined },
  page: Page,
): Promise<ShortLink[]> {
  let query = from(ctx, 'short_links').selectAll()
  if (filter.product_id !== undefined) query = query.where('product_id', '=', filter.product_id)
  return query.orderBy('created_at', 'desc').orderBy('slug').limit(page.page_size).offset(offsetOf(page)).execute()
}

export async function getShortLink(ctx: BusinessCtx, slug: string): Promise<ShortLink> {
  const link = await from(ctx, 'short_links').selectAll().where('slug', '=', slug.toLowerCase()).executeTakeFirst()
  if (link === undefined) throw notFound('page')
  return link
}

/** What a checkout begins with: the link's own parameters, and over them what anybody may write behind its address. */
export function checkoutOf({ product_id, static_checkout_params }: ShortLink, query: StaticParams) {
  return toCheckout(product_id, { ...static_checkout_params, ...takeFromAnybody(query) })
}

/** What would be bought; undefined where it is not sold any more. */
export async function findOffer(ctx: BusinessCtx, link: ShortLink, query: StaticParams): Promise<Cart | undefined> {
  const { product_cart, billing_currency = null, billing = null } = checkoutOf(link, query)
  try {
    const buyer = { billing, tax_id: null }
    return await priceCart(ctx, product_cart, { trial_period_days: null, billing_currency, buyer })
  } catch (error) {
    if (error instanceof AppError && error.code === 'PRODUCT_IS_DELETED') return undefined
    throw error
  }
}
