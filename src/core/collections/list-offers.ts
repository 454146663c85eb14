import type { Product } from '#core/catalog/queries.ts'
import { getCollection } from '#core/collections/queries.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface Offer {
  product: Product
  group_name: string | null
}

/**
 * What a collection sells, in the merchant's order; the first is what is bought unless another is chosen. Throws NOT_FOUND,
 * PRODUCT_COLLECTION_IS_DELETED, and PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS where all is put away.
 */
export async function listOffers(
  ctx: BusinessCtx,
  product_collection_id: string,
): Promise<readonly [Offer, ...Offer[]]> {
  const { archived_at, groups } = await getCollection(ctx, product_collection_id)
  if (archived_at !== null) throw new AppError('PRODUCT_COLLECTION_IS_DELETED')
  const [first, ...others] = groups
    .filter(({ enabled }) => enabled)
    .flatMap(({ group_name, items }) =>
      items
        .filter(({ enabled, product }) => enabled && product.archived_at === null)
        .map(({ product }) => ({ product, group_name })),
    )
  if (first === undefined) throw new AppError('PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS')
  return [first, ...others]
}
