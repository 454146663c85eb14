// What pictures can be uploaded for, and how each shows one.
import { lockBrand } from '#core/brands/store.ts'
import { lockCollection } from '#core/collections/store.ts'
import type { PictureUse } from '#core/images/redraw.ts'
import { from, update } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export const imagePlaces = ['products', 'addons', 'product_collections', 'brands'] as const
export type ImagePlace = (typeof imagePlaces)[number]

interface Place {
  /** Brands are shown in mails, too. */
  use: PictureUse
  audited: string
  /** Throws NOT_FOUND, and what cannot be changed any more. */
  lock(ctx: BusinessCtx, id: string): Promise<unknown>
  show(ctx: BusinessCtx, id: string, image: string): Promise<unknown>
}

export const places: Record<ImagePlace, Place> = {
  products: {
    use: 'page',
    audited: 'product.updated',
    lock: async (ctx, id) =>
      found(
        'product',
        await from(ctx, 'products').select('image').where('product_id', '=', id).forUpdate().executeTakeFirst(),
      ),
    show: (ctx, id, image) =>
      update(ctx, 'products').set({ image, updated_at: ctx.clock.now() }).where('product_id', '=', id).execute(),
  },
  addons: {
    use: 'page',
    audited: 'addon.updated',
    lock: async (ctx, id) =>
      found(
        'addon',
        await from(ctx, 'addons').select('image').where('addon_id', '=', id).forUpdate().executeTakeFirst(),
      ),
    show: (ctx, id, image) =>
      update(ctx, 'addons').set({ image, updated_at: ctx.clock.now() }).where('addon_id', '=', id).execute(),
  },
  product_collections: {
    use: 'page',
    audited: 'collection.updated',
    lock: lockCollection,
    show: (ctx, id, image) =>
      update(ctx, 'product_collections')
        .set({ image, updated_at: ctx.clock.now() })
        .where('product_collection_id', '=', id)
        .execute(),
  },
  brands: {
    use: 'mail',
    audited: 'brand.updated',
    lock: lockBrand,
    show: (ctx, id, image) => update(ctx, 'brands').set({ image }).where('brand_id', '=', id).execute(),
  },
}

function found<T>(noun: string, row: T | undefined): T {
  if (row === undefined) throw notFound(noun)
  return row
}
