import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import type { Urls } from '#src/urls.ts'
import { type Currency, currencySchema, taxCategorySchema } from './codes.ts'
import { imageSchema, imageToWire } from './image.ts'
import { rfc3339, timeSchema } from './rfc3339.ts'

export const addonSchema = z
  .object({
    id: z.string().openapi({ example: 'adn_0gyTR3kUe7pWz9QhV2sJn' }),
    business_id: z.string(),
    name: z.string().openapi({ example: 'Extra seat' }),
    description: z.string().nullable(),
    image: imageSchema,
    currency: currencySchema,
    price: z.int().openapi({ description: 'Minor units, per unit and billing period', example: 800 }),
    tax_category: taxCategorySchema,
    created_at: timeSchema('When it was created'),
    updated_at: timeSchema('When it was last changed'),
  })
  .openapi('Addon')

export type WireAddon = z.output<typeof addonSchema>

export function addonToWire(row: Selectable<DB['addons']>, urls: Urls): WireAddon {
  const { addon_id: id, business_id, name, description, price, tax_category } = row
  return {
    id,
    business_id,
    name,
    description,
    image: imageToWire(urls, row),
    currency: row.currency as Currency,
    price,
    tax_category,
    created_at: rfc3339(row.created_at),
    updated_at: rfc3339(row.updated_at),
  }
}
