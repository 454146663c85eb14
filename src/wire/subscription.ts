import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import { cancellationFeedbacks } from '#billing/cancellation.ts'
import type { DB } from '#db/schema.ts'
import { billingAddressSchema, billingAddressToWire } from './billing-address.ts'
import { type Currency, currencySchema, timeIntervalSchema } from './codes.ts'
import { type SubscriptionCreditRow, subscriptionCreditSchema, subscriptionCreditToWire } from './credit-terms.ts'
import { customFieldResponsesSchema } from './custom-field-responses.ts'
import { type CustomerBriefRow, customerBriefSchema, customerBriefToWire } from './customer.ts'
import { type DiscountDetailRow, discountDetailSchema, discountDetailToWire } from './discount.ts'
import { orNull } from './list.ts'
import { metadataSchema } from './metadata.ts'
import { rfc3339, rfc3339OrNull, timeSchema } from './rfc3339.ts'
import { type ScheduledChangeRow, scheduledChangeSchema, scheduledChangeToWire } from './scheduled-change.ts'

export const subscriptionStatusSchema = z
  .enum(['pending', 'active', 'past_due', 'on_hold', 'paused', 'cancelled', 'failed', 'expired'])
  .openapi('SubscriptionStatus', { example: 'active' })

export const cancellationFeedbackSchema = z
  .enum(cancellationFeedbacks)
  .openapi('CancellationFeedback', { description: 'Why the customer leaves', example: 'unused' })

const subscriptionMeterSchema = z.object({
  meter_id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  measurement_unit: z.string(),
  currency: currencySchema,
  price_per_unit: z.string().nullable().openapi({ description: 'Minor units, a decimal', example: '0.25' }),
  free_threshold: z.int().openapi({ description: 'Units of a period that are free' }),
})

const meterCreditSchema = z.object({
  meter_id: z.string(),
  meter_name: z.string(),
  product_id: z.string(),
  credit_entitlement_id: z.string(),
  meter_units_per_credit: z.string().openapi({ description: 'So many units take one credit', example: '100' }),
})

/** What a subscription says both alone and in a list. */
export const subscriptionBase = {
  subscription_id: z.string().openapi({ example: 'sub_0gyTRk8Lw3vXn5TbC6yHq' }),
  status: subscriptionStatusSchema,
  product_id: z.string(),
  quantity: z.int().openapi({ example: 1 }),
  currency: currencySchema,
  recurring_pre_tax_amount: z.int().openapi({ description: 'Each billing period, before tax, in minor units' }),
  tax_inclusive: z.boolean(),
  customer: customerBriefSchema,
  billing: billingAddressSchema,
  customer_business_name: z.string().nullable().openapi({ description: 'Printed on invoices in place of the name' }),
  tax_id: z.string().nullable(),
  payment_frequency_count: z.int().openapi({ example: 1 }),
  payment_frequency_interval: timeIntervalSchema,
  subscription_period_count: z.int().openapi({ example: 10 }),
  subscription_period_interval: timeIntervalSchema,
  trial_period_days: z.int().openapi({ example: 0 }),
  trial_amount: z
    .int()
    .nullable()
    .openapi({ description: 'Charged for a unit of a paid trial: after discounts, before tax; else null' }),
  on_demand: z.boolean(),
  has_payment_method: z.boolean().openapi({ description: 'False while there is nothing to charge' }),
  payment_method_id: z.string().nullable(),
  previous_billing_date: timeSchema('When the current period began; while pending, when it was created'),
  next_billing_date: timeSchema('When the current period ends; while pending, when it was created'),
  cancel_at_next_billing_date: z.boolean(),
  cancelled_at: timeSchema('When it was cancelled').nullable(),
  paused_at: timeSchema('When it was paused; null unless it is').nullable(),
  scheduled_change: orNull(scheduledChangeSchema).openapi({
    description: 'A plan change that waits for the next billing date',
  }),
  discount_cycles_remaining: z
    .int()
    .nullable()
    .openapi({ description: 'Billing periods left of the first discount; null for all of them' }),
  discount_id: z.string().nullable().openapi({ description: 'The first discount' }),
  metadata: metadataSchema,
  created_at: timeSchema('When it was created'),
}

export const subscriptionSchema = z
  .object({
    ...subscriptionBase,
    brand_id: z.string().openapi({ description: 'The primary brand carries the id of the business' }),
    addons: z.array(z.object({ addon_id: z.string(), quantity: z.int() })),
    cancellation_feedback: orNull(cancellationFeedbackSchema),
    cancellation_comment: z.string().nullable(),
    expires_at: timeSchema('When the whole term ends').nullable(),
    discounts: z.array(discountDetailSchema).openapi({ description: 'In the order they apply' }),
    custom_field_responses: customFieldResponsesSchema,
    credit_entitlement_cart: z.array(subscriptionCreditSchema),
    meter_credit_entitlement_cart: z.array(meterCreditSchema).openapi({ description: 'Meters paid by credits' }),
    meters: z.array(subscriptionMeterSchema).openapi({ description: 'What it pays by usage' }),
  })
  .openapi('Subscription')

type MeterRow = Omit<z.output<typeof subscriptionMeterSchema>, 'currency'> & {
  credit_entitlement_id: string | null
  meter_units_per_credit: string | null
}

export type SubscriptionRow = Selectable<DB['subscriptions']> & {
  brand_id: string | null
  product_name: string
  addons: { addon_id: string; quantity: number }[]
  customer: CustomerBriefRow
  scheduled_change: ScheduledChangeRow | null
  meters: MeterRow[]
  discounts: DiscountDetailRow[]
}
export type WireSubscription = z.output<typeof subscriptionSchema>

export function subscriptionBaseToWire(row: SubscriptionRow) {
  return {
    subscription_id: row.subscription_id,
    status: row.status,
    product_id: row.product_id,
    quantity: row.quantity,
    currency: row.currency as Currency,
    recurring_pre_tax_amount: row.recurring_pre_tax_amount,
    tax_inclusive: row.tax_inclusive,
    customer: customerBriefToWire(row.customer),
    billing: billingAddressToWire(row.billing),
    customer_business_name: row.customer_business_name,
    tax_id: row.tax_id,
    payment_frequency_count: row.payment_frequency_count,
    payment_frequency_interval: row.payment_frequency_interval,
    subscription_period_count: row.subscription_period_count,
    subscription_period_interval: row.subscription_period_interval,
    trial_period_days: row.trial_period_days,
    trial_amount: row.trial_amount,
    on_demand: row.on_demand,
    has_payment_method: row.payment_method_id !== null,
    payment_method_id: row.payment_method_id,
    previous_billing_date: rfc3339(row.previous_billing_date ?? row.created_at),
    next_billing_date: rfc3339(row.next_billing_date ?? row.created_at),
    cancel_at_next_billing_date: row.cancel_at_next_billing_date,
    cancelled_at: rfc3339OrNull(row.cancelled_at),
    paused_at: rfc3339OrNull(row.status === 'paused' ? row.paused_at : null),
    scheduled_change: row.scheduled_change === null ? null : scheduledChangeToWire(row.scheduled_change),
    discount_cycles_remaining: row.discounts[0]?.cycles_remaining ?? null,
    discount_id: row.discounts[0]?.discount_id ?? null,
    metadata: row.metadata,
    created_at: rfc3339(row.created_at),
  }
}

export function subscriptionToWire(row: SubscriptionRow & { credits: SubscriptionCreditRow[] }): WireSubscription {
  return {
    ...subscriptionBaseToWire(row),
    brand_id: row.brand_id ?? row.business_id,
    addons: row.addons,
    cancellation_feedback: row.cancellation_feedback,
    cancellation_comment: row.cancellation_comment,
    expires_at: rfc3339OrNull(row.expires_at),
    discounts: row.discounts.map(discountDetailToWire),
    custom_field_responses: row.custom_field_responses,
    credit_entitlement_cart: row.credits.map(subscriptionCreditToWire),
    meter_credit_entitlement_cart: row.meters.flatMap((meter) => meterCreditToWire(meter, row.product_id)),
    meters: row.meters.map((meter) => meterToWire(meter, row.currency as Currency)),
  }
}

function meterToWire(meter: SubscriptionRow['meters'][number], currency: Currency) {
  const { meter_id, name, description, measurement_unit, price_per_unit, free_threshold } = meter
  return { meter_id, name, description, measurement_unit, currency, price_per_unit, free_threshold }
}

function meterCreditToWire(meter: MeterRow, product_id: string): z.output<typeof meterCreditSchema>[] {
  const { meter_id, name: meter_name, credit_entitlement_id, meter_units_per_credit } = meter
  if (credit_entitlement_id === null || meter_units_per_credit === null) return []
  return [{ meter_id, meter_name, product_id, credit_entitlement_id, meter_units_per_credit }]
}
