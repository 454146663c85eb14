// Generated from the migrations by scripts/generate-schema.ts; do not edit.
import type {
  BillingAddress,
  CartItem,
  CreditTerms,
  Facts,
  IntegrationConfig,
  Metadata,
  MeterFilter,
  OnDemandTerms,
  PlanDiscount,
  PlanItem,
  PlanMeter,
  PreviousPlan,
  QuotedDiscount,
  QuotedLine,
  QuotedRequest,
  RedeemedTerms,
  StaticParams,
  StoredColors,
  StoredLook,
  TaxedValue,
} from './json-types.ts'
import type { CustomFieldResponse, PageRules } from './checkout-json.ts'
import type { Generated, GeneratedAlways } from 'kysely'

export type AggregationType = 'count' | 'last' | 'max' | 'sum'

export type CancellationFeedback =
  | 'customer_service'
  | 'low_quality'
  | 'missing_features'
  | 'other'
  | 'switched_service'
  | 'too_complex'
  | 'too_expensive'
  | 'unused'

export type CancellationOfferAnswer = 'accepted' | 'declined'

export type CancellationOfferType = 'discount' | 'downgrade' | 'pause'

export type CancelReason =
  | 'cancelled_by_customer'
  | 'cancelled_by_merchant'
  | 'cancelled_by_merchant_grace_period_expired'
  | 'cancelled_by_merchant_send_dunning'
  | 'dodo_team'

export type CreditSource = 'addon' | 'api' | 'one_time' | 'rollover' | 'subscription'

export type CreditTransactionType =
  | 'auto_top_up'
  | 'credit_added'
  | 'credit_deducted'
  | 'credit_expired'
  | 'credit_rolled_over'
  | 'manual_adjustment'
  | 'overage_charged'
  | 'overage_reset'
  | 'refund'
  | 'rollover_forfeited'

export type CustomerEligibility = 'any' | 'existing' | 'first_time' | 'specific'

export type DiscountType = 'flat' | 'percentage'

export type DisputeStage = 'dispute' | 'pre_arbitration' | 'pre_dispute'

export type DisputeStatus =
  | 'dispute_accepted'
  | 'dispute_cancelled'
  | 'dispute_challenged'
  | 'dispute_expired'
  | 'dispute_lost'
  | 'dispute_opened'
  | 'dispute_won'

export type DuesKind = 'checkout' | 'on_demand' | 'plan_change' | 'renewal' | 'usage'

export type DuesStatus = 'open' | 'paid' | 'void'

export type DunningStatus = 'exhausted' | 'recovered' | 'recovering'

export type DunningTrigger = 'cancelled' | 'on_hold' | 'past_due'

export type EffectiveAt = 'immediately' | 'next_billing_date'

export type EmailStatus = 'failed' | 'queued' | 'sent'

export type EventAudience = 'internal' | 'merchant'

export type FileState = 'awaited' | 'removed' | 'stored' | 'uploading'

export type GracePeriodAction = 'cancel_subscription' | 'on_hold'

export type GrantStatus = 'Delivered' | 'Failed' | 'Pending' | 'Revoked'

export type IntegrationType = 'digital_files' | 'feature_flag' | 'license_key'

export type KeyMode = 'live' | 'test'

export type LicenseKeySource = 'auto' | 'import' | 'manual'

export type LicenseKeyStatus = 'active' | 'disabled' | 'expired'

export type LineKind = 'addon' | 'carried' | 'meter' | 'overage' | 'product'

export type LinkPurpose = 'invite' | 'sign_in'

export type OnPaymentFailure = 'apply_change' | 'prevent_change'

export type OverageBehavior = 'carry_deficit' | 'carry_deficit_auto_repay' | 'forgive_at_reset' | 'invoice_at_billing'

export type PayLinkPurpose = 'dues' | 'method' | 'plan_change'

export type PaymentMethodType = 'card' | 'upi'

export type PaymentOrigin = 'automatic_retry' | 'first' | 'manual_retry' | 'method_update' | 'pay_page'

export type PaymentStatus = 'cancelled' | 'failed' | 'processing' | 'requires_customer_action' | 'succeeded'

export type PeriodKind = 'held' | 'paid' | 'paused' | 'trial'

export type PlanChangeStatus = 'applied' | 'cancelled' | 'failed' | 'pending' | 'scheduled' | 'undone'

export type PriceType = 'one_time_price' | 'recurring_price' | 'usage_based_price'

export type PricingMode = 'by_country' | 'by_currency'

export type ProrationBillingMode =
  | 'difference_immediately'
  | 'do_not_bill'
  | 'full_immediately'
  | 'prorated_immediately'

export type RedemptionStatus = 'released' | 'reserved' | 'used'

export type RefundStatus = 'failed' | 'pending' | 'succeeded'

export type ReminderKind = 'card_expiring' | 'pause_ending' | 'trial_ending' | 'upcoming_renewal'

export type SetupStatus = 'cancelled' | 'failed' | 'processing' | 'requires_customer_action' | 'succeeded'

export type SubscriptionStatus =
  | 'active'
  | 'cancelled'
  | 'expired'
  | 'failed'
  | 'on_hold'
  | 'past_due'
  | 'paused'
  | 'pending'

export type TaxCategory = 'digital_products' | 'e_book' | 'edtech' | 'live_tutoring' | 'saas'

export type ThemeMode = 'dark' | 'light' | 'system'

export type TimeInterval = 'Day' | 'Month' | 'Week' | 'Year'

export type WalletEventType =
  | 'dispute'
  | 'dispute_reversal'
  | 'merchant_adjustment'
  | 'payment'
  | 'payment_reversal'
  | 'refund'
  | 'refund_reversal'

export type WebhookDeliveryStatus = 'failed' | 'pending' | 'succeeded'

export interface AccessLinks {
  business_id: string
  created_at: Temporal.Instant
  customer_id: string
  expires_at: Temporal.Instant
  link_id: string
  nonce: string
  purpose: LinkPurpose
  request_id: string | null
  return_path: string | null
  return_url: string | null
  token_hash: Buffer
  used_at: Temporal.Instant | null
  used_by_session: string | null
}

export interface Addons {
  addon_id: string
  business_id: string
  created_at: Temporal.Instant
  currency: string
  description: string | null
  image: string | null
  name: string
  price: number
  tax_category: TaxCategory
  updated_at: Temporal.Instant
}

export interface AddressSignIns {
  answered_at: Temporal.Instant | null
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  code_tries: Generated<number>
  created_at: Temporal.Instant
  email: string
  email_key: GeneratedAlways<string>
  expires_at: Temporal.Instant | null
  flow_hash: Buffer
  locale: string
  nonce: string | null
  sign_in_id: string
  token_hash: Buffer | null
  used_at: Temporal.Instant | null
  used_by_session: string | null
}

export interface ApiKeys {
  api_key_id: string
  business_id: string
  created_at: Temporal.Instant
  key_hash: Buffer
  last_four: string
  mode: KeyMode
  name: string
  read_only: Generated<boolean>
  revoked_at: Temporal.Instant | null
}

export interface ApiRequests {
  answer: string | null
  business_id: string
  caller_id: string
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  created_at: Temporal.Instant
  customer_ids: Generated<string[]>
  ended_at: Temporal.Instant | null
  has_effect: Generated<boolean>
  key_hash: string | null
  operation: string
  path: string
  request_hash: string | null
  request_id: string
  retry_count: Generated<number>
  status: number | null
  unanswered_at: Temporal.Instant | null
}

export interface AuditEntries {
  action: string
  actor_id: string
  actor_type: string
  audit_id: string
  business_id: string
  customer_id: string | null
  details: Generated<Facts>
  occurred_at: Temporal.Instant
  recorded_at: Temporal.Instant
  resource_id: string
}

export interface Brands {
  archived_at: Temporal.Instant | null
  brand_id: string
  business_id: string
  created_at: Temporal.Instant
  description: string | null
  image: string | null
  name: string | null
  statement_descriptor: string | null
  support_email: string | null
  url: string | null
}

export interface Businesses {
  address: string | null
  archived_at: Temporal.Instant | null
  business_id: string
  country: string | null
  created_at: Temporal.Instant
  currency: Generated<string>
  email: string
  invoice_prefix: string
  legal_name: string | null
  name: string
  rate_limit_tier: Generated<string>
  support_email: string | null
  tax_id: string | null
  timezone: Generated<string>
}

export interface BusinessImages {
  business_id: string
  content: Buffer
  created_at: Temporal.Instant
  file: string
  thumbnail: Buffer | null
}

export interface BusinessSettings {
  allow_cancellation_at_next_billing_date: Generated<boolean>
  allow_multiple_subscriptions: Generated<boolean>
  allow_subscription_cancellation: Generated<boolean>
  allow_subscription_pause: Generated<boolean>
  allow_subscription_updates: Generated<boolean>
  bill_usage_at_pause: Generated<boolean>
  business_id: string
  collect_plan_change_payments_by_payment_link: Generated<boolean>
  dunning_cancelled: Generated<boolean>
  dunning_on_hold: Generated<boolean>
  dunning_past_due: Generated<boolean>
  dunning_step_1_days: Generated<number | null>
  dunning_step_2_days: Generated<number | null>
  dunning_step_3_days: Generated<number | null>
  dunning_step_4_days: Generated<number | null>
  effective_at_on_downgrade: EffectiveAt | null
  effective_at_on_upgrade: EffectiveAt | null
  grace_period: Generated<boolean>
  grace_period_action: Generated<GracePeriodAction>
  grace_period_days: Generated<number>
  invoice_retention_years: Generated<number>
  on_payment_failure: Generated<OnPaymentFailure | null>
  payment_retries: Generated<boolean>
  payment_retry_window_days: Generated<number>
  proration_billing_mode_on_downgrade: ProrationBillingMode | null
  proration_billing_mode_on_upgrade: Generated<ProrationBillingMode | null>
  refund_unused_time: Generated<boolean>
  return_url: string | null
}

export interface BusinessThemes {
  business_id: string
  dark: Generated<StoredColors>
  font_primary: string | null
  font_secondary: string | null
  font_size: string | null
  font_weight: string | null
  light: Generated<StoredColors>
  logo: string | null
  logo_dark: string | null
  mode: ThemeMode | null
  preset: string
  radius: string | null
  updated_at: Temporal.Instant
}

export interface CancellationOffers {
  business_id: string
  discount_id: string | null
  pause_months: number | null
  position: number
  reasons: string[] | null
  type: CancellationOfferType
}

export interface CancellationOffersMade {
  answer: CancellationOfferAnswer | null
  answered_at: Temporal.Instant | null
  business_id: string
  cancellation_comment: string | null
  cancellation_feedback: CancellationFeedback
  customer_id: string
  discount_id: string | null
  effective_at: EffectiveAt
  offer_id: string
  offered_at: Temporal.Instant
  pause_months: number | null
  subscription_id: string
  type: CancellationOfferType
}

export interface CarriedAmounts {
  amount: number
  business_id: string
  created_at: Temporal.Instant
  dues_id: string
  into_dues_id: string | null
  position: number
  subscription_id: string
  tax: number
  tax_inclusive: boolean
  tax_rate: string | null
  waived_at: Temporal.Instant | null
}

export interface CheckoutSessions {
  allow_discount_code: Generated<boolean>
  allowed_payment_method_types: string[] | null
  billing: BillingAddress | null | null
  billing_currency: string | null
  business_id: string
  cancel_url: string | null
  checkout_id: string
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  consumed_at: Temporal.Instant | null
  created_at: Temporal.Instant
  currency: string
  custom_field_responses: CustomFieldResponse[] | null | null
  customer_business_name: string | null
  customer_email: string | null
  customer_id: string | null
  customer_name: string | null
  customer_phone_number: string | null
  discount_codes: Generated<string[]>
  expires_at: Temporal.Instant
  fails_at: Temporal.Instant | null
  force_3ds: Generated<boolean>
  force_language: string | null
  look: StoredLook | null | null
  metadata: Generated<Metadata>
  on_demand: OnDemandTerms | null | null
  page_rules: PageRules | null | null
  product_cart: CartItem[]
  product_collection_id: string | null
  return_url: string | null
  subscription_id: string | null
  tax_id: string | null
  trial_period_days: number | null
}

export interface Chores {
  chore: string
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  due_at: Temporal.Instant
}

export interface CreditBalances {
  balance: string
  balance_id: string
  business_id: string
  created_at: Temporal.Instant
  credit_entitlement_id: string
  customer_id: string
  last_transaction_at: Temporal.Instant | null
  overage: string
  updated_at: Temporal.Instant
}

export interface CreditEntitlements {
  business_id: string
  created_at: Temporal.Instant
  credit_entitlement_id: string
  currency: string | null
  deleted_at: Temporal.Instant | null
  description: string | null
  expires_after_days: number | null
  max_rollover_count: number | null
  name: string
  overage_behavior: OverageBehavior
  overage_enabled: boolean
  overage_limit: number | null
  precision: number
  price_per_unit: string | null
  rollover_enabled: boolean
  rollover_percentage: number | null
  rollover_timeframe_count: number | null
  rollover_timeframe_interval: TimeInterval | null
  unit: string
  updated_at: Temporal.Instant
}

export interface CreditEntries {
  amount: number
  business_id: string
  created_at: Temporal.Instant
  dues_id: string | null
  entry_id: string
  gift: boolean
  reason_key: string
  subscription_id: string
}

export interface CreditGrants {
  business_id: string
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  created_at: Temporal.Instant
  credit_entitlement_id: string
  customer_id: string
  due_at: Temporal.Instant | null
  ends_with_cycle: boolean
  expires_at: Temporal.Instant | null
  grant_id: string
  initial_amount: string
  metadata: Generated<Metadata>
  parent_grant_id: string | null
  reason_key: string
  remaining_amount: string
  rollover_count: Generated<number>
  source_id: string | null
  source_type: CreditSource
  subscription_id: string | null
  updated_at: Temporal.Instant
}

export interface CreditLedgerEntries {
  amount: string
  balance_after: string
  balance_before: string
  business_id: string
  created_at: Temporal.Instant
  credit_entitlement_id: string
  customer_id: string
  description: string | null
  entry_id: string
  grant_id: string | null
  is_credit: boolean
  metadata: Generated<Metadata>
  overage_after: string
  overage_before: string
  reason_key: string | null
  reference_id: string | null
  reference_type: string | null
  transaction_type: CreditTransactionType
}

export interface CreditNotes {
  business_id: string
  change_id: string | null
  credit_note_id: string
  customer_id: string
  document: unknown
  invoice_id: string
  issued_at: Temporal.Instant
  number: string
  reason_key: string
  refund_id: string | null
  total: number
}

export interface CustomerBilling {
  billing: BillingAddress
  business_id: string
  customer_business_name: string | null
  customer_id: string
  tax_id: string | null
  updated_at: Temporal.Instant
}

export interface Customers {
  business_id: string
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  created_at: Temporal.Instant
  customer_id: string
  email: string
  email_key: GeneratedAlways<string>
  erased_at: Temporal.Instant | null
  forget_at_processors_at: Temporal.Instant | null
  locale: string | null
  metadata: Generated<Metadata>
  name: string
  phone_number: string | null
  purge_invoices_at: Temporal.Instant | null
  updated_at: Temporal.Instant
}

export interface DiscountCurrencyOptions {
  business_id: string
  currency: string
  discount_id: string
  is_default: Generated<boolean>
  max_amount_possible: number | null
  minimum_subtotal: Generated<number>
}

export interface DiscountCustomers {
  business_id: string
  created_at: Temporal.Instant
  customer_id: string
  discount_id: string
}

export interface DiscountProducts {
  business_id: string
  discount_id: string
  product_id: string
}

export interface DiscountRedemptions {
  business_id: string
  created_at: Temporal.Instant
  customer_id: string
  discount_id: string
  reason_key: string
  status: RedemptionStatus
  subscription_id: string | null
  updated_at: Temporal.Instant
}

export interface Discounts {
  amount: number
  business_id: string
  code: string
  created_at: Temporal.Instant
  customer_eligibility: Generated<CustomerEligibility>
  deleted_at: Temporal.Instant | null
  discount_id: string
  expires_at: Temporal.Instant | null
  metadata: Generated<Metadata>
  name: string | null
  per_customer_usage_limit: number | null
  preserve_on_plan_change: Generated<boolean>
  starts_at: Temporal.Instant | null
  subscription_cycles: number | null
  times_used: Generated<number>
  type: DiscountType
  updated_at: Temporal.Instant
  usage_limit: number | null
}

export interface Disputes {
  amount: number
  business_id: string
  created_at: Temporal.Instant
  currency: string
  dispute_id: string
  is_resolved_by_rdr: boolean | null
  payment_id: string
  processor: string
  processor_reference: string
  reason: string | null
  remarks: string | null
  stage: DisputeStage
  status: DisputeStatus
  updated_at: Temporal.Instant
}

export interface Dues {
  business_id: string
  checkout_id: string | null
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  closed_at: Temporal.Instant | null
  created_at: Temporal.Instant
  credit_applied: Generated<number>
  currency: string
  customer_id: string
  declined_at: Temporal.Instant | null
  dues_id: string
  kind: DuesKind
  next_retry_at: Temporal.Instant | null
  period_end: Temporal.Instant | null
  period_start: Temporal.Instant | null
  reason_key: string
  reverse_charge: Generated<boolean>
  status: DuesStatus
  subscription_id: string | null
  subtotal: number
  tax: number
  tax_added: Generated<number>
  tax_inclusive: boolean
  total: number
  wallet_applied: Generated<number>
}

export interface DuesDiscounts {
  amount: number
  business_id: string
  code: string
  discount_id: string
  dues_id: string
  position: number
  uses_cycle: Generated<boolean>
}

export interface DuesLines {
  addon_id: string | null
  amount: number
  business_id: string
  charge_id: string | null
  credited: Generated<number>
  customer_id: string
  description: string
  discount: Generated<number>
  dues_id: string
  kind: LineKind
  meter_id: string | null
  period_end: Temporal.Instant | null
  period_start: Temporal.Instant | null
  position: number
  price_per_unit: string | null
  product_id: string | null
  prorated: Generated<boolean>
  quantity: number
  tax: number
  tax_inclusive: Generated<boolean>
  tax_name: string | null
  tax_rate: string | null
  unit_price: number
  units: string | null
}

export interface DunningAttempts {
  business_id: string
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  closed_at: Temporal.Instant | null
  created_at: Temporal.Instant
  customer_id: string
  dunning_attempt_id: string
  next_step_at: Temporal.Instant | null
  payment_id: string | null
  status: DunningStatus
  steps_taken: Generated<number>
  subscription_id: string
  trigger_state: DunningTrigger
}

export interface EmailChanges {
  business_id: string
  change_id: string
  created_at: Temporal.Instant
  customer_id: string
  expires_at: Temporal.Instant
  new_email: string
  nonce: string
  token_hash: Buffer
  used_at: Temporal.Instant | null
}

export interface Emails {
  attempts: Generated<number>
  business_id: string
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  created_at: Temporal.Instant
  customer_id: string | null
  data: Generated<Facts>
  email_id: string
  event_id: string
  last_error: string | null
  locale: string
  next_attempt_at: Temporal.Instant | null
  recipient: string
  sent_at: Temporal.Instant | null
  status: EmailStatus
  template: string
}

export interface EmailSwitches {
  business_id: string
  enabled: boolean
  kind: string
}

export interface EntitlementFiles {
  business_id: string
  entitlement_id: string
  file_id: string
  is_legacy: boolean
  place: number
}

export interface EntitlementGrants {
  business_id: string
  created_at: Temporal.Instant
  customer_id: string
  delivered_at: Temporal.Instant | null
  entitlement_id: string
  error_code: string | null
  error_message: string | null
  grant_id: string
  license_key_id: string | null
  metadata: Generated<Metadata>
  payment_id: string | null
  product_id: string
  revocation_reason: string | null
  revoked_at: Temporal.Instant | null
  status: GrantStatus
  subscription_id: string | null
  updated_at: Temporal.Instant
}

export interface Entitlements {
  business_id: string
  created_at: Temporal.Instant
  deleted_at: Temporal.Instant | null
  description: string | null
  entitlement_id: string
  integration_config: IntegrationConfig
  integration_type: IntegrationType
  metadata: Generated<Metadata>
  name: string
  product_id: string | null
  updated_at: Temporal.Instant
}

export interface Events {
  audience: EventAudience
  business_id: string
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  customer_id: string | null
  data: Generated<Facts>
  dispatched_at: Temporal.Instant | null
  event_id: string
  occurred_at: Temporal.Instant
  recorded_at: Temporal.Instant
  resource_id: string
  type: string
}

export interface Files {
  business_id: string
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  content_type: string | null
  created_at: Temporal.Instant
  file_id: string
  filename: string
  product_id: string | null
  remove_at: Temporal.Instant | null
  sha256: string | null
  size: number | null
  state: FileState
}

export interface ImageUploads {
  business_id: string
  file: string
  image_id: string
  place: string
  uploaded_at: Temporal.Instant
}

export interface InvoiceCorrections {
  business_id: string
  correction_id: string
  customer_id: string
  document: unknown
  invoice_id: string
  issued_at: Temporal.Instant
  number: string
}

export interface InvoiceCounters {
  business_id: string
  last_number: number
  series: string
}

export interface Invoices {
  business_id: string
  customer_id: string
  document: unknown
  invoice_id: string
  issued_at: Temporal.Instant
  number: string
  payment_id: string
  series: string
}

export interface LicenseKeyInstances {
  business_id: string
  created_at: Temporal.Instant
  license_key_id: string
  license_key_instance_id: string
  name: string
}

export interface LicenseKeys {
  activations_limit: number | null
  business_id: string
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  created_at: Temporal.Instant
  customer_id: string
  expires_at: Temporal.Instant | null
  expiry_due_at: GeneratedAlways<Temporal.Instant> | null
  instances_count: Generated<number>
  key: string
  license_key_id: string
  payment_id: string | null
  product_id: string
  source: Generated<LicenseKeySource>
  status: LicenseKeyStatus
  subscription_id: string | null
}

export interface LocalizedPrices {
  amount: number
  archived_at: Temporal.Instant | null
  business_id: string
  country_code: string | null
  created_at: Temporal.Instant
  currency: string
  localized_price_id: string
  mode: PricingMode
  product_id: string
  updated_at: Temporal.Instant
}

export interface Meters {
  aggregation_key: string | null
  aggregation_type: AggregationType
  archived_at: Temporal.Instant | null
  business_id: string
  created_at: Temporal.Instant
  description: string | null
  event_name: string
  filter: MeterFilter | null | null
  measurement_unit: string
  meter_id: string
  name: string
  updated_at: Temporal.Instant
}

export interface MethodRemovals {
  business_id: string
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  created_at: Temporal.Instant
  next_attempt_at: Temporal.Instant | null
  processor: string
  processor_reference: string
}

export interface MethodSetups {
  action_url: string | null
  business_id: string
  checkout_id: string | null
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  created_at: Temporal.Instant
  customer_id: string
  error_code: string | null
  for_all: Generated<boolean>
  next_check_at: Temporal.Instant | null
  page_expires_at: Temporal.Instant | null
  pay_link_id: string | null
  payment_method_id: string | null
  processor: string
  processor_key: string
  processor_reference: string | null
  settled_at: Temporal.Instant | null
  setup_id: string
  status: SetupStatus
  subscription_id: string | null
  unknown_since: Temporal.Instant | null
}

export interface OverageCharges {
  amount: number
  business_id: string
  credit_entitlement_id: string
  customer_id: string
  dues_id: string
  units: string
}

export interface PayLinks {
  allowed_payment_method_types: string[] | null
  business_id: string
  change_id: string | null
  created_at: Temporal.Instant
  customer_id: string
  expires_at: Temporal.Instant
  pay_link_id: string
  purpose: PayLinkPurpose
  return_url: string | null
  subscription_id: string
}

export interface PaymentMethods {
  business_id: string
  card_holder_name: string | null
  card_issuing_country: string | null
  card_last_four: string | null
  card_network: string | null
  card_type: string | null
  created_at: Temporal.Instant
  customer_id: string
  display: string | null
  expiry_month: number | null
  expiry_year: number | null
  fingerprint: string | null
  is_default: Generated<boolean>
  payment_method_id: string
  processor: string
  processor_reference: string
  removed_at: Temporal.Instant | null
  type: PaymentMethodType
}

export interface Payments {
  action_url: string | null
  applied: Generated<boolean>
  attempt: number
  billing: BillingAddress
  business_id: string
  card_holder_name: string | null
  card_issuing_country: string | null
  card_last_four: string | null
  card_network: string | null
  card_type: string | null
  checkout_id: string | null
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  created_at: Temporal.Instant
  currency: string
  custom_field_responses: CustomFieldResponse[] | null | null
  customer_id: string
  dues_id: string
  error_code: string | null
  error_message: string | null
  metadata: Generated<Metadata>
  needs_attention: Generated<boolean>
  next_check_at: Temporal.Instant | null
  off_session: boolean
  origin: Generated<PaymentOrigin>
  page_expires_at: Temporal.Instant | null
  pay_link_id: string | null
  payment_id: string
  payment_method: PaymentMethodType | null
  payment_method_id: string | null
  processor: string | null
  processor_key: string
  processor_reference: string | null
  retry_attempt: Generated<number>
  settled_at: Temporal.Instant | null
  status: PaymentStatus
  subscription_id: string | null
  tax: number
  total_amount: number
  unknown_since: Temporal.Instant | null
  updated_at: Temporal.Instant
}

export interface PeriodValues {
  addon_id: string | null
  amount: number
  business_id: string
  description: string
  dues_id: string | null
  dues_position: number | null
  kind: LineKind
  position: number
  product_id: string | null
  quantity: number
  subscription_id: string
  tax: Generated<number>
  tax_inclusive: Generated<boolean>
  tax_name: string | null
  tax_rate: string | null
}

export interface PlanChangeQuotes {
  business_id: string
  carried: boolean
  change_id: string | null
  charge: number
  confirmed_at: Temporal.Instant | null
  created_at: Temporal.Instant
  credit_applied: number
  credit_granted: number
  currency: string
  decided_at: Temporal.Instant
  discounts: QuotedDiscount[]
  effective_at: Temporal.Instant
  expires_at: Temporal.Instant
  fingerprint: string
  lines: QuotedLine[]
  next_amount: number | null
  next_billing_date: Temporal.Instant
  next_plus_usage: boolean
  next_total: number | null
  quote_id: string
  recurring_pre_tax_amount: number
  request: QuotedRequest
  subscription_id: string
  total: number
  wallet_applied: number
}

export interface PlanChanges {
  actor_id: string
  actor_type: string
  business_id: string
  change_id: string
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  closed_at: Temporal.Instant | null
  created_at: Temporal.Instant
  discounts: Generated<PlanDiscount[]>
  dues_id: string | null
  effective_at: Temporal.Instant
  expires_at: Temporal.Instant | null
  items: PlanItem[]
  meters: Generated<PlanMeter[]>
  on_payment_failure: OnPaymentFailure
  payment_frequency_count: number
  payment_frequency_interval: TimeInterval
  period_end: Temporal.Instant
  period_start: Temporal.Instant
  period_values: TaxedValue[] | null
  previous: PreviousPlan | null | null
  product_id: string
  proration_billing_mode: ProrationBillingMode
  quantity: number
  restarts: boolean
  status: PlanChangeStatus
  subscription_id: string
  tax_inclusive: boolean
}

export interface PortalSessions {
  created_at: Temporal.Instant
  ended_at: Temporal.Instant | null
  expires_at: Temporal.Instant
  last_seen_at: Temporal.Instant
  proven_at: Temporal.Instant | null
  proven_email_key: string | null
  session_id: string
  token_hash: Buffer
  user_agent: string | null
}

export interface ProcessorEvents {
  business_id: string
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  kind: string
  next_attempt_at: Temporal.Instant | null
  processor: string
  processor_event_id: string
  processor_key: string
  read_at: Temporal.Instant | null
  received_at: Temporal.Instant
}

export interface ProductAddons {
  addon_id: string
  business_id: string
  product_id: string
}

export interface ProductCollectionGroups {
  business_id: string
  enabled: Generated<boolean>
  group_id: string
  group_name: string | null
  position: number
  product_collection_id: string
}

export interface ProductCollectionItems {
  business_id: string
  enabled: Generated<boolean>
  group_id: string
  item_id: string
  position: number
  product_id: string
  released_at: Temporal.Instant | null
}

export interface ProductCollections {
  archived_at: Temporal.Instant | null
  brand_id: string | null
  business_id: string
  created_at: Temporal.Instant
  description: string | null
  effective_at_on_downgrade: EffectiveAt | null
  effective_at_on_upgrade: EffectiveAt | null
  image: string | null
  name: string
  on_payment_failure: OnPaymentFailure | null
  product_collection_id: string
  proration_billing_mode_on_downgrade: ProrationBillingMode | null
  proration_billing_mode_on_upgrade: ProrationBillingMode | null
  updated_at: Temporal.Instant
}

export interface ProductCredits {
  business_id: string
  credit_entitlement_id: string
  mapping_id: string
  position: number
  product_id: string
  terms: CreditTerms
}

export interface ProductEntitlements {
  business_id: string
  entitlement_id: string
  product_id: string
}

export interface ProductMeters {
  business_id: string
  credit_entitlement_id: string | null
  free_threshold: number
  meter_id: string
  meter_units_per_credit: string | null
  position: number
  price_per_unit: string | null
  product_id: string
}

export interface Products {
  archived_at: Temporal.Instant | null
  brand_id: string | null
  business_id: string
  created_at: Temporal.Instant
  currency: string
  description: string | null
  discount_bps: Generated<number>
  image: string | null
  license_key_activation_message: string | null
  license_key_activations_limit: number | null
  license_key_duration_count: number | null
  license_key_duration_interval: TimeInterval | null
  license_key_enabled: Generated<boolean>
  metadata: Generated<Metadata>
  name: string
  pay_what_you_want: Generated<boolean>
  payment_frequency_count: number | null
  payment_frequency_interval: TimeInterval | null
  price: number
  price_type: PriceType
  pricing_mode: PricingMode | null
  product_id: string
  subscription_period_count: number | null
  subscription_period_interval: TimeInterval | null
  suggested_price: number | null
  tax_category: TaxCategory
  tax_inclusive: Generated<boolean>
  trial_amount: number | null
  trial_apply_discounts: Generated<boolean>
  trial_payment_method_optional: Generated<boolean>
  trial_period_days: Generated<number>
  updated_at: Temporal.Instant
  zero_amount_payment_method_optional: Generated<boolean>
}

export interface RefundLines {
  amount: number
  business_id: string
  dues_id: string
  position: number
  refund_id: string
  tax: number
  wallet_amount: Generated<number>
}

export interface Refunds {
  amount: number
  business_id: string
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  created_at: Temporal.Instant
  currency: string
  customer_id: string
  error_message: string | null
  metadata: Generated<Metadata>
  next_check_at: Temporal.Instant | null
  payment_id: string
  processor: string | null
  processor_key: string
  processor_reference: string | null
  reason: string | null
  reason_key: string
  refund_id: string
  settled_at: Temporal.Instant | null
  status: RefundStatus
  unknown_since: Temporal.Instant | null
  wallet_amount: Generated<number>
}

export interface Reminders {
  business_id: string
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  due_at: Temporal.Instant | null
  kind: ReminderKind
  payment_method_id: string | null
  reminded_of: string | null
  subject_id: GeneratedAlways<string>
  subscription_id: string | null
}

export interface SessionGrants {
  business_id: string
  customer_id: string
  granted_at: Temporal.Instant
  proven_email_key: string | null
  return_url: string | null
  session_id: string
}

export interface ShortLinks {
  business_id: string
  created_at: Temporal.Instant
  product_id: string
  slug: string
  static_checkout_params: Generated<StaticParams>
}

export interface SignInRequests {
  answered_at: Temporal.Instant | null
  business_id: string
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  code_tries: Generated<number>
  created_at: Temporal.Instant
  email: string
  email_key: GeneratedAlways<string>
  flow_hash: Buffer
  locale: string
  request_id: string
  return_path: string | null
}

export interface SubscriptionAddons {
  addon_id: string
  business_id: string
  quantity: number
  subscription_id: string
  unit_price: number
}

export interface SubscriptionCredits {
  business_id: string
  credit_entitlement_id: string
  given: Generated<string>
  product_id: string
  removed_at: Temporal.Instant | null
  subscription_id: string
  terms: CreditTerms
}

export interface SubscriptionDiscounts {
  business_id: string
  cycles_remaining: number | null
  discount_id: string
  position: number
  subscription_id: string
  terms: RedeemedTerms
}

export interface SubscriptionMeters {
  billed_until: Temporal.Instant | null
  business_id: string
  counted_units: Generated<string>
  credit_entitlement_id: string | null
  deducted_credits: Generated<string>
  free_threshold: number
  meter_id: string
  meter_units_per_credit: string | null
  position: number
  price_per_unit: string | null
  removed_at: Temporal.Instant | null
  subscription_id: string
}

export interface SubscriptionPeriods {
  business_id: string
  dues_id: string | null
  kind: PeriodKind
  period_end: Temporal.Instant
  period_start: Temporal.Instant
  subscription_id: string
  whole_until: Temporal.Instant | null
}

export interface Subscriptions {
  anchor: Temporal.Instant | null
  billing: BillingAddress
  business_id: string
  cancel_at_next_billing_date: Generated<boolean>
  cancel_reason: CancelReason | null
  cancellation_comment: string | null
  cancellation_feedback: CancellationFeedback | null
  cancelled_at: Temporal.Instant | null
  checkout_id: string | null
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  created_at: Temporal.Instant
  credit_balance: Generated<number>
  currency: string
  custom_field_responses: CustomFieldResponse[] | null | null
  customer_business_name: string | null
  customer_id: string
  expires_at: Temporal.Instant | null
  metadata: Generated<Metadata>
  next_attempt_at: Temporal.Instant | null
  next_billing_date: Temporal.Instant | null
  on_demand: Generated<boolean>
  on_hold_at: Temporal.Instant | null
  past_due_action: GracePeriodAction | null
  past_due_ends_at: Temporal.Instant | null
  paused_at: Temporal.Instant | null
  paused_by: string | null
  payment_frequency_count: number
  payment_frequency_interval: TimeInterval
  payment_method_id: string | null
  period_number: Generated<number>
  previous_billing_date: Temporal.Instant | null
  product_id: string
  quantity: number
  recurring_pre_tax_amount: number
  resumes_at: Temporal.Instant | null
  status: SubscriptionStatus
  subscription_id: string
  subscription_period_count: number
  subscription_period_interval: TimeInterval
  tax_id: string | null
  tax_inclusive: boolean
  trial_amount: number | null
  trial_period_days: Generated<number>
  unit_price: number
  unpaid_until: GeneratedAlways<Temporal.Instant> | null
  updated_at: Temporal.Instant
  version: Generated<number>
}

export interface TaxRates {
  business_id: string
  country: string
  created_at: Temporal.Instant
  effective_from: Temporal.PlainDate
  name: string
  rate: string
  region: string | null
  tax_category: TaxCategory | null
  tax_rate_id: string
}

export interface TestClocks {
  business_id: string
  offset_ms: number
}

export interface UsageCharges {
  amount: number
  business_id: string
  charge_id: string
  chargeable_units: string
  created_at: Temporal.Instant
  credit_entitlement_id: string | null
  credits: string | null
  free_units: string
  meter_id: string
  period_end: Temporal.Instant
  period_start: Temporal.Instant
  price_per_unit: string
  subscription_id: string
  units: string
  waived_at: Temporal.Instant | null
}

export interface UsageDeductions {
  business_id: string
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  due_at: Temporal.Instant | null
  meter_id: string
  subscription_id: string
}

export interface UsageEvents {
  business_id: string
  customer_id: string
  event_id: string
  event_name: string
  ingested_at: Temporal.Instant
  metadata: Metadata | null | null
  meter_ids: string[]
  occurred_at: Temporal.Instant
}

export interface UsageRollups {
  bucket_start: Temporal.Instant
  business_id: string
  events: number
  highest: string
  last_at: Temporal.Instant
  last_event_id: string
  last_value: string
  meter_id: string
  subscription_id: string
  total: string
}

export interface WalletEntries {
  after_balance: number
  amount: number
  before_balance: number
  business_id: string
  created_at: Temporal.Instant
  currency: string
  customer_id: string
  dues_id: string | null
  entry_id: string
  event_type: WalletEventType
  reason: string | null
  reason_key: string
  reference_object_id: string | null
}

export interface Wallets {
  balance: number
  business_id: string
  created_at: Temporal.Instant
  currency: string
  customer_id: string
  updated_at: Temporal.Instant
}

export interface WebhookDeliveries {
  attempts: Generated<number>
  business_id: string
  created_at: Temporal.Instant
  delivery_id: string
  event_id: string
  first_attempt_at: Temporal.Instant | null
  last_attempt_at: Temporal.Instant | null
  last_error: string | null
  next_attempt_at: Temporal.Instant | null
  response: string | null
  status: WebhookDeliveryStatus
  status_code: number | null
  webhook_id: string
}

export interface WebhookEndpoints {
  business_id: string
  claim_token: Generated<number>
  claimed_until: Temporal.Instant | null
  created_at: Temporal.Instant
  description: Generated<string>
  disabled: Generated<boolean>
  failing_since: Temporal.Instant | null
  filter_types: string[] | null
  headers: string | null
  idempotency_key: string | null
  metadata: Generated<Record<string, string>>
  next_attempt_at: Temporal.Instant | null
  paced_until: Temporal.Instant | null
  previous_secret: string | null
  previous_secret_until: Temporal.Instant | null
  rate_limit: number | null
  secret: string
  updated_at: Temporal.Instant
  url: string
  webhook_id: string
}

export interface DB {
  access_links: AccessLinks
  addons: Addons
  address_sign_ins: AddressSignIns
  api_keys: ApiKeys
  api_requests: ApiRequests
  audit_entries: AuditEntries
  brands: Brands
  business_images: BusinessImages
  business_settings: BusinessSettings
  business_themes: BusinessThemes
  businesses: Businesses
  cancellation_offers: CancellationOffers
  cancellation_offers_made: CancellationOffersMade
  carried_amounts: CarriedAmounts
  checkout_sessions: CheckoutSessions
  chores: Chores
  credit_balances: CreditBalances
  credit_entitlements: CreditEntitlements
  credit_entries: CreditEntries
  credit_grants: CreditGrants
  credit_ledger_entries: CreditLedgerEntries
  credit_notes: CreditNotes
  customer_billing: CustomerBilling
  customers: Customers
  discount_currency_options: DiscountCurrencyOptions
  discount_customers: DiscountCustomers
  discount_products: DiscountProducts
  discount_redemptions: DiscountRedemptions
  discounts: Discounts
  disputes: Disputes
  dues: Dues
  dues_discounts: DuesDiscounts
  dues_lines: DuesLines
  dunning_attempts: DunningAttempts
  email_changes: EmailChanges
  email_switches: EmailSwitches
  emails: Emails
  entitlement_files: EntitlementFiles
  entitlement_grants: EntitlementGrants
  entitlements: Entitlements
  events: Events
  files: Files
  image_uploads: ImageUploads
  invoice_corrections: InvoiceCorrections
  invoice_counters: InvoiceCounters
  invoices: Invoices
  license_key_instances: LicenseKeyInstances
  license_keys: LicenseKeys
  localized_prices: LocalizedPrices
  meters: Meters
  method_removals: MethodRemovals
  method_setups: MethodSetups
  overage_charges: OverageCharges
  pay_links: PayLinks
  payment_methods: PaymentMethods
  payments: Payments
  period_values: PeriodValues
  plan_change_quotes: PlanChangeQuotes
  plan_changes: PlanChanges
  portal_sessions: PortalSessions
  processor_events: ProcessorEvents
  product_addons: ProductAddons
  product_collection_groups: ProductCollectionGroups
  product_collection_items: ProductCollectionItems
  product_collections: ProductCollections
  product_credits: ProductCredits
  product_entitlements: ProductEntitlements
  product_meters: ProductMeters
  products: Products
  refund_lines: RefundLines
  refunds: Refunds
  reminders: Reminders
  session_grants: SessionGrants
  short_links: ShortLinks
  sign_in_requests: SignInRequests
  subscription_addons: SubscriptionAddons
  subscription_credits: SubscriptionCredits
  subscription_discounts: SubscriptionDiscounts
  subscription_meters: SubscriptionMeters
  subscription_periods: SubscriptionPeriods
  subscriptions: Subscriptions
  tax_rates: TaxRates
  test_clocks: TestClocks
  usage_charges: UsageCharges
  usage_deductions: UsageDeductions
  usage_events: UsageEvents
  usage_rollups: UsageRollups
  wallet_entries: WalletEntries
  wallets: Wallets
  webhook_deliveries: WebhookDeliveries
  webhook_endpoints: WebhookEndpoints
}

export type { SandboxDB } from './sandbox-schema.ts'
