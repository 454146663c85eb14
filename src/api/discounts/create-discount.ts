import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { metadataInput } from '#api/input/metadata.ts'
import { createDiscount } from '#core/discounts/create-discount.ts'
import { discountSchema, discountToWire, discountTypeSchema } from '#wire/discount.ts'
import { discountCode, discountFields, toOptions } from './discount-input.ts'

export const createDiscountBody = z
  .object({
    type: discountTypeSchema,
    amount: z
      .int()
      .min(1)
      .max(2_000_000_000)
      .openapi({ description: 'Basis points of a percentage; a flat discount takes what its currency options say' }),
    code: z
      .union([discountCode, z.literal(''), z.null()])
      .optional()
      .openapi({ description: 'A random one if empty' }),
    preserve_on_plan_change: z.boolean().optional(),
    metadata: metadataInput.optional(),
    ...discountFields,
  })
  .openapi('CreateDiscount')

export const createDiscountEndpoint = endpoint(
  {
    method: 'post',
    path: '/discounts',
    operation: 'createDiscount',
    noun: 'Discounts',
    summary: 'Create a discount code',
    body: createDiscountBody,
    example: { type: 'percentage', amount: 2000, code: 'SPRING20', subscription_cycles: 3 },
    answer: discountSchema,
    refusals: ['DISCOUNT_CODE_ALREADY_EXISTS', 'DISCOUNT_CURRENCY_OPTION_INVALID', 'INVALID_PERCENTAGE'],
  },
  async (ctx, { body }) => {
    const discount = await createDiscount(ctx, {
      type: body.type,
      amount: body.amount,
      code: body.code || null,
      name: body.name ?? null,
      customer_eligibility: body.customer_eligibility ?? 'any',
      usage_limit: body.usage_limit ?? null,
      per_customer_usage_limit: body.per_customer_usage_limit ?? null,
      subscription_cycles: body.subscription_cycles ?? null,
      preserve_on_plan_change: body.preserve_on_plan_change ?? false,
      starts_at: body.starts_at ?? null,
      expires_at: body.expires_at ?? null,
      restricted_to: body.restricted_to ?? [],
      currency_options: toOptions(body.currency_options ?? []),
      metadata: body.metadata ?? {},
    })
    return discountToWire(discount)
  },
)
