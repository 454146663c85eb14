// The business itself, and what it allows its customers: Portico's own resource.
import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { BusinessSettings } from '#core/businesses/queries.ts'
import type { DB } from '#db/schema.ts'
import { type Country, type Currency, countrySchema, currencySchema } from './codes.ts'
import { effectiveAtSchema, onPaymentFailureSchema, prorationModeSchema } from './plan-change.ts'

const flag = (description: string) => z.boolean().openapi({ description })
const days = (description: string) => z.int().openapi({ description })

const settingsShape = {
  return_url: z.string().nullable().openapi({ description: 'Where the portal leads back to' }),
  allow_multiple_subscriptions: flag('May a customer hold several'),
  allow_subscription_updates: flag('May customers change their plan'),
  allow_subscription_cancellation: flag('May customers cancel'),
  allow_cancellation_at_next_billing_date: flag('May they do so for the next billing date'),
  allow_subscription_pause: flag('May customers pause'),
  bill_usage_at_pause: flag('Is usage billed when a pause begins'),
  refund_unused_time: flag('Does cancelling at once give back what is left of the period'),
  effective_at_on_upgrade: effectiveAtSchema.nullable(),
  effective_at_on_downgrade: effectiveAtSchema.nullable(),
  proration_billing_mode_on_upgrade: prorationModeSchema.nullable(),
  proration_billing_mode_on_downgrade: prorationModeSchema.nullable(),
  on_payment_failure: onPaymentFailureSchema.nullable(),
  collect_plan_change_payments_by_payment_link: flag('May the API ask for a link to pay for a change of plan'),
  payment_retries: flag('Are declined renewals tried again by themselves'),
  payment_retry_window_days: days('For how long after the first decline'),
  grace_period: flag('Does a declined renewal leave access for a while'),
  grace_period_days: days('For how long'),
  grace_period_action: z
    .enum(['on_hold', 'cancel_subscription'])
    .openapi({ description: 'What comes when it is over' }),
  dunning_on_hold: flag('Are customers on hold reminded'),
  dunning_past_due: flag('Are customers in their grace period reminded'),
  dunning_cancelled: flag('Are customers who cancelled asked to come back'),
  dunning_step_1_days: days('When the first reminder goes; null leaves it out').nullable(),
  dunning_step_2_days: days('When the second goes').nullable(),
  dunning_step_3_days: days('When the third goes').nullable(),
  dunning_step_4_days: days('When the fourth goes').nullable(),
  invoice_retention_years: days('For how long invoices of erased customers say whose they were'),
} satisfies Record<keyof BusinessSettings, z.ZodType>

export const businessSchema = z
  .object({
    business_id: z.string().openapi({ example: 'bus_0gyTS5eDn1xYk7JmR3wUv' }),
    name: z.string().openapi({ description: 'As its customers know it', example: 'Linden Studio' }),
    email: z.string().openapi({ description: 'Where mails to the merchant go' }),
    support_email: z.string().nullable().openapi({ description: 'Shown to customers' }),
    legal_name: z.string().nullable().openapi({ description: 'On invoices' }),
    address: z.string().nullable().openapi({ description: 'On invoices; postal lines' }),
    country: countrySchema.nullable(),
    tax_id: z.string().nullable(),
    currency: currencySchema.openapi({ description: 'Of new products' }),
    timezone: z.string().openapi({ description: 'In which its pages tell dates', example: 'Europe/Stockholm' }),
    invoice_prefix: z.string().openapi({ description: 'Before invoice numbers', example: 'LS' }),
    ...settingsShape,
  })
  .openapi('Business')

type BusinessRow = Omit<Selectable<DB['businesses']>, 'rate_limit_tier' | 'archived_at' | 'created_at'>

export function businessToWire(business: BusinessRow, settings: BusinessSettings): z.output<typeof businessSchema> {
  const { business_id, name, email, support_email, legal_name, address, tax_id, timezone, invoice_prefix } = business
  const identity = { business_id, name, email, support_email, legal_name, address, tax_id, timezone, invoice_prefix }
  const country = business.country as Country | null
  return { ...identity, country, currency: business.currency as Currency, ...settings }
}
