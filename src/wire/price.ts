import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import { type Currency, currencySchema, timeIntervalSchema } from './codes.ts'
import { emptySchema } from './list.ts'

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
    trial_amount: emptySchema('What a paid trial costs'),
    trial_apply_discounts: z.literal(false),
    trial_payment_method_optional: z.literal(false),
    zero_amount_payment_method_optional: z.literal(false),
  })
  .openapi('RecurringPrice')

export const priceSchema = z.discriminatedUnion('type', [oneTimePriceSchema, recurringPriceSchema]).openapi('Price')

export type WirePrice = z.output<typeof priceSchema>

export function priceToWire(row: Selectable<DB['products']>): WirePrice {
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
  return {
    type: 'recurring_price',
    ...same,
    payment_frequency_count: present(row.payment_frequency_count),
    payment_frequency_interval: present(row.payment_frequency_interval),
    subscription_period_count: present(row.subscription_period_count),
    subscription_period_interval: present(row.subscription_period_interval),
    trial_period_days: row.trial_period_days,
    trial_amount: null,
    trial_apply_discounts: false,
    trial_payment_method_optional: false,
    zero_amount_payment_method_optional: false,
  }
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('a recurring product has a frequency and a term')
  return value
}
