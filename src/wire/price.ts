import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import { type Currency, currencySchema, timeIntervalSchema } from './codes.ts'

const common = {
  currency: currencySchema,
  price: z.int().openapi({ description: 'Minor units of the currency, before the discount', example: 2900 }),
  discount: z.int().openapi({ description: 'Whole per cent, rounded; read discount_bps instead', example: 15 }),
  discount_bps: z.int().openapi({ description: 'Basis points: 1500 is 15 %', example: 1500 }),
  purchasing_power_parity: z.literal(false),
  tax_inclusive: z.boolean(),
}

export const oneTimePriceSchema = z
  .object({
    type: z.literal('one_time_price'),
    ...common,
    pay_what_you_want: z.boolean().openapi({ description: 'The customer names the amount; price is the smallest' }),
    suggested_price: z.int().nullable(),
  })
  .openapi('OneTimePrice')

export const recurringPriceSchema = z
  .object({
    type: z.literal('recurring_price'),
    ...common,
    payment_frequency_count: z.int().openapi({ description: 'Paid every so many intervals', example: 1 }),
    payment_frequency_interval: timeIntervalSchema,
    subscription_period_count: z.int().openapi({ description: 'The whole term in intervals', example: 10 }),
    subscription_period_interval: timeIntervalSchema,
    trial_period_days: z.int().openapi({ description: '0 where there is no trial', example: 14 }),
    trial_amount: z.int().nullable().openapi({ description: 'What a unit costs for the trial; null where it is free' }),
    trial_apply_discounts: z.boolean().openapi({ description: 'Whether discount codes are taken of it' }),
    trial_payment_method_optional: z.boolean().openapi({ description: 'A free trial of it may begin with no card' }),
    zero_amount_payment_method_optional: z
      .boolean()
      .openapi({ description: 'It may begin with no card where nothing is due at first' }),
  })
  .openapi('RecurringPrice')

export const usageBasedPriceSchema = z
  .object({
    type: z.literal('usage_based_price'),
    currency: common.currency,
    fixed_price: z.int().openapi({ description: 'Minor units, each period ahead, before the discount', example: 900 }),
    discount: common.discount,
    discount_bps: common.discount_bps,
    purchasing_power_parity: common.purchasing_power_parity,
    tax_inclusive: common.tax_inclusive,
    payment_frequency_count: z.int().openapi({ example: 1 }),
    payment_frequency_interval: timeIntervalSchema,
    subscription_period_count: z.int().openapi({ example: 10 }),
    subscription_period_interval: timeIntervalSchema,
    meters: z.array(
      z.object({
        meter_id: z.string(),
        name: z.string(),
        description: z.string().nullable(),
        measurement_unit: z.string(),
        free_threshold: z.int().openapi({ description: 'Units of a period that are free' }),
        price_per_unit: z.string().nullable().openapi({ description: 'Minor units, a decimal', example: '0.25' }),
        credit_entitlement_id: z.string().nullable().openapi({ description: 'Credits that pay for the units' }),
        meter_units_per_credit: z.string().nullable().openapi({ description: 'Units that one credit pays for' }),
      }),
    ),
  })
  .openapi('UsageBasedPrice')

export const priceSchema = z
  .discriminatedUnion('type', [oneTimePriceSchema, recurringPriceSchema, usageBasedPriceSchema])
  .openapi('Price')

export type WirePrice = z.output<typeof priceSchema>

export type PricedRow = Selectable<DB['products']> & {
  meters: WireProductMeter[]
}

type WireProductMeter = z.output<typeof usageBasedPriceSchema>['meters'][number]

export function priceToWire(row: PricedRow): WirePrice {
  const same = {
    currency: row.currency as Currency,
    price: row.price,
    discount: Math.round(row.discount_bps / 100),
    discount_bps: row.discount_bps,
    purchasing_power_parity: false as const,
    tax_inclusive: row.tax_inclusive,
  }
  if (row.price_type === 'one_time_price') {
    const { pay_what_you_want, suggested_price } = row
    return { type: 'one_time_price', ...same, pay_what_you_want, suggested_price }
  }
  const rhythm = {
    payment_frequency_count: present(row.payment_frequency_count),
    payment_frequency_interval: present(row.payment_frequency_interval),
    subscription_period_count: present(row.subscription_period_count),
    subscription_period_interval: present(row.subscription_period_interval),
  }
  if (row.price_type === 'usage_based_price') {
    const { price: fixed_price, ...rest } = same
    return { type: 'usage_based_price', ...rest, fixed_price, ...rhythm, meters: row.meters.map(meterToWire) }
  }
  return {
    type: 'recurring_price',
    ...same,
    ...rhythm,
    trial_period_days: row.trial_period_days,
    trial_amount: row.trial_amount,
    trial_apply_discounts: row.trial_apply_discounts,
    trial_payment_method_optional: row.trial_payment_method_optional,
    zero_amount_payment_method_optional: row.zero_amount_payment_method_optional,
  }
}

function meterToWire(meter: PricedRow['meters'][number]): WireProductMeter {
  const { meter_id, name, description, measurement_unit, free_threshold, price_per_unit } = meter
  const { credit_entitlement_id, meter_units_per_credit } = meter
  const credits = { credit_entitlement_id, meter_units_per_credit }
  return { meter_id, name, description, measurement_unit, free_threshold, price_per_unit, ...credits }
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('a recurring product has a frequency and a term')
  return value
}
