import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { text } from '#api/input/text.ts'
import { assertSecure } from '#api/secure-address.ts'
import { createShortLink } from '#core/short-links/create-short-link.ts'
import { shortLinkAddressesSchema, shortLinkAddressesToWire } from '#wire/short-link.ts'

export const createShortLinkBody = z
  .object({
    slug: z
      .string()
      .max(64)
      .regex(/^[a-z0-9]+([-_][a-z0-9]+)*$/, 'must be small letters and digits, in groups joined by - or _')
      .openapi({ description: 'Once in a business', example: 'studio-monthly' }),
    static_checkout_params: z
      .record(z.string().max(60), text({ max: 2_048 }))
      .refine((params) => Object.keys(params).length <= 60, 'must not hold more than 60')
      .nullish()
      .openapi({
        description:
          'quantity, paymentCurrency, email, fullName or firstName and lastName, country with addressLine, city, state and zipCode, redirect_url, showDiscounts, disableEmail and the like for what the buyer may not change, and metadata_…; others are refused',
        example: { quantity: '2', redirect_url: 'https://shop.example.com/thanks' },
      }),
  })
  .openapi('CreateShortLink')

export const createShortLinkEndpoint = endpoint(
  {
    method: 'post',
    path: '/products/{product_id}/short_links',
    operation: 'createShortLink',
    noun: 'Short links',
    summary: 'Make a short address for a product',
    description:
      'Whoever opens it may begin a checkout for the product, as often as wanted. Behind the address anybody may write the quantity, the currency and who buys; the rest is the link’s own.',
    differs:
      'both addresses are of Portico’s own page, which begins a checkout when its button is pressed; `paymentAmount` and `showCurrencySelector` are refused',
    body: createShortLinkBody,
    example: { slug: 'studio-monthly', static_checkout_params: { quantity: '2' } },
    answer: shortLinkAddressesSchema,
    refusals: ['SLUG_ALREADY_TAKEN', 'PRODUCT_IS_DELETED', 'UNSUPPORTED_CURRENCY'],
  },
  async (ctx, { params, body }) => {
    const static_checkout_params = body.static_checkout_params ?? {}
    assertSecure(ctx, static_checkout_params.redirect_url, 'static_checkout_params.redirect_url')
    const link = await createShortLink(ctx, params.product_id, { slug: body.slug, static_checkout_params })
    return shortLinkAddressesToWire(link, ctx.urls)
  },
)
