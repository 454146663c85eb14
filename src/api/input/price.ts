// A price as it comes in, made into the price a product is written with.

import { z } from '@hono/zod-openapi'
import type { Price } from '#core/catalog/product-columns.ts'
import { AppError } from '#src/errors.ts'
import { currencySchema, timeIntervalSchema } from '#wire/codes.ts'
import { amount } from './amount.ts'
import { notYet } from './not-yet.ts'

const common = {
  currency: currencySchema,
  discount: z.int().min(0).max(100).optional().openapi({ description: 'Whole per cent; discount_bps wins' }),
  discount_bps: z.int().min(0).max(10_000).nullish().openapi({ description: 'Basis points: 1500 is 15 %' }),
  purchasing_power_parity: notYet(z.boolean().optional()),
  tax_inclusive: z.boolean().nullish(),
}

const oneTime = z
  .object({
    type: z.literal('one_time_price'),
    price: amount().openapi({
      description: 'Minor units; the smallest amount where the customer names it',
      example: 4900,
    }),
    ...common,
    pay_what_you_want: z.boolean().optional(),
    suggested_price: amount().nullish(),
  })
  .openapi('OneTimePriceInput')

const DAYS = { Day: 1, Week: 7, Month: 31, Year: 366 } as const
const CENTURY = 36_600

const recurring = z
  .object({
    type: z.literal('recurring_price'),
    price: amount().openapi({ description: 'Minor units, each billing period', example: 2900 }),
    ...common,
    payment_frequency_count: z.int().min(1).openapi({ example: 1 }),
    payment_frequency_interval: timeIntervalSchema,
    subscription_period_count: z.int().min(1).openapi({ example: 10 }),
    subscription_period_interval: timeIntervalSchema,
    trial_period_days: z.int().min(0).max(10_000).optional(),
    trial_amount: notYet(z.int().nullish()),
    trial_apply_discounts: notYet(z.boolean().nullish()),
    trial_payment_method_optional: notYet(z.boolean().optional()),
    zero_amount_payment_method_optional: notYet(z.boolean().optional()),
  })
  .superRefine((price, issues) => {
    for (const name of ['payment_frequency', 'subscription_period'] as const) {
      if (price[`${name}_count`] * DAYS[price[`${name}_interval`]] <= CENTURY) continue
      issues.addIssue({ code: 'custom', path: [`${name}_count`], message: 'must not span more than a hundred years' })
    }
  })
  .openapi('RecurringPriceInput')

const usageBased = z.object({ type: z.literal('usage_based_price') }).openapi('UsageBasedPriceInput')

export const priceInput = z.discriminatedUnion('type', [oneTime, recurring, usageBased]).openapi('PriceInput')

export function toPrice(input: z.output<typeof priceInput>): Price {
  if (input.type === 'usage_based_price') {
    throw new AppError('UNSUPPORTED_ACTION', {
      message: 'Prices by usage are not supported here; use one_time_price or recurring_price',
      field: 'price.type',
    })
  }
  const common = {
    currency: input.currency,
    price: input.price,
    discount_bps: input.discount_bps ?? (input.discount ?? 0) * 100,
    tax_inclusive: input.tax_inclusive ?? false,
  }
  if (input.type === 'one_time_price') {
    const { pay_what_you_want = false, suggested_price = null } = input
    return { type: 'one_time_price', ...common, pay_what_you_want, suggested_price }
  }
  return {
    type: 'recurring_price',
    ...common,
    payment_frequency_count: input.payment_frequency_count,
    payment_frequency_interval: input.payment_frequency_interval,
    subscription_period_count: input.subscription_period_count,
    subscription_period_interval: input.subscription_period_interval,
    trial_period_days: input.trial_period_days ?? 0,
  }
}
