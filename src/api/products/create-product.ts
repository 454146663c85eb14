import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { metadataInput } from '#api/input/metadata.ts'
import { priceInput, toPrice } from '#api/input/price.ts'
import { takeBrand } from '#core/brands/queries.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import { taxCategorySchema } from '#wire/codes.ts'
import { productSchema, productToWire } from '#wire/product.ts'
import { commonProductFields, deliveryFields, productName, toDelivery } from './product-input.ts'

export const createProductBody = z
  .object({
    name: productName,
    price: priceInput,
    tax_category: taxCategorySchema,
    metadata: metadataInput.optional(),
    ...commonProductFields,
    digital_product_delivery: z.object(deliveryFields).nullish(),
  })
  .openapi('CreateProduct')

export const createProductEndpoint = endpoint(
  {
    method: 'post',
    path: '/products',
    operation: 'createProduct',
    noun: 'Products',
    differs: 'what a country pays is a localized price, not a discount by purchasing power',
    summary: 'Create a product',
    body: createProductBody,
    example: {
      name: 'Studio, monthly',
      tax_category: 'saas',
      price: {
        type: 'recurring_price',
        currency: 'USD',
        price: 2900,
        payment_frequency_count: 1,
        payment_frequency_interval: 'Month',
        subscription_period_count: 10,
        subscription_period_interval: 'Year',
        trial_period_days: 14,
      },
    },
    answer: productSchema,
  },
  async (ctx, { body }) => {
    const brand_id = (await takeBrand(ctx, body.brand_id)) ?? null
    const product = await createProduct(ctx, {
      name: body.name,
      brand_id,
      description: body.description ?? null,
      tax_category: body.tax_category,
      price: toPrice(body.price),
      addons: body.addons ?? [],
      entitlements: (body.entitlements ?? []).map(({ entitlement_id }) => entitlement_id),
      license_key_enabled: body.license_key_enabled ?? false,
      license_key_activations_limit: body.license_key_activations_limit ?? null,
      license_key_activation_message: body.license_key_activation_message ?? null,
      license_key_duration: body.license_key_duration ?? null,
      pricing_mode: body.pricing_mode ?? null,
      metadata: body.metadata ?? {},
      digital_product_delivery: body.digital_product_delivery ? toDelivery(body.digital_product_delivery) : null,
      credit_entitlements: body.credit_entitlements ?? [],
    })
    return productToWire(product, ctx.urls)
  },
)
