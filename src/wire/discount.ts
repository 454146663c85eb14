import { z } from '@hono/zod-openapi'
import { type Currency, currencySchema } from './codes.ts'
import { metadataSchema } from './metadata.ts'
import { rfc3339, rfc3339OrNull, timeSchema } from './rfc3339.ts'

export const discountTypeSchema = z.enum(['flat', 'percentage']).openapi('DiscountType', { example: 'percentage' })

export const customerEligibilitySchema = z
  .enum(['any', 'first_time', 'existing', 'specific'])
  .openapi('CustomerEligibility', { description: 'Who may redeem it', example: 'any' })

const discountBase = {
  discount_id: z.string().openapi({ example: 'dsc_0gyTRk8Lw3vXn5TbC6yHq' }),
  business_id: z.string(),
  code: z.string().openapi({ example: 'SPRING20' }),
  name: z.string().nullable(),
  type: discountTypeSchema,
  amount: z.int().openapi({ description: 'Basis points of a percentage: 2000 is 20 %', example: 2000 }),
  restricted_to: z.array(z.string()).openapi({ description: 'Products; empty for all' }),
  preserve_on_plan_change: z.boolean().openapi({ description: 'Stays when a subscription changes plan' }),
  subscription_cycles: z.int().nullable().openapi({ description: 'Billing periods it lasts; null for all' }),
  usage_limit: z.int().nullable(),
  times_used: z.int().openapi({ description: 'Redeemed, or reserved by a payment under way', example: 0 }),
  metadata: metadataSchema,
  created_at: timeSchema('When it was created'),
  expires_at: timeSchema('From when on it cannot be redeemed').nullable(),
}

const currencyOptionSchema = z.object({
  currency: currencySchema,
  is_default: z.boolean(),
  minimum_subtotal: z.int().openapi({ description: 'Minor units; 0 for none' }),
  max_amount_possible: z
    .int()
    .nullable()
    .openapi({ description: 'Minor units: what a flat discount takes, the most a percentage takes' }),
})

export const discountSchema = z
  .object({
    ...discountBase,
    customer_eligibility: customerEligibilitySchema,
    per_customer_usage_limit: z.int().nullable(),
    starts_at: timeSchema('From when on it can be redeemed').nullable(),
    currency_options: z.array(currencyOptionSchema),
  })
  .openapi('Discount')

export type WireDiscount = z.output<typeof discountSchema>

interface BaseRow {
  discount_id: string
  business_id: string
  code: string
  name: string | null
  type: WireDiscount['type']
  amount: number
  restricted_to: string[]
  preserve_on_plan_change: boolean
  subscription_cycles: number | null
  usage_limit: number | null
  times_used: number
  metadata: WireDiscount['metadata']
}

export interface DiscountRow extends BaseRow {
  customer_eligibility: WireDiscount['customer_eligibility']
  per_customer_usage_limit: number | null
  created_at: Temporal.Instant
  starts_at: Temporal.Instant | null
  expires_at: Temporal.Instant | null
  currency_options: (Omit<z.output<typeof currencyOptionSchema>, 'currency'> & { currency: string })[]
}

export function discountToWire(row: DiscountRow): WireDiscount {
  return {
    ...baseToWire(row),
    created_at: rfc3339(row.created_at),
    expires_at: rfc3339OrNull(row.expires_at),
    customer_eligibility: row.customer_eligibility,
    per_customer_usage_limit: row.per_customer_usage_limit,
    starts_at: rfc3339OrNull(row.starts_at),
    currency_options: row.currency_options.map((option) => ({ ...option, currency: option.currency as Currency })),
  }
}

export const discountDetailSchema = z
  .object({
    ...discountBase,
    position: z.int().openapi({ description: 'Its place in the stack, from 0', example: 0 }),
    cycles_remaining: z
      .int()
      .nullable()
      .openapi({ description: 'Billing periods still to be paid with it; null for all, and of a payment' }),
  })
  .openapi('DiscountDetail')

export type WireDiscountDetail = z.output<typeof discountDetailSchema>

/** Times are text, as they come out of JSON. */
export interface DiscountDetailRow extends BaseRow {
  created_at: string
  expires_at: string | null
  position: number
  cycles_remaining: number | null
}

export function discountDetailToWire(row: DiscountDetailRow): WireDiscountDetail {
  const { created_at, expires_at, position, cycles_remaining } = row
  return {
    ...baseToWire(row),
    created_at: rfc3339(Temporal.Instant.from(created_at)),
    expires_at: expires_at === null ? null : rfc3339(Temporal.Instant.from(expires_at)),
    position,
    cycles_remaining,
  }
}

function baseToWire(row: BaseRow) {
  const { discount_id, business_id, code, name, type, amount, restricted_to, preserve_on_plan_change } = row
  const { subscription_cycles, usage_limit, times_used, metadata } = row
  return {
    ...{ discount_id, business_id, code, name, type, amount, restricted_to, preserve_on_plan_change },
    ...{ subscription_cycles, usage_limit, times_used, metadata },
  }
}

export const discountCustomerSchema = z
  .object({
    customer_id: z.string(),
    email: z.string(),
    name: z.string(),
    created_at: timeSchema('When it was added'),
  })
  .openapi('DiscountCustomer')

export function discountCustomerToWire(row: {
  customer_id: string
  email: string
  name: string
  created_at: Temporal.Instant
}): z.output<typeof discountCustomerSchema> {
  const { customer_id, email, name, created_at } = row
  return { customer_id, email, name, created_at: rfc3339(created_at) }
}
