import { type Kysely, sql } from 'kysely'
import type { DB, EffectiveAt, GracePeriodAction, OnPaymentFailure, ProrationBillingMode } from '#db/schema.ts'
import type { Business, BusinessCtx, Ctx, StoredTheme } from '#src/context.ts'
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
  return selectBusinesses(ctx.db).where('businesses.business_id', '=', business_id).executeTakeFirst()
}

/** Those that work of several businesses is done for. */
export async function listBusinessesById(ctx: Ctx, ids: readonly string[]): Promise<Business[]> {
  return selectBusinesses(ctx.db).where('businesses.business_id', 'in', ids).execute()
}

/** For look-ups that say which. */
export function selectBusinesses(db: Kysely<DB>) {
  return db
    .selectFrom('businesses')
    .leftJoin('test_clocks', 'test_clocks.business_id', 'businesses.business_id')
    .leftJoin('business_themes', 'business_themes.business_id', 'businesses.business_id')
    .select(columns)
    .select(sql<StoredTheme | null>`to_jsonb(business_themes) - 'business_id' - 'updated_at'`.as('theme'))
    .leftJoin('business_settings', 'business_settings.business_id', 'businesses.business_id')
    .select('business_settings.return_url')
    .select((eb) => eb.fn.coalesce('test_clocks.offset_ms', eb.lit(0)).as('clock_offset_ms'))
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
  /** The API may ask for a link under which the customer pays for a change. */
  collect_plan_change_payments_by_payment_link: boolean
  /** Declined renewals are asked for again, within so many days. */
  payment_retries: boolean
  payment_retry_window_days: number
  /** A declined renewal leaves access for so many days, and what comes then. */
  grace_period: boolean
  grace_period_days: number
  grace_period_action: GracePeriodAction
  /** What customers are reminded of. */
  dunning_on_hold: boolean
  dunning_past_due: boolean
  dunning_cancelled: boolean
  /** Days after the beginning; null leaves the step out. */
  dunning_step_1_days: number | null
  dunning_step_2_days: number | null
  dunning_step_3_days: number | null
  dunning_step_4_days: number | null
  /** How long invoices of an erased customer say whose they were. */
  invoice_retention_years: number
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
  collect_plan_change_payments_by_payment_link: false,
  payment_retries: false,
  payment_retry_window_days: 13,
  grace_period: false,
  grace_period_days: 3,
  grace_period_action: 'on_hold',
  dunning_on_hold: false,
  dunning_past_due: false,
  dunning_cancelled: false,
  dunning_step_1_days: 1,
  dunning_step_2_days: 3,
  dunning_step_3_days: 5,
  dunning_step_4_days: 7,
  invoice_retention_years: 10,
}

const settingNames = Object.keys(defaults) as (keyof BusinessSettings)[]

export async function getSettings(ctx: BusinessCtx): Promise<BusinessSettings> {
  const row = await ctx.db
    .selectFrom('business_settings')
    .select(settingNames)
    .where('business_id', '=', ctx.business.business_id)
    .executeTakeFirst()
  return row ?? defaults
}
