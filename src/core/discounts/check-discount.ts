// What a discount may be: the rules that its fields have among one another.
import type { CurrencyOption, DiscountRow } from '#core/discounts/queries.ts'
import { AppError } from '#src/errors.ts'

export interface DiscountFields {
  type: DiscountRow['type']
  /** Basis points of a percentage. */
  amount: number
  name: string | null
  customer_eligibility: DiscountRow['customer_eligibility']
  usage_limit: number | null
  per_customer_usage_limit: number | null
  subscription_cycles: number | null
  preserve_on_plan_change: boolean
  starts_at: Temporal.Instant | null
  expires_at: Temporal.Instant | null
  restricted_to: string[]
  currency_options: CurrencyOption[]
}

/** Throws 422 for what contradicts itself. */
export function checkDiscount(discount: DiscountFields): void {
  const { type, amount, usage_limit, per_customer_usage_limit, starts_at, expires_at } = discount
  if (type === 'percentage' && amount > 10_000) throw new AppError('INVALID_PERCENTAGE', { field: 'amount' })
  if (usage_limit !== null && per_customer_usage_limit !== null && per_customer_usage_limit > usage_limit) {
    throw refused('per_customer_usage_limit', 'must be at most usage_limit')
  }
  if (starts_at !== null && expires_at !== null && Temporal.Instant.compare(starts_at, expires_at) >= 0) {
    throw refused('starts_at', 'must be before expires_at')
  }
  checkOptions(type, discount.currency_options)
}

/** Amounts are never converted: each currency that is paid in needs an option of its own. */
function checkOptions(type: DiscountRow['type'], options: readonly CurrencyOption[]): void {
  const invalid = (message: string) =>
    new AppError('DISCOUNT_CURRENCY_OPTION_INVALID', { message, field: 'currency_options' })
  if (new Set(options.map(({ currency }) => currency)).size < options.length) {
    throw invalid('Each currency may have one option')
  }
  if (options.filter(({ is_default }) => is_default).length > 1) throw invalid('One option may be the default')
  if (type !== 'flat') return
  if (options.length === 0) throw invalid('A flat discount needs an option with max_amount_possible')
  if (options.some(({ max_amount_possible }) => max_amount_possible === null)) {
    throw invalid('Each option of a flat discount needs max_amount_possible')
  }
}

function refused(field: string, predicate: string): AppError {
  return new AppError('INVALID_REQUEST_BODY', { message: `${field} ${predicate}`, field })
}
