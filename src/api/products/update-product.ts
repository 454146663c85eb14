import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { imageId } from '#api/input/image.ts'
import { metadataInput } from '#api/input/metadata.ts'
import { priceInput, toPrice } from '#api/input/price.ts'
import { takeBrand } from '#core/brands/queries.ts'
import type { ProductFields } from '#core/catalog/product-columns.ts'
import { updateProduct } from '#core/catalog/update-product.ts'
import { taxCategorySchema } from '#wire/codes.ts'
import { commonProductFields, deliveredFiles, deliveryFields, productName, toDelivery } from './product-input.ts'

export const updateProductBody = z
  .object({
    name: productName.nullish(),
    price: priceInput.nullish().openapi({ description: 'Replaces the whole price, of the same type' }),
    tax_category: taxCategorySchema.nullish().openapi({ description: 'What kind of good it is for tax' }),
    metadata: metadataInput.nullish().openapi({ description: 'Replaces all of it' }),
    image_id: imageId,
    ...commonProductFields,
    digital_product_delivery: z.object({ ...deliveryFields, files: deliveredFiles }).nullish(),
  })
  .openapi('UpdateProduct')

export const updateProductEndpoint = endpoint(
  {
    method: 'patch',
    path: '/products/{product_id}',
    operation: 'updateProduct',
    noun: 'Products',
    summary: 'Update a product',
    differs:
      'the type of the price stays; what a country pays is a localized price, not a discount by purchasing power',
    description:
      'What is left out stays; null clears a text or a limit. Running subscriptions keep their prices. Answers nothing.',
    body: updateProductBody,
    example: { name: 'Studio, every month', description: null },
  },
  async (ctx, { params, body }) => {
    const brand_id = body.brand_id ? await takeBrand(ctx, body.brand_id) : undefined
    await updateProduct(ctx, params.product_id, {
      ...changeOf(body),
      ...(brand_id === undefined ? {} : { brand_id }),
      image_id: body.image_id,
    })
    return undefined
  },
)

function changeOf(body: z.output<typeof updateProductBody>): Partial<ProductFields> {
  const { name, price, tax_category, metadata, addons, entitlements, license_key_enabled, credit_entitlements } = body
  const { description, license_key_activations_limit, license_key_activation_message, license_key_duration } = body
  const { pricing_mode, digital_product_delivery: delivery } = body
  const set: Partial<ProductFields> = {
    name: name ?? undefined,
    price: price ? toPrice(price) : undefined,
    tax_category: tax_category ?? undefined,
    metadata: metadata ?? undefined,
    addons: addons ?? undefined,
    credit_entitlements: credit_entitlements ?? undefined,
    entitlements: entitlements?.map(({ entitlement_id }) => entitlement_id),
    license_key_enabled: license_key_enabled ?? undefined,
    description,
    license_key_activations_limit,
    license_key_activation_message,
    license_key_duration,
    pricing_mode,
    digital_product_delivery: delivery ? toDelivery(delivery) : delivery,
  }
  return Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined))
}
