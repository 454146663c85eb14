import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { pageParams } from '#api/input/query.ts'
import { id } from '#api/input/text.ts'
import { listShortLinks } from '#core/short-links/queries.ts'
import { listSchema } from '#wire/list.ts'
import { shortLinkSchema, shortLinkToWire } from '#wire/short-link.ts'

export const listShortLinksQuery = z.object({
  ...pageParams,
  product_id: id().optional().openapi({ description: 'Only those of this product' }),
})

export const listShortLinksEndpoint = endpoint(
  {
    method: 'get',
    path: '/products/short_links',
    operation: 'listShortLinks',
    noun: 'Short links',
    summary: 'List short addresses',
    query: listShortLinksQuery,
    answer: listSchema(shortLinkSchema),
  },
  async (ctx, { query }) => ({
    items: (await listShortLinks(ctx, query, query)).map((link) => shortLinkToWire(link, ctx.urls)),
  }),
)
