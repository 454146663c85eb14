import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { booleanParam } from '#api/input/query.ts'
import { listBrands } from '#core/brands/queries.ts'
import { brandSchema, brandToWire } from '#wire/brand.ts'

export const listBrandsQuery = z.object({ include_archived: booleanParam('The archived ones too') })

export const listBrandsEndpoint = endpoint(
  {
    method: 'get',
    path: '/brands',
    operation: 'listBrands',
    noun: 'Brands',
    summary: 'List brands',
    query: listBrandsQuery,
    answer: z.object({ items: z.array(brandSchema).openapi({ description: 'All; the primary one first' }) }),
  },
  async (ctx, { query }) => {
    const brands = await listBrands(ctx, { archived: query.include_archived === true })
    return { items: brands.map((brand) => brandToWire(brand, ctx)) }
  },
)
