// What the jsonb columns hold. The generated schema names these types; scripts/generate-schema.ts says which column holds which.

/** The merchant's own notes on an object: at most 50 pairs. */
export type Metadata = Record<string, string | number | boolean>

/** Of a theme: token to colour, "#17493a". What is not named is the preset's. */
export type StoredColors = Record<string, string>

/** Of a static checkout address: text by name. */
export type StaticParams = Record<string, string>

export interface BillingAddress {
  /** ISO 3166-1, two letters. */
  country: string
  state: string | null
  city: string | null
  street: string | null
  zipcode: string | null
}

export interface CartItem {
  product_id: string
  quantity: number
  addons: CartAddon[]
  /** Minor units, where the customer chooses what to pay. */
  amount: number | null
  /** In place of what the product grants of these, for each unit. */
  credit_entitlements?: CartCredit[]
}

export interface CartCredit {
  credit_entitlement_id: string
  /** A decimal above 0. */
  credits_amount: string
}

/** How a subscription begins that is charged on demand. */
export interface OnDemandTerms {
  /** Nothing is charged at first: a payment method is saved. */
  mandate_only: boolean
  /** Of a unit, for the first charge; minor units. Null: the product's. */
  product_price: number | null
  /** The one that price is in; null: the product's. */
  product_currency: string | null
  /** On its invoice; null: the product's name. */
  product_description: string | null
}

/** A theme without its pictures: a preset and what differs from it. */
export interface StoredLook {
  preset: string
  mode: 'light' | 'dark' | 'system' | null
  radius: string | null
  font_primary: string | null
  font_secondary: string | null
  font_size: string | null
  font_weight: string | null
  light: StoredColors
  dark: StoredColors
}

export interface CartAddon {
  addon_id: string
  quantity: number
}

/** A line of a plan for a whole period, at the price shown when the plan was chosen. */
export interface PlanItem {
  kind: 'product' | 'addon'
  product_id: string | null
  addon_id: string | null
  description: string
  quantity: number
  /** Minor units. */
  unit_price: number
}

/** What a subscription was before a change of plan that nobody has paid for yet. Instants are text. */
export interface PreviousPlan {
  product_id: string
  quantity: number
  unit_price: number
  recurring_pre_tax_amount: number
  tax_inclusive: boolean
  payment_frequency_count: number
  payment_frequency_interval: 'Day' | 'Week' | 'Month' | 'Year'
  trial_period_days: number
  anchor: string | null
  period_number: number
  previous_billing_date: string | null
  next_billing_date: string | null
  addons: { addon_id: string; quantity: number; unit_price: number }[]
  discounts: Pick<PlanDiscount, 'discount_id' | 'terms' | 'cycles_remaining'>[]
  meters: PlanMeter[]
}

/** The change a quote is for, as it was asked. */
export interface QuotedRequest {
  product_id: string
  quantity: number
  addons: CartAddon[]
  effective_at?: 'immediately' | 'next_billing_date' | undefined
  proration_billing_mode?:
    | 'prorated_immediately'
    | 'difference_immediately'
    | 'full_immediately'
    | 'do_not_bill'
    | undefined
  on_payment_failure?: 'prevent_change' | 'apply_change' | undefined
  cancel_scheduled_change_plan?: boolean | undefined
  discount_codes?: readonly string[] | null | undefined
  metadata?: Metadata | undefined
}

/** A line of a quote: a plan's, with what it comes to. Minor units; negative where something is given back. */
export interface QuotedLine extends PlanItem {
  amount: number
  /** What discounts took of it. */
  discount: number
  tax: number
  /** Per cent. */
  tax_rate: number | null
  tax_name: string | null
  tax_inclusive: boolean
  /** The part of a period it is for, as an exact fraction. */
  share: { numerator: string; denominator: string }
}

/** What a code takes of a quoted charge; minor units. */
export interface QuotedDiscount {
  code: string
  amount: number
}

/** A price by usage in a plan, as it was shown when the plan was chosen. */
export interface PlanMeter {
  meter_id: string
  /** Minor units, up to twelve decimals; nobody asks for it where credits pay. */
  price_per_unit: string | null
  /** Units of a billing period. */
  free_threshold: number
  /** The credits that pay for its units, so many units for one. */
  credit_entitlement_id?: string | null
  meter_units_per_credit?: string | null
}

/** Which events a meter counts. */
export interface MeterFilter {
  conjunction: 'and' | 'or'
  clauses: (MeterFilterCondition | MeterFilter)[]
}

export interface MeterFilterCondition {
  key: string
  operator:
    | 'equals'
    | 'not_equals'
    | 'greater_than'
    | 'greater_than_or_equals'
    | 'less_than'
    | 'less_than_or_equals'
    | 'contains'
    | 'does_not_contain'
  value: string | number | boolean
}

export interface LicenseKeyConfig {
  activation_message: string | null
  /** Devices per key; null: as many as wanted. */
  activations_limit: number | null
  /** How long a key lasts that is bought once; null: for ever. Keys of a subscription last as long as it does. */
  duration_count: number | null
  duration_interval: 'Day' | 'Week' | 'Month' | 'Year' | null
  /** 'manual': the merchant supplies each key. */
  fulfillment_mode: 'auto' | 'manual'
}

export interface FeatureFlagConfig {
  feature_id: string
  feature_type: 'boolean'
}

export interface DigitalFilesConfig {
  external_url: string | null
  instructions: string | null
}

/** What an entitlement unlocks; which of them it is, its integration_type says. */
export type IntegrationConfig = LicenseKeyConfig | FeatureFlagConfig | DigitalFilesConfig

/** What was or will be charged for a line of a plan, with the tax in it. Minor units. */
export interface TaxedValue {
  gross: number
  tax: number
  /** Per cent. */
  tax_rate: number | null
  tax_name: string | null
  tax_inclusive: boolean
}

/** What a discount takes, frozen when it was redeemed. */
export type RedeemedTerms = { product_ids: string[] } & (
  | { type: 'percentage'; basis_points: number; max_amount: number | null }
  | { type: 'flat'; amount: number }
)

/** A discount of a plan that is changed to. */
export interface PlanDiscount {
  discount_id: string
  code: string
  terms: RedeemedTerms
  cycles_remaining: number | null
  /** Paying for the change pays a whole period with it. */
  uses_cycle: boolean
  /** It was not the subscription's before. */
  is_new: boolean
}

/** On what terms a product, or a subscription to it, grants credits. Amounts are decimals as text. */
export interface CreditTerms {
  /** For each period, or each purchase. */
  credits_amount: string
  currency: string | null
  /** Minor units, as a decimal. */
  price_per_unit: string | null
  expires_after_days: number | null
  low_balance_threshold_percent: number | null
  rollover_enabled: boolean
  rollover_percentage: number | null
  rollover_timeframe_count: number | null
  rollover_timeframe_interval: 'Day' | 'Week' | 'Month' | 'Year' | null
  max_rollover_count: number | null
  overage_enabled: boolean
  overage_limit: string | null
  overage_behavior: 'forgive_at_reset' | 'invoice_at_billing' | 'carry_deficit' | 'carry_deficit_auto_repay'
  proration_behavior: 'prorate' | 'no_prorate'
  trial_credits: string | null
  trial_credits_expire_after_trial: boolean
}

/** Flat facts: the data of an event or an e-mail, the details of an audit entry. */
export type Facts = Record<string, string | number | boolean | null>
