import { recordAudit } from '#core/audit/record-audit.ts'
import { type ProductFields, productColumns } from '#core/catalog/product-columns.ts'
import { writeProductMeters } from '#core/catalog/product-meters.ts'
import { getProduct, type Product } from '#core/catalog/queries.ts'
import { writeProductAddons } from '#core/catalog/store.ts'
import { writeProductCredits } from '#core/credit-entitlements/product-credits.ts'
import { attachEntitlements } from '#core/entitlements/attach-entitlements.ts'
import { imageColumn } from '#core/images/queries.ts'
import { update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface ProductChange extends Partial<ProductFields> {
  /** Of a picture that was uploaded; null takes it away. */
  image_id?: string | null | undefined
}

/** Changes what is named. Running subscriptions keep their prices: an edit reaches them only by a plan change. */
export async function updateProduct(
  outer: BusinessCtx,
  product_id: string,
  { image_id, ...change }: ProductChange,
): Promise<Product> {
  return inTransaction(outer, async (ctx) => {
    const before = await getProduct(ctx, product_id)
    if (change.price !== undefined && change.price.type !== before.price_type) {
      throw new AppError('INVALID_REQUEST_BODY', {
        message: 'A product keeps its price type; make a new product instead',
        field: 'price.type',
      })
    }
    const image = await imageColumn(ctx, 'products', image_id)
    await update(ctx, 'products')
      .set({ ...productColumns(change), ...image, updated_at: ctx.clock.now() })
      .where('product_id', '=', product_id)
      .execute()
    const { price } = change
    if (price?.type === 'usage_based_price') await writeProductMeters(ctx, product_id, price.meters)
    if (change.addons !== undefined) await writeProductAddons(ctx, product_id, change.addons)
    await attachEntitlements(ctx, product_id, change)
    const { credit_entitlements } = change
    if (credit_entitlements !== undefined) await writeProductCredits(ctx, product_id, credit_entitlements)
    await recordAudit(ctx, { action: 'product.updated', resource_id: product_id, customer_id: null })
    return getProduct(ctx, product_id)
  })
}
