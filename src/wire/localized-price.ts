import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import { type Country, type Currency, countrySchema, currencySchema } from './codes.ts'
import { orNull } from './list.ts'
import { rfc3339, timeSchema } from './rfc3339.ts'

export const pricingModeSchema = z
  .enum(['by_currency', 'by_country'])
  .openapi('PricingMode', { description: 'How localized prices are chosen', example: 'by_currency' })

export const localizedPriceSchema = z
  .object({
    id: z.string().openapi({ example: 'lcp_0gyTR3kUe7pWz9QhV2sJn' }),
    product_id: z.string(),
    mode: pricingModeSchema,
    currency: currencySchema,
    country_code: orNull(countrySchema),
    amount: z.int().openapi({ description: 'Minor units', example: 2500 }),
    created_at: timeSchema('When it was created'),
    updated_at: timeSchema('When it was last changed'),
  })
  .openapi('LocalizedPrice')

export type WireLocalizedPrice = z.output<typeof localizedPriceSchema>

export function localizedPriceToWire(row: Selectable<DB['localized_prices']>): WireLocalizedPrice {
  const { localized_price_id: id, product_id, mode, amount } = row
  return {
    id,
    product_id,
    mode,
    currency: row.currency as Currency,
    country_code: row.country_code as Country | null,
    amount,
    created_at: rfc3339(row.created_at),
    updated_at: rfc3339(row.updated_at),
  }
}
