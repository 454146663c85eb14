import { z } from '@hono/zod-openapi'
import type { Urls } from '#src/urls.ts'
import { type Currency, currencySchema } from './codes.ts'
import { priceSchema, priceToWire } from './price.ts'
import { type ProductBaseRow, productBase, productBaseToWire } from './product.ts'

export const productListItemSchema = z
  .object({
    ...productBase,
    currency: currencySchema,
    price: z.int().openapi({ description: 'Minor units, before the discount', example: 2900 }),
    price_detail: priceSchema,
    tax_inclusive: z.boolean(),
  })
  .openapi('ProductListItem')

export type WireProductListItem = z.output<typeof productListItemSchema>

export function productListItemToWire(row: ProductBaseRow, urls: Urls): WireProductListItem {
  return {
    ...productBaseToWire(row, urls),
    currency: row.currency as Currency,
    price: row.price,
    price_detail: priceToWire(row),
    tax_inclusive: row.tax_inclusive,
  }
}
