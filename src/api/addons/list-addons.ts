import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { pageParams } from '#api/input/query.ts'
import { listAddons } from '#core/catalog/queries.ts'
import { addonSchema, addonToWire } from '#wire/addon.ts'
import { listSchema } from '#wire/list.ts'

export const listAddonsQuery = z.object(pageParams)

export const listAddonsEndpoint = endpoint(
  {
    method: 'get',
    path: '/addons',
    operation: 'listAddons',
    noun: 'Add-ons',
    summary: 'List add-ons',
    query: listAddonsQuery,
    answer: listSchema(addonSchema),
  },
  async (ctx, { query }) => ({ items: (await listAddons(ctx, query)).map((addon) => addonToWire(addon, ctx.urls)) }),
)
