import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { id } from '#api/input/text.ts'
import { archiveBrand } from '#core/brands/archive-brand.ts'
import { archivedBrandSchema, archivedBrandToWire } from '#wire/brand.ts'

export const archiveBrandBody = z
  .object({
    move_products_to: id()
      .nullish()
      .openapi({ description: 'Takes what the brand holds; needed unless it holds nothing' }),
  })
  .openapi('ArchiveBrand')

export const archiveBrandEndpoint = endpoint(
  {
    method: 'post',
    path: '/brands/{brand_id}/archive',
    operation: 'archiveBrand',
    noun: 'Brands',
    summary: 'Archive a brand, for good',
    body: archiveBrandBody,
    example: {},
    answer: archivedBrandSchema,
    refusals: ['UNABLE_TO_EDIT_PRIMARY_BRAND', 'BRAND_NOT_ENABLED'],
  },
  async (ctx, { params, body }) =>
    archivedBrandToWire(await archiveBrand(ctx, params.brand_id, body.move_products_to ?? null)),
)
