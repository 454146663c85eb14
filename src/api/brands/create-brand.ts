import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { createBrand } from '#core/brands/create-brand.ts'
import { brandSchema, brandToWire } from '#wire/brand.ts'
import { brandFields } from './brand-input.ts'

export const createBrandBody = z.object(brandFields).openapi('CreateBrand')

export const createBrandEndpoint = endpoint(
  {
    method: 'post',
    path: '/brands',
    operation: 'createBrand',
    noun: 'Brands',
    summary: 'Create a brand',
    differs: 'it stands on checkouts; mails and invoices are the business’s',
    description: 'Another name to sell under. Products have a brand, and what is bought of them tells it.',
    body: createBrandBody,
    example: { name: 'Studio Pencils', support_email: 'pencils@example.com' },
    answer: brandSchema,
  },
  async (ctx, { body }) => {
    const { name = null, description = null, url = null, support_email = null, statement_descriptor = null } = body
    const fields = { name, description, url, support_email, statement_descriptor }
    return brandToWire(await createBrand(ctx, fields), ctx)
  },
)
