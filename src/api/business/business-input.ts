import { z } from '@hono/zod-openapi'
import { invoicePrefix } from '#api/input/invoice-prefix.ts'
import { email, text, webAddress } from '#api/input/text.ts'
import { timezone } from '#api/input/timezone.ts'
import type { BusinessSettings } from '#core/businesses/queries.ts'
import type { BusinessChange } from '#core/businesses/set-business.ts'
import { countrySchema, currencySchema } from '#wire/codes.ts'
import { effectiveAtSchema, onPaymentFailureSchema, prorationModeSchema } from '#wire/plan-change.ts'

const trimmed = () => email().transform((value) => value.trim())
const flag = () => z.boolean().optional()
const upTo = (most: number) => z.int().min(1).max(most)
const step = () => upTo(60).nullish()

const identity = {
  name: text({ max: 100 }).optional(),
  email: trimmed().optional(),
  support_email: trimmed().nullish(),
  legal_name: text({ max: 100 }).nullish(),
  address: text({ max: 500, lines: true }).nullish(),
  country: countrySchema.nullish(),
  tax_id: text({ max: 100 }).nullish(),
  currency: currencySchema.optional(),
  timezone: timezone().optional(),
  invoice_prefix: invoicePrefix().optional(),
} satisfies { [Name in keyof Omit<BusinessChange, 'rate_limit_tier'>]-?: z.ZodType }

const settings = {
  return_url: webAddress().nullish(),
  allow_multiple_subscriptions: flag(),
  allow_subscription_updates: flag(),
  allow_subscription_cancellation: flag(),
  allow_cancellation_at_next_billing_date: flag(),
  allow_subscription_pause: flag(),
  bill_usage_at_pause: flag(),
  refund_unused_time: flag(),
  effective_at_on_upgrade: effectiveAtSchema.nullish(),
  effective_at_on_downgrade: effectiveAtSchema.nullish(),
  proration_billing_mode_on_upgrade: prorationModeSchema.nullish(),
  proration_billing_mode_on_downgrade: prorationModeSchema.nullish(),
  on_payment_failure: onPaymentFailureSchema.nullish(),
  collect_plan_change_payments_by_payment_link: flag(),
  payment_retries: flag(),
  payment_retry_window_days: upTo(30).optional(),
  grace_period: flag(),
  grace_period_days: upTo(30).optional(),
  grace_period_action: z.enum(['on_hold', 'cancel_subscription']).optional(),
  dunning_on_hold: flag(),
  dunning_past_due: flag(),
  dunning_cancelled: flag(),
  dunning_step_1_days: step(),
  dunning_step_2_days: step(),
  dunning_step_3_days: step(),
  dunning_step_4_days: step(),
  invoice_retention_years: z.int().min(0).max(100).optional(),
} satisfies Record<keyof BusinessSettings, z.ZodType>

export const updateBusinessBody = z.object({ ...identity, ...settings }).openapi('UpdateBusiness')

type Body = z.output<typeof updateBusinessBody>

/** Whose it is in both modes, and what it allows in this one. */
export function splitChange(body: Body): { change: BusinessChange; settings: Partial<BusinessSettings> } {
  const named = Object.entries(body).filter(([, value]) => value !== undefined)
  return {
    change: Object.fromEntries(named.filter(([name]) => name in identity)),
    settings: Object.fromEntries(named.filter(([name]) => name in settings)),
  }
}
