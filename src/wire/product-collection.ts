import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import type { Urls } from '#src/urls.ts'
import { type Currency, currencySchema, taxCategorySchema } from './codes.ts'
import { imageSchema, imageToWire } from './image.ts'
import { orNull } from './list.ts'
import { effectiveAtSchema, onPaymentFailureSchema, prorationModeSchema } from './plan-change.ts'
import { priceSchema, priceToWire } from './price.ts'
import type { ProductRow } from './product.ts'
import { rfc3339, timeSchema } from './rfc3339.ts'

export const collectionItemSchema = z
  .object({
    id: z.string().openapi({ description: 'Of the product’s place in the group' }),
    product_id: z.string(),
    status: z.boolean().openapi({ description: 'Whether it is offered' }),
    name: z.string().nullable(),
    description: z.string().nullable(),
    is_recurring: z.boolean(),
    currency: orNull(currencySchema),
    price: z.int().nullable().openapi({ description: 'Minor units, before the discount' }),
    price_detail: orNull(priceSchema),
    tax_category: orNull(taxCategorySchema),
    tax_inclusive: z.boolean().nullable(),
    license_key_enabled: z.boolean(),
    addons_count: z.int(),
    meters_count: z.int(),
    files_count: z.int(),
    has_credit_entitlements: z.boolean(),
  })
  .openapi('CollectionProduct')

export const collectionGroupSchema = z
  .object({
    group_id: z.string(),
    group_name: z.string().nullable(),
    status: z.boolean().openapi({ description: 'Whether it is offered' }),
    products: z.array(collectionItemSchema).openapi({ description: 'In the merchant’s order' }),
  })
  .openapi('CollectionGroup')

/** How plans change inside a collection where the request does not say; null leaves it to the business. */
export const changeDefaults = {
  effective_at_on_upgrade: orNull(effectiveAtSchema),
  effective_at_on_downgrade: orNull(effectiveAtSchema),
  proration_billing_mode_on_upgrade: orNull(prorationModeSchema),
  proration_billing_mode_on_downgrade: orNull(prorationModeSchema),
  on_payment_failure: orNull(onPaymentFailureSchema),
}

const base = {
  id: z.string().openapi({ example: 'pdc_0gyTR3kUe7pWz9QhV2sJn' }),
  name: z.string().openapi({ example: 'Studio plans' }),
  description: z.string().nullable(),
  image: imageSchema,
  created_at: timeSchema('When it was created'),
  updated_at: timeSchema('When it was last changed'),
}

export const collectionSchema = z
  .object({
    ...base,
    brand_id: z.string().openapi({ description: 'The primary brand carries the id of the business' }),
    groups: z.array(collectionGroupSchema).openapi({ description: 'In the merchant’s order' }),
    ...changeDefaults,
  })
  .openapi('ProductCollection')

export const collectionListItemSchema = z
  .object({ ...base, products_count: z.int() })
  .openapi('ProductCollectionListItem')

export type WireCollectionItem = z.output<typeof collectionItemSchema>
export type WireCollectionGroup = z.output<typeof collectionGroupSchema>
export type WireCollection = z.output<typeof collectionSchema>
export type WireCollectionListItem = z.output<typeof collectionListItemSchema>

type Row = Selectable<DB['product_collections']>
type Item = {
  item_id: string
  enabled: boolean
  meters_count: number
  product: ProductRow
}
type Group = Pick<Selectable<DB['product_collection_groups']>, 'group_id' | 'group_name' | 'enabled'> & {
  items: Item[]
}

export function collectionToWire(row: Row & { groups: Group[] }, urls: Urls): WireCollection {
  return {
    ...baseToWire(row, urls),
    brand_id: row.brand_id ?? row.business_id,
    groups: row.groups.map(collectionGroupToWire),
    effective_at_on_upgrade: row.effective_at_on_upgrade,
    effective_at_on_downgrade: row.effective_at_on_downgrade,
    proration_billing_mode_on_upgrade: row.proration_billing_mode_on_upgrade,
    proration_billing_mode_on_downgrade: row.proration_billing_mode_on_downgrade,
    on_payment_failure: row.on_payment_failure,
  }
}

export function collectionListItemToWire(row: Row & { products_count: number }, urls: Urls): WireCollectionListItem {
  return { ...baseToWire(row, urls), products_count: row.products_count }
}

export function collectionGroupToWire(group: Group): WireCollectionGroup {
  const { group_id, group_name, enabled, items } = group
  return { group_id, group_name, status: enabled, products: items.map(collectionItemToWire) }
}

export function collectionItemToWire(item: Item): WireCollectionItem {
  const { product } = item
  return {
    id: item.item_id,
    product_id: product.product_id,
    status: item.enabled,
    name: product.name,
    description: product.description,
    is_recurring: product.price_type !== 'one_time_price',
    currency: product.currency as Currency,
    price: product.price,
    price_detail: priceToWire(product),
    tax_category: product.tax_category,
    tax_inclusive: product.tax_inclusive,
    license_key_enabled: product.license_key_enabled,
    addons_count: product.addons.length,
    meters_count: item.meters_count,
    files_count: 0,
    has_credit_entitlements: product.credits.length > 0,
  }
}

function baseToWire(row: Row, urls: Urls) {
  return {
    id: row.product_collection_id,
    name: row.name,
    description: row.description,
    image: imageToWire(urls, row),
    created_at: rfc3339(row.created_at),
    updated_at: rfc3339(row.updated_at),
  }
}
