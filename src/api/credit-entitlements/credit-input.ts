// The terms of credits as they come in: of an entitlement, of a product's link to one, of a subscription's.
import { z } from '@hono/zod-openapi'
import { decimal } from '#api/input/decimal.ts'
import { id, text } from '#api/input/text.ts'
import { currencySchema, timeIntervalSchema } from '#wire/codes.ts'
import { overageBehaviorSchema } from '#wire/credit-terms.ts'

const percent = (description: string) => z.int().min(0).max(100).nullish().openapi({ description })
const count = (description: string, min = 1) => z.int().min(min).max(36_500).nullish().openapi({ description })

const terms = {
  expires_after_days: count('null: with the billing period, or never where it is bought once'),
  rollover_percentage: percent('Of what is left; null: all of it'),
  rollover_timeframe_count: count('How long credits that rolled over last'),
  rollover_timeframe_interval: timeIntervalSchema.nullish(),
  max_rollover_count: count('How often the same credits roll over; null: as often as they last', 0),
  overage_behavior: overageBehaviorSchema.nullish(),
}

const priced = {
  currency: currencySchema.nullish(),
  price_per_unit: decimal('Of overage that is invoiced, in minor units', '0.5').nullish(),
}

const words = {
  description: text({ max: 1_000, lines: true }).nullish(),
  overage_limit: z
    .int()
    .min(0)
    .max(10_000_000_000)
    .nullish()
    .openapi({ description: 'Units; null: as many as wanted' }),
}

const name = text({ max: 100 }).openapi({ example: 'AI credits' })
const unit = text({ max: 50 }).openapi({ example: 'credits' })

export const createCreditEntitlementBody = z
  .object({
    name,
    unit,
    precision: z.int().min(0).max(10).openapi({ description: 'Decimal places that amounts may have', example: 0 }),
    rollover_enabled: z.boolean(),
    overage_enabled: z.boolean(),
    ...words,
    ...priced,
    ...terms,
  })
  .openapi('CreateCreditEntitlement')

export const updateCreditEntitlementBody = z
  .object({
    name: name.nullish(),
    unit: unit.nullish(),
    rollover_enabled: z.boolean().nullish(),
    overage_enabled: z.boolean().nullish(),
    ...words,
    ...priced,
    ...terms,
  })
  .openapi('UpdateCreditEntitlement')

const perUse = {
  low_balance_threshold_percent: percent('Of a period’s credits: at or below it `credit.balance_low` is sent'),
  overage_enabled: z.boolean().nullish(),
  overage_limit: decimal('Units').nullish(),
  rollover_enabled: z.boolean().nullish(),
}

/** What is left out or null is the entitlement's. */
export const productCreditInput = z.object({
  credit_entitlement_id: id('cde_0gyTR3kUe7pWz9QhV2sJn'),
  credits_amount: decimal('Granted for each billing period, or each purchase; times the quantity'),
  ...priced,
  ...terms,
  ...perUse,
  proration_behavior: z.enum(['prorate', 'no_prorate']).nullish(),
  trial_credits: decimal('Granted with a free trial').nullish(),
  trial_credits_expire_after_trial: z.boolean().nullish(),
})

/** What is named is changed; null clears it where the terms can do without. */
export const subscriptionCreditInput = z.object({
  credit_entitlement_id: id('cde_0gyTR3kUe7pWz9QhV2sJn'),
  credits_amount: decimal('Granted from the next billing period on').nullish(),
  ...perUse,
  expires_after_days: terms.expires_after_days,
  rollover_percentage: terms.rollover_percentage,
  rollover_timeframe_count: terms.rollover_timeframe_count,
  rollover_timeframe_interval: terms.rollover_timeframe_interval,
  max_rollover_count: terms.max_rollover_count,
})
