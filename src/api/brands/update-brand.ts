import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { imageId } from '#api/input/image.ts'
import { type BrandChange, updateBrand } from '#core/brands/update-brand.ts'
import { brandSchema, brandToWire } from '#wire/brand.ts'
import { brandFields } from './brand-input.ts'

export const updateBrandBody = z.object({ ...brandFields, image_id: imageId }).openapi('UpdateBrand')

export const updateBrandEndpoint = endpoint(
  {
    method: 'patch',
    path: '/brands/{brand_id}',
    operation: 'updateBrand',
    noun: 'Brands',
    summary: 'Update a brand',
    description: 'What is left out stays, null clears. The primary brand is changed with the business.',
    body: updateBrandBody,
    example: { support_email: 'pencils@example.com' },
    answer: brandSchema,
    refusals: ['UNABLE_TO_EDIT_PRIMARY_BRAND', 'BRAND_NOT_ENABLED'],
  },
  async (ctx, { params, body }) => {
    const { name, description, url, support_email, statement_descriptor, image_id } = body
    const given = { name, description, url, support_email, statement_descriptor, image_id }
    const named = Object.entries(given).filter(([, value]) => value !== undefined)
    const change: BrandChange = Object.fromEntries(named)
    return brandToWire(await updateBrand(ctx, params.brand_id, change), ctx)
  },
)
