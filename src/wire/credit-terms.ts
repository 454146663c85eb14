// On what terms credits are granted, as products and subscriptions say them.
import { z } from '@hono/zod-openapi'
import type { CreditTerms } from '#db/json-types.ts'
import { type Currency, currencySchema, timeIntervalSchema } from './codes.ts'
import { orNull } from './list.ts'

export const overageBehaviorSchema = z
  .enum(['forgive_at_reset', 'invoice_at_billing', 'carry_deficit', 'carry_deficit_auto_repay'])
  .openapi('OverageBehavior', { description: 'What becomes of overage when a billing period ends' })

const decimal = (description: string, example = '100') => z.string().openapi({ description, example })

const shared = {
  credit_entitlement_id: z.string().openapi({ example: 'cde_0gyTR3kUe7pWz9QhV2sJn' }),
  credit_entitlement_name: z.string().openapi({ example: 'AI credits' }),
  credits_amount: decimal('Granted for each period, or each purchase'),
  expires_after_days: z
    .int()
    .nullable()
    .openapi({ description: 'null: with the period, or never where it is bought once' }),
  low_balance_threshold_percent: z.int().nullable(),
  rollover_enabled: z.boolean(),
  rollover_percentage: z.int().nullable().openapi({ description: 'null: all of it' }),
  rollover_timeframe_count: z.int().nullable(),
  rollover_timeframe_interval: orNull(timeIntervalSchema),
  max_rollover_count: z.int().nullable().openapi({ description: 'null: as often as they last' }),
  overage_enabled: z.boolean(),
  overage_limit: z.string().nullable(),
  overage_behavior: overageBehaviorSchema,
}

export const productCreditSchema = z
  .object({
    id: z.string().openapi({ description: 'Of this link between product and credits' }),
    ...shared,
    credit_entitlement_unit: z.string().openapi({ example: 'credits' }),
    currency: orNull(currencySchema),
    price_per_unit: z.string().nullable().openapi({ description: 'Minor units, as a decimal' }),
    proration_behavior: z.enum(['prorate', 'no_prorate']),
    trial_credits: z.string().nullable(),
    trial_credits_expire_after_trial: z.boolean(),
  })
  .openapi('ProductCredit')

export const subscriptionCreditSchema = z
  .object({
    ...shared,
    product_id: z.string(),
    unit: z.string(),
    remaining_balance: decimal('What the customer holds'),
    overage_balance: decimal('What the customer used beyond it', '0'),
  })
  .openapi('SubscriptionCredit')

export interface ProductCreditRow {
  mapping_id: string
  credit_entitlement_id: string
  name: string
  unit: string
  terms: CreditTerms
}

export interface SubscriptionCreditRow extends Omit<ProductCreditRow, 'mapping_id'> {
  product_id: string
  balance: string
  overage: string
}

export type WireProductCredit = z.output<typeof productCreditSchema>
export type WireSubscriptionCredit = z.output<typeof subscriptionCreditSchema>

export function productCreditToWire(row: ProductCreditRow): WireProductCredit {
  const { currency, ...terms } = row.terms
  return {
    id: row.mapping_id,
    credit_entitlement_id: row.credit_entitlement_id,
    credit_entitlement_name: row.name,
    credit_entitlement_unit: row.unit,
    ...terms,
    currency: currency as Currency | null,
  }
}

export function subscriptionCreditToWire(row: SubscriptionCreditRow): WireSubscriptionCredit {
  const { terms } = row
  return {
    credit_entitlement_id: row.credit_entitlement_id,
    credit_entitlement_name: row.name,
    product_id: row.product_id,
    unit: row.unit,
    remaining_balance: row.balance,
    overage_balance: row.overage,
    credits_amount: terms.credits_amount,
    expires_after_days: terms.expires_after_days,
    low_balance_threshold_percent: terms.low_balance_threshold_percent,
    rollover_enabled: terms.rollover_enabled,
    rollover_percentage: terms.rollover_percentage,
    rollover_timeframe_count: terms.rollover_timeframe_count,
    rollover_timeframe_interval: terms.rollover_timeframe_interval,
    max_rollover_count: terms.max_rollover_count,
    overage_enabled: terms.overage_enabled,
    overage_limit: terms.overage_limit,
    overage_behavior: terms.overage_behavior,
  }
}
