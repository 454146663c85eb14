import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { metadataInput } from '#api/input/metadata.ts'
import { updateDiscount } from '#core/discounts/update-discount.ts'
import { discountSchema, discountToWire, discountTypeSchema } from '#wire/discount.ts'
import { orNull } from '#wire/list.ts'
import { discountCode, discountFields, toOptions } from './discount-input.ts'

export const updateDiscountBody = z
  .object({
    type: orNull(discountTypeSchema).optional(),
    amount: z.int().min(1).max(2_000_000_000).nullish(),
    code: discountCode.nullish(),
    preserve_on_plan_change: z.boolean().nullish(),
    metadata: metadataInput.nullish().openapi({ description: 'Replaces all of it' }),
    ...discountFields,
  })
  .openapi('UpdateDiscount')

export const updateDiscountEndpoint = endpoint(
  {
    method: 'patch',
    path: '/discounts/{discount_id}',
    operation: 'updateDiscount',
    noun: 'Discounts',
    summary: 'Update a discount',
    description:
      'What is left out stays; null clears a name, a limit or a time. Subscriptions that have it keep the terms they got.',
    body: updateDiscountBody,
    example: { amount: 1500, usage_limit: 100 },
    answer: discountSchema,
    refusals: ['DISCOUNT_CODE_ALREADY_EXISTS', 'DISCOUNT_CURRENCY_OPTION_INVALID', 'INVALID_PERCENTAGE'],
  },
  async (ctx, { params, body }) => {
    const { name, usage_limit, per_customer_usage_limit, subscription_cycles, starts_at, expires_at } = body
    const discount = await updateDiscount(ctx, params.discount_id, {
      ...{ name, usage_limit, per_customer_usage_limit, subscription_cycles, starts_at, expires_at },
      type: body.type ?? undefined,
      amount: body.amount ?? undefined,
      code: body.code ?? undefined,
      customer_eligibility: body.customer_eligibility ?? undefined,
      preserve_on_plan_change: body.preserve_on_plan_change ?? undefined,
      restricted_to: body.restricted_to ?? undefined,
      currency_options: body.currency_options ? toOptions(body.currency_options) : undefined,
      metadata: body.metadata ?? undefined,
    })
    return discountToWire(discount)
  },
)
