import { recordAudit } from '#core/audit/record-audit.ts'
import { type ProductFields, productColumns } from '#core/catalog/product-columns.ts'
import { writeProductMeters } from '#core/catalog/product-meters.ts'
import { getProduct, type Product } from '#core/catalog/queries.ts'
import { writeProductAddons } from '#core/catalog/store.ts'
import { writeProductCredits } from '#core/credit-entitlements/product-credits.ts'
import { attachEntitlements } from '#core/entitlements/attach-entitlements.ts'
import { owned } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export async function createProduct(outer: BusinessCtx, fields: ProductFields): Promise<Product> {
  return inTransaction(outer, async (ctx) => {
    const product_id = newId('product', ctx.wall.now().epochMilliseconds)
    const now = ctx.clock.now()
    const { name, tax_category, price } = fields
    await ctx.db
      .insertInto('products')
      .values({
        ...owned(ctx),
        product_id,
        created_at: now,
        updated_at: now,
        name,
        tax_category,
        price_type: price.type,
        currency: price.currency,
        price: price.price,
        ...productColumns(fields),
      })
      .execute()
    await writeProductAddons(ctx, product_id, fields.addons)
    await attachEntitlements(ctx, product_id, fields)
    if (price.type === 'usage_based_price') await writeProductMeters(ctx, product_id, price.meters)
    await writeProductCredits(ctx, product_id, fields.credit_entitlements ?? [])
    await recordAudit(ctx, { action: 'product.created', resource_id: product_id, customer_id: null })
    return getProduct(ctx, product_id)
  })
}
