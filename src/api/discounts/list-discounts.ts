import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { booleanParam, pageParams } from '#api/input/query.ts'
import { id } from '#api/input/text.ts'
import { listDiscounts } from '#core/discounts/queries.ts'
import { discountSchema, discountToWire, discountTypeSchema } from '#wire/discount.ts'
import { listSchema } from '#wire/list.ts'

export const listDiscountsQuery = z.object({
  ...pageParams,
  active: booleanParam('Only those that can be redeemed now, or only those that cannot'),
  code: z.string().min(1).max(100).optional().openapi({ description: 'A part of the code' }),
  discount_type: discountTypeSchema.optional(),
  product_id: id().optional().openapi({ description: 'Only those for this product' }),
})

export const listDiscountsEndpoint = endpoint(
  {
    method: 'get',
    path: '/discounts',
    operation: 'listDiscounts',
    noun: 'Discounts',
    summary: 'List discounts',
    query: listDiscountsQuery,
    answer: listSchema(discountSchema),
  },
  async (ctx, { query }) => ({ items: (await listDiscounts(ctx, query, query)).map(discountToWire) }),
)
