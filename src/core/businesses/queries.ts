import type { EffectiveAt, OnPaymentFailure, ProrationBillingMode } from '#db/schema.ts'
import type { Business, BusinessCtx, Ctx } from '#src/context.ts'
import { withBusiness } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

const columns = [
  'businesses.business_id',
  'businesses.name',
  'businesses.email',
  'businesses.legal_name',
  'businesses.address',
  'businesses.country',
  'businesses.tax_id',
  'businesses.currency',
  'businesses.timezone',
  'businesses.support_email',
  'businesses.invoice_prefix',
  'businesses.rate_limit_tier',
  'businesses.archived_at',
] as const

/** The business with how far its own time runs ahead. */
export async function findBusiness(ctx: Ctx, business_id: string): Promise<Business | undefined> {
  return ctx.db
    .selectFrom('businesses')
    .leftJoin('test_clocks', 'test_clocks.business_id', 'businesses.business_id')
    .select(columns)
    .select((eb) => eb.fn.coalesce('test_clocks.offset_ms', eb.lit(0)).as('clock_offset_ms'))
    .where('businesses.business_id', '=', business_id)
    .executeTakeFirst()
}

export async function getBusinessCtx<C extends Ctx>(ctx: C, business_id: string): Promise<BusinessCtx> {
  const business = await findBusiness(ctx, business_id)
  if (business === undefined) throw notFound('business')
  return withBusiness(ctx, business)
}

/** What a merchant allows; the defaults hold until the row is written. */
export interface BusinessSettings {
  return_url: string | null
  allow_multiple_subscriptions: boolean
  allow_subscription_updates: boolean
  allow_subscription_cancellation: boolean
  allow_cancellation_at_next_billing_date: boolean
  allow_subscription_pause: boolean
  bill_usage_at_pause: boolean
  /** What is left of a paid period when it is cancelled at once is given back. */
  refund_unused_time: boolean
  /** How plans change where nobody says; null leaves it to the system. */
  effective_at_on_upgrade: EffectiveAt | null
  effective_at_on_downgrade: EffectiveAt | null
  proration_billing_mode_on_upgrade: ProrationBillingMode | null
  proration_billing_mode_on_downgrade: ProrationBillingMode | null
  on_payment_failure: OnPaymentFailure | null
}

const defaults: BusinessSettings = {
  return_url: null,
  allow_multiple_subscriptions: true,
  allow_subscription_updates: false,
  allow_subscription_cancellation: true,
  allow_cancellation_at_next_billing_date: true,
  allow_subscription_pause: false,
  bill_usage_at_pause: true,
  refund_unused_time: false,
  effective_at_on_upgrade: null,
  effective_at_on_downgrade: null,
  proration_billing_mode_on_upgrade: 'prorated_immediately',
  proration_billing_mode_on_downgrade: null,
  on_payment_failure: 'prevent_change',
}

export async function getSettings(ctx: BusinessCtx): Promise<BusinessSettings> {
  const row = await ctx.db
    .selectFrom('business_settings')
    .select([
      'return_url',
      'allow_multiple_subscriptions',
      'allow_subscription_updates',
      'allow_subscription_cancellation',
      'allow_cancellation_at_next_billing_date',
      'allow_subscription_pause',
      'bill_usage_at_pause',
      'refund_unused_time',
      'effective_at_on_upgrade',
      'effective_at_on_downgrade',
      'proration_billing_mode_on_upgrade',
      'proration_billing_mode_on_downgrade',
      'on_payment_failure',
    ])
    .where('business_id', '=', ctx.business.business_id)
    .executeTakeFirst()
  return row ?? defaults
}
