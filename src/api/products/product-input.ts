// The fields of a product as they come in, for making one and for changing one.

import { z } from '@hono/zod-openapi'
import { productCreditInput } from '#api/credit-entitlements/credit-input.ts'
import { id, text, webAddress } from '#api/input/text.ts'
import type { DeliveryChange } from '#core/entitlements/own-delivery.ts'
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
  pricing_mode: orNull(pricingModeSchema).optional().openapi({ description: 'null: one price for everybody' }),
}

/** How a product is delivered without an entitlement made for it. What is left out stays, null clears. */
export const deliveryFields = {
  external_url: webAddress().nullish(),
  instructions: text({ max: 2_500, lines: true }).nullish(),
}

export const deliveredFiles = z
  .array(z.uuid())
  .max(100)
  .nullish()
  .openapi({ description: 'file_id of each, from PUT /products/{id}/files; all of them' })

interface SentDelivery {
  external_url?: string | null | undefined
  instructions?: string | null | undefined
  files?: string[] | null | undefined
}

export function toDelivery({ external_url, instructions, files }: SentDelivery): DeliveryChange {
  return {
    ...(external_url === undefined ? {} : { external_url }),
    ...(instructions === undefined ? {} : { instructions }),
    ...(files === undefined ? {} : { files: files ?? [] }),
  }
}
