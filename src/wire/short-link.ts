import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import type { Urls } from '#src/urls.ts'
import { rfc3339, timeSchema } from './rfc3339.ts'

const addresses = {
  short_url: z
    .string()
    .openapi({ example: 'https://billing.example.com/buy/bus_0gyTRdPZ8mXc4Kq2Vn7Ls/studio-monthly' }),
  full_url: z.string().openapi({
    description: 'The same with its parameters written behind it',
    example: 'https://billing.example.com/buy/bus_0gyTRdPZ8mXc4Kq2Vn7Ls/studio-monthly?quantity=2',
  }),
}

export const shortLinkAddressesSchema = z.object(addresses).openapi('ShortLinkAddresses')

export const shortLinkSchema = z
  .object({ ...addresses, product_id: z.string(), created_at: timeSchema('When it was made') })
  .openapi('ShortLink')

type ShortLinkRow = Selectable<DB['short_links']>
export type WireShortLinkAddresses = z.output<typeof shortLinkAddressesSchema>
export type WireShortLink = z.output<typeof shortLinkSchema>

export function shortLinkAddressesToWire(row: ShortLinkRow, urls: Urls): WireShortLinkAddresses {
  const { business_id, slug, static_checkout_params } = row
  return { short_url: urls.buy(business_id, slug), full_url: urls.buy(business_id, slug, static_checkout_params) }
}

export function shortLinkToWire(row: ShortLinkRow, urls: Urls): WireShortLink {
  return { ...shortLinkAddressesToWire(row, urls), product_id: row.product_id, created_at: rfc3339(row.created_at) }
}
