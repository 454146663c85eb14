// The fields of a product as they come in, for making one and for changing one.

import { z } from '@hono/zod-openapi'
import { productCreditInput } from '#api/credit-entitlements/credit-input.ts'
import { notYet } from '#api/input/not-yet.ts'
import { id, text } from '#api/input/text.ts'
import { timeIntervalSchema } from '#wire/codes.ts'
import { orNull } from '#wire/list.ts'
import { pricingModeSchema } from '#wire/localized-price.ts'

export const productName = text({ max: 100 }).openapi({ example: 'Studio, monthly' })

/** What may be left out or null both when a product is made and when it is changed. */
export const commonProductFields = {
  description: text({ max: 1_000, lines: true }).nullish(),
  addons: z.array(id()).max(100).nullish().openapi({ description: 'Add-ons that can be bought with it' }),
  brand_id: id()
    .nullish()
    .openapi({ description: 'The primary one, with the id of the business, where it is left out' }),
  license_key_enabled: z.boolean().nullish(),
  license_key_activations_limit: z.int().min(1).max(1_000_000).nullish().openapi({ description: 'null: unlimited' }),
  license_key_activation_message: text({ max: 1_000, lines: true }).nullish(),
  license_key_duration: z
    .object({ count: z.int().min(1).max(10_000), interval: timeIntervalSchema })
    .nullish()
    .openapi({ description: 'null: for ever' }),
  credit_entitlements: z
    .array(productCreditInput)
    .max(20)
    .nullish()
    .openapi({ description: 'Credits that each billing period, or each purchase, grants' }),
  entitlements: z
    .array(z.object({ entitlement_id: id('ent_0gyTR3kUe7pWz9QhV2sJn') }))
    .max(50)
    .nullish()
    .openapi({ description: 'All that buying it unlocks; an empty list takes all of it off' }),
  digital_product_delivery: notYet(z.unknown().optional()),
  pricing_mode: orNull(pricingModeSchema).optional().openapi({ description: 'null: one price for everybody' }),
}
