import { endpoint } from '#api/endpoint.ts'
import { getBrand } from '#core/brands/queries.ts'
import { brandSchema, brandToWire } from '#wire/brand.ts'

export const retrieveBrandEndpoint = endpoint(
  {
    method: 'get',
    path: '/brands/{brand_id}',
    operation: 'retrieveBrand',
    noun: 'Brands',
    summary: 'Retrieve a brand',
    answer: brandSchema,
  },
  async (ctx, { params }) => brandToWire(await getBrand(ctx, params.brand_id), ctx),
)
