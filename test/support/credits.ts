import type { CreditEntitlementFields } from '#core/credit-entitlements/create-credit-entitlement.ts'

/** Credits at 2.50 USD that neither expire by themselves nor roll over nor may be overdrawn. */
export const plainCredits: CreditEntitlementFields = {
  name: 'AI credits',
  description: null,
  unit: 'credits',
  precision: 0,
  currency: 'USD',
  price_per_unit: '2.5',
  expires_after_days: null,
  rollover_enabled: false,
  rollover_percentage: null,
  rollover_timeframe_count: null,
  rollover_timeframe_interval: null,
  max_rollover_count: null,
  overage_enabled: false,
  overage_limit: null,
  overage_behavior: 'forgive_at_reset',
}
