import { getAddons } from '#core/catalog/queries.ts'
import { owned } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

/** The add-ons a product offers become exactly these. */
export async function writeProductAddons(ctx: BusinessCtx, product_id: string, addon_ids: readonly string[]) {
  const addons = await getAddons(ctx, [...new Set(addon_ids)])
  await ctx.db
    .deleteFrom('product_addons')
    .where('business_id', '=', ctx.business.business_id)
    .where('product_id', '=', product_id)
    .execute()
  if (addons.length === 0) return
  await ctx.db
    .insertInto('product_addons')
    .values(addons.map(({ addon_id }) => ({ ...owned(ctx), product_id, addon_id })))
    .execute()
}
