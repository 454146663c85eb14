// A price as it comes in, made into the price a product is written with.

import { z } from '@hono/zod-openapi'
import { isTooLong } from '#billing/term.ts'
import type { Price } from '#core/catalog/product-columns.ts'
import { currencySchema, timeIntervalSchema } from '#wire/codes.ts'
import { amount } from './amount.ts'
import { notYet } from './not-yet.ts'
import { id } from './text.ts'

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

const rhythm = {
  payment_frequency_count: z.int().min(1).openapi({ example: 1 }),
  payment_frequency_interval: timeIntervalSchema,
  subscription_period_count: z.int().min(1).openapi({ example: 10 }),
  subscription_period_interval: timeIntervalSchema,
}

function assertSpans(price: z.output<z.ZodObject<typeof rhythm>>, issues: z.core.$RefinementCtx): void {
  for (const name of ['payment_frequency', 'subscription_period'] as const) {
    if (!isTooLong({ count: price[`${name}_count`], interval: price[`${name}_interval`] })) continue
    issues.addIssue({ code: 'custom', path: [`${name}_count`], message: 'must not span more than a hundred years' })
  }
}

const recurring = z
  .object({
    type: z.literal('recurring_price'),
    price: amount().openapi({ description: 'Minor units, each billing period', example: 2900 }),
    ...common,
    ...rhythm,
    trial_period_days: z.int().min(0).max(10_000).optional(),
    trial_amount: amount().nullish().openapi({ description: 'What a unit costs for the trial; free without it' }),
    trial_apply_discounts: z.boolean().nullish().openapi({ description: 'Whether codes are taken of it' }),
    trial_payment_method_optional: z
      .boolean()
      .optional()
      .openapi({ description: 'A free trial of it may begin with no card' }),
    zero_amount_payment_method_optional: z.boolean().optional().openapi({
      description: 'It may begin with no card where nothing is due at first: at a price of 0, or all of it discounted',
    }),
  })
  .superRefine(assertSpans)
  .openapi('RecurringPriceInput')

const PRICE_PER_UNIT = /^(?=.*[1-9])\d{1,5}(?:\.\d{1,12})?$/

const UNITS = /^(?=.*[1-9])\d{1,12}(?:\.\d{1,12})?$/

/** A price, or credits that pay for the units and how many of them are one. */
function assertPaidSomehow(meter: z.output<typeof meterFields>, issues: z.core.$RefinementCtx): void {
  const missing = (path: string) => issues.addIssue({ code: 'custom', path: [path], message: 'is required' })
  const { price_per_unit, credit_entitlement_id, meter_units_per_credit } = meter
  if (!credit_entitlement_id && !price_per_unit) missing('price_per_unit')
  if (!credit_entitlement_id && meter_units_per_credit) missing('credit_entitlement_id')
  if (credit_entitlement_id && !meter_units_per_credit) missing('meter_units_per_credit')
}

const meterFields = z.object({
  meter_id: id(),
  price_per_unit: z
    .string()
    .regex(PRICE_PER_UNIT, 'must be a decimal above 0 with at most 5 digits before its point and 12 behind it')
    .nullish()
    .openapi({ description: 'Minor units of the currency: "0.25" is a quarter of a cent', example: '0.25' }),
  free_threshold: z.int().min(0).nullish().openapi({ description: 'Units of a period that are free' }),
  credit_entitlement_id: id()
    .nullish()
    .openapi({ description: 'Credits that pay for the units in place of the price' }),
  meter_units_per_credit: z
    .string()
    .regex(UNITS, 'must be a decimal above 0 with at most 12 digits before its point and behind it')
    .nullish()
    .openapi({ description: 'So many units are one credit', example: '100' }),
})

const usageBased = z
  .object({
    type: z.literal('usage_based_price'),
    fixed_price: amount().openapi({ description: 'Minor units, each billing period ahead', example: 900 }),
    ...common,
    ...rhythm,
    meters: z.array(meterFields.superRefine(assertPaidSomehow)).max(20).nullish(),
  })
  .superRefine(assertSpans)
  .openapi('UsageBasedPriceInput')

export const priceInput = z.discriminatedUnion('type', [oneTime, recurring, usageBased]).openapi('PriceInput')

export function toPrice(input: z.output<typeof priceInput>): Price {
  const common = {
    currency: input.currency,
    discount_bps: input.discount_bps ?? (input.discount ?? 0) * 100,
    tax_inclusive: input.tax_inclusive ?? false,
  }
  switch (input.type) {
    case 'one_time_price': {
      const { type, price, pay_what_you_want = false, suggested_price = null } = input
      return { type, price, ...common, pay_what_you_want, suggested_price }
    }
    case 'recurring_price': {
      const { type, price, trial_period_days = 0, trial_amount = null } = input
      const trial = { trial_period_days, trial_amount, trial_apply_discounts: input.trial_apply_discounts ?? false }
      const { trial_payment_method_optional = false, zero_amount_payment_method_optional = false } = input
      const optional = { trial_payment_method_optional, zero_amount_payment_method_optional }
      return { type, price, ...common, ...rhythmOf(input), ...trial, ...optional }
    }
    case 'usage_based_price': {
      const { type, fixed_price: price, meters } = input
      return { type, price, ...common, ...rhythmOf(input), meters: (meters ?? []).map(toMeter) }
    }
  }
}

function rhythmOf(input: z.output<z.ZodObject<typeof rhythm>>) {
  const { payment_frequency_count, payment_frequency_interval } = input
  const { subscription_period_count, subscription_period_interval } = input
  return {
    payment_frequency_count,
    payment_frequency_interval,
    subscription_period_count,
    subscription_period_interval,
  }
}

function toMeter(meter: NonNullable<z.output<typeof usageBased>['meters']>[number]) {
  const { meter_id, price_per_unit = null, free_threshold } = meter
  const { credit_entitlement_id = null, meter_units_per_credit = null } = meter
  const credits = { credit_entitlement_id, meter_units_per_credit }
  return { meter_id, price_per_unit, free_threshold: free_threshold ?? 0, ...credits }
}
