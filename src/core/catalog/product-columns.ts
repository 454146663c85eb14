// A product as it is written: the same columns for making one and for changing one.

import type { Insertable } from 'kysely'
import type { TimeInterval } from '#billing/period.ts'
import type { NewProductCredit } from '#core/credit-entitlements/product-credits.ts'
import type { DeliveryChange } from '#core/entitlements/own-delivery.ts'
import type { Metadata, PlanMeter } from '#db/json-types.ts'
import type { DB, PricingMode } from '#db/schema.ts'
import { json } from '#db/temporal.ts'
import { AppError } from '#src/errors.ts'

export interface OneTimePrice {
  type: 'one_time_price'
  currency: string
  /** Minor units; the suggested smallest amount where the customer names the price. */
  price: number
  discount_bps: number
  tax_inclusive: boolean
  pay_what_you_want: boolean
  suggested_price: number | null
}

export interface RecurringPrice {
  type: 'recurring_price'
  currency: string
  price: number
  discount_bps: number
  tax_inclusive: boolean
  payment_frequency_count: number
  payment_frequency_interval: TimeInterval
  subscription_period_count: number
  subscription_period_interval: TimeInterval
  trial_period_days: number
  /** Minor units for each unit of the plan; free where it is null, 0 or left out. */
  trial_amount?: number | null
  /** Whether discount codes are taken of it too. */
  trial_apply_discounts?: boolean
  /** Whether a free trial may begin with no payment method. */
  trial_payment_method_optional?: boolean
  /** Whether what costs nothing at first may. */
  zero_amount_payment_method_optional?: boolean
}

type Optional = 'trial_payment_method_optional' | 'zero_amount_payment_method_optional'
type Trial = 'trial_period_days' | 'trial_amount' | 'trial_apply_discounts'

/** `price` is the fixed one, paid ahead; what the meters add up to is paid when a period is over. */
export interface UsageBasedPrice extends Omit<RecurringPrice, 'type' | Trial | Optional> {
  type: 'usage_based_price'
  meters: PlanMeter[]
}

export type Price = OneTimePrice | RecurringPrice | UsageBasedPrice

export interface ProductFields {
  name: string
  description: string | null
  tax_category: Insertable<DB['products']>['tax_category']
  price: Price
  addons: string[]
  /** Ids of what buying it unlocks; the entitlement of its own license key fields comes by itself. */
  entitlements?: string[]
  license_key_enabled: boolean
  /** Files and where to find more of them; null takes it off. */
  digital_product_delivery?: DeliveryChange | null
  license_key_activations_limit: number | null
  license_key_activation_message: string | null
  license_key_duration: { count: number; interval: TimeInterval } | null
  /** How localized prices are chosen; one price for everybody where it is left out. */
  pricing_mode?: PricingMode | null
  /** Null is the primary brand, and so is none. */
  brand_id?: string | null
  metadata: Metadata
  credit_entitlements?: NewProductCredit[]
}

/** What is omitted is left out of the columns; a new price replaces every price column. */
export function productColumns(fields: Partial<ProductFields>) {
  const {
    price,
    license_key_duration,
    metadata,
    addons: _,
    entitlements: __,
    credit_entitlements: ___,
    digital_product_delivery: ____,
    ...same
  } = fields
  return {
    ...same,
    ...(price === undefined ? {} : priceColumns(price)),
    ...(license_key_duration === undefined
      ? {}
      : {
          license_key_duration_count: license_key_duration?.count ?? null,
          license_key_duration_interval: license_key_duration?.interval ?? null,
        }),
    ...(metadata === undefined ? {} : { metadata: json(metadata) }),
  }
}

function priceColumns(price: Price) {
  const common = {
    price_type: price.type,
    currency: price.currency,
    price: price.price,
    discount_bps: price.discount_bps,
    tax_inclusive: price.tax_inclusive,
  }
  if (price.type === 'one_time_price') {
    return {
      ...common,
      pay_what_you_want: price.pay_what_you_want,
      suggested_price: price.suggested_price,
      payment_frequency_count: null,
      payment_frequency_interval: null,
      subscription_period_count: null,
      subscription_period_interval: null,
      ...NO_TRIAL,
      ...optionalColumns({}),
    }
  }
  assertTermHoldsAPeriod(price)
  return {
    ...common,
    pay_what_you_want: false,
    suggested_price: null,
    payment_frequency_count: price.payment_frequency_count,
    payment_frequency_interval: price.payment_frequency_interval,
    subscription_period_count: price.subscription_period_count,
    subscription_period_interval: price.subscription_period_interval,
    ...(price.type === 'recurring_price' ? trialColumns(price) : NO_TRIAL),
    ...optionalColumns(price.type === 'recurring_price' ? price : {}),
  }
}

const NO_TRIAL = { trial_period_days: 0, trial_amount: null, trial_apply_discounts: false }

function trialColumns({ trial_period_days, trial_amount, trial_apply_discounts = false }: Pick<RecurringPrice, Trial>) {
  if (!trial_amount) return { ...NO_TRIAL, trial_period_days }
  if (trial_period_days > 0) return { trial_period_days, trial_amount, trial_apply_discounts }
  throw new AppError('INVALID_REQUEST_BODY', {
    message: 'trial_amount needs trial_period_days above 0',
    field: 'price.trial_amount',
  })
}

function optionalColumns(price: Pick<RecurringPrice, Optional>) {
  const { trial_payment_method_optional = false, zero_amount_payment_method_optional = false } = price
  return { trial_payment_method_optional, zero_amount_payment_method_optional }
}

const DAYS = { Day: 1, Week: 7, Month: 30, Year: 365 } as const

function assertTermHoldsAPeriod(price: RecurringPrice | UsageBasedPrice): void {
  const period = price.payment_frequency_count * DAYS[price.payment_frequency_interval]
  const term = price.subscription_period_count * DAYS[price.subscription_period_interval]
  if (term >= period) return
  throw new AppError('INVALID_REQUEST_BODY', {
    message: 'subscription_period must be at least as long as payment_frequency',
    field: 'price.subscription_period_count',
  })
}
