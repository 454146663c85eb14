import type { MessageKey } from '#i18n/translator.ts'
import type { ErrorCode } from '#src/errors.ts'

/** Why a discount code cannot be redeemed, for whoever typed it. */
export function codeProblem(code: ErrorCode): MessageKey {
  return problems[code] ?? 'checkout.code.unknown'
}

const problems: Partial<Record<ErrorCode, MessageKey>> = {
  DISCOUNT_CODE_EXPIRED: 'checkout.code.expired',
  DISCOUNT_NOT_YET_ACTIVE: 'checkout.code.not_yet',
  DISCOUNT_CODE_USAGE_LIMIT_EXCEEDED: 'checkout.code.used_up',
  DISCOUNT_PER_CUSTOMER_USAGE_LIMIT_EXCEEDED: 'checkout.code.used_by_you',
  DISCOUNT_CUSTOMER_NOT_ELIGIBLE: 'checkout.code.not_for_you',
  DISCOUNT_MINIMUM_SUBTOTAL_NOT_MET: 'checkout.code.too_small',
  DISCOUNT_NOT_AVAILABLE_FOR_PRODUCT: 'checkout.code.not_for_this',
  DISCOUNT_CURRENCY_OPTION_INVALID: 'checkout.code.not_for_this',
}
