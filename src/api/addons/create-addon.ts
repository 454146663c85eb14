import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { amount } from '#api/input/amount.ts'
import { text } from '#api/input/text.ts'
import { createAddon } from '#core/catalog/create-addon.ts'
import { addonSchema, addonToWire } from '#wire/addon.ts'
import { currencySchema, taxCategorySchema } from '#wire/codes.ts'

export const createAddonBody = z
  .object({
    name: text({ max: 100 }).openapi({ example: 'Extra seat' }),
    description: text({ max: 1_000, lines: true }).nullish(),
    currency: currencySchema,
    price: amount().openapi({ description: 'Minor units, per unit and billing period', example: 800 }),
    tax_category: taxCategorySchema,
  })
  .openapi('CreateAddon')

export const createAddonEndpoint = endpoint(
  {
    method: 'post',
    path: '/addons',
    operation: 'createAddon',
    noun: 'Add-ons',
    summary: 'Create an add-on',
    description: 'It is sold with the products that name it.',
    body: createAddonBody,
    example: { name: 'Extra seat', currency: 'USD', price: 800, tax_category: 'saas' },
    answer: addonSchema,
  },
  async (ctx, { body }) => {
    const { name, description = null, currency, price, tax_category } = body
    return addonToWire(await createAddon(ctx, { name, description, currency, price, tax_category }), ctx.urls)
  },
)
