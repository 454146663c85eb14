import { z } from '@hono/zod-openapi'
import type { Urls } from '#src/urls.ts'
import { taxCategorySchema, timeIntervalSchema } from './codes.ts'
import { type ProductCreditRow, productCreditSchema, productCreditToWire } from './credit-terms.ts'
import {
  digitalDeliveryOf,
  digitalDeliverySchema,
  type EntitlementBriefRow,
  entitlementBriefSchema,
  entitlementBriefToWire,
} from './entitlement.ts'
import { imageSchema, imageToWire } from './image.ts'
import { orNull } from './list.ts'
import { pricingModeSchema } from './localized-price.ts'
import { metadataSchema } from './metadata.ts'
import { type PricedRow, priceSchema, priceToWire } from './price.ts'
import { rfc3339, timeSchema } from './rfc3339.ts'

export const productBase = {
  product_id: z.string().openapi({ example: 'pdt_0gyTR3kUe7pWz9QhV2sJn' }),
  business_id: z.string(),
  name: z.string().openapi({ example: 'Studio, monthly' }),
  description: z.string().nullable(),
  image: imageSchema,
  is_recurring: z.boolean().openapi({ description: 'True for subscriptions' }),
  tax_category: taxCategorySchema,
  metadata: metadataSchema,
  pricing_mode: orNull(pricingModeSchema),
  entitlements: z.array(entitlementBriefSchema).openapi({ description: 'What buying it unlocks' }),
  created_at: timeSchema('When it was created'),
  updated_at: timeSchema('When it was last changed'),
}

export const productSchema = z
  .object({
    ...productBase,
    brand_id: z.string().openapi({ description: 'The primary brand carries the id of the business' }),
    price: priceSchema,
    addons: z.array(z.string()).openapi({ description: 'Add-ons that can be bought with it' }),
    credit_entitlements: z.array(productCreditSchema).openapi({ description: 'Credits that buying it grants' }),
    digital_product_delivery: orNull(digitalDeliverySchema),
    license_key_enabled: z.boolean(),
    license_key_activation_message: z.string().nullable(),
    license_key_activations_limit: z.int().nullable().openapi({ description: 'null: as many as wanted' }),
    license_key_duration: z.object({ count: z.int(), interval: timeIntervalSchema }).nullable(),
    product_collection_id: z.string().nullable().openapi({ description: 'The collection it belongs to' }),
  })
  .openapi('Product')

export type ProductBaseRow = PricedRow & { entitlements: EntitlementBriefRow[] }
export type ProductRow = Omit<ProductBaseRow, 'entitlements'> & {
  entitlements: (EntitlementBriefRow & { is_own: boolean })[]
  addons: string[]
  product_collection_id: string | null
  credits: ProductCreditRow[]
}
export type WireProduct = z.output<typeof productSchema>

export function productBaseToWire(row: ProductBaseRow, urls: Urls) {
  const { product_id, business_id, name, description, tax_category, metadata } = row
  return {
    product_id,
    business_id,
    name,
    description,
    image: imageToWire(urls, row),
    is_recurring: row.price_type !== 'one_time_price',
    tax_category,
    metadata,
    pricing_mode: row.pricing_mode,
    entitlements: row.entitlements.map(entitlementBriefToWire),
    created_at: rfc3339(row.created_at),
    updated_at: rfc3339(row.updated_at),
  }
}

export function productToWire(row: ProductRow, urls: Urls): WireProduct {
  const { license_key_duration_count: count, license_key_duration_interval: interval } = row
  return {
    ...productBaseToWire(row, urls),
    brand_id: row.brand_id ?? row.business_id,
    price: priceToWire(row),
    addons: row.addons,
    credit_entitlements: row.credits.map(productCreditToWire),
    digital_product_delivery: ownDeliveryOf(row),
    license_key_enabled: row.license_key_enabled,
    license_key_activation_message: row.license_key_activation_message,
    license_key_activations_limit: row.license_key_activations_limit,
    license_key_duration: count === null || interval === null ? null : { count, interval },
    product_collection_id: row.product_collection_id,
  }
}

/** Of the entitlement that stands for the product's own field. */
function ownDeliveryOf({ entitlements }: ProductRow) {
  const own = entitlements.find(({ is_own, integration_type }) => is_own && integration_type === 'digital_files')
  return own === undefined ? null : digitalDeliveryOf(own)
}
