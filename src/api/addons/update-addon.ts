import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { amount } from '#api/input/amount.ts'
import { imageId } from '#api/input/image.ts'
import { text } from '#api/input/text.ts'
import { updateAddon } from '#core/catalog/update-addon.ts'
import { addonSchema, addonToWire } from '#wire/addon.ts'
import { currencySchema, taxCategorySchema } from '#wire/codes.ts'

export const updateAddonBody = z
  .object({
    name: text({ max: 100 }).nullish(),
    description: text({ max: 1_000, lines: true }).nullish().openapi({ description: 'null clears it' }),
    currency: currencySchema.nullish(),
    price: amount().nullish().openapi({ description: 'Minor units, per unit and billing period' }),
    tax_category: taxCategorySchema.nullish(),
    image_id: imageId,
  })
  .openapi('UpdateAddon')

export const updateAddonEndpoint = endpoint(
  {
    method: 'patch',
    path: '/addons/{addon_id}',
    operation: 'updateAddon',
    noun: 'Add-ons',
    summary: 'Update an add-on',
    description: 'What is left out stays. Running subscriptions keep their prices.',
    body: updateAddonBody,
    example: { price: 900 },
    answer: addonSchema,
  },
  async (ctx, { params, body }) => {
    const { name, description, currency, price, tax_category, image_id } = body
    const addon = await updateAddon(ctx, params.addon_id, {
      ...(name ? { name } : {}),
      ...(description === undefined ? {} : { description }),
      ...(currency ? { currency } : {}),
      ...(price == null ? {} : { price }),
      ...(tax_category ? { tax_category } : {}),
      image_id,
    })
    return addonToWire(addon, ctx.urls)
  },
)
