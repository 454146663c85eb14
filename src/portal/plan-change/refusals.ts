// What core says no to, as problems beside the fields of the form.
import type { MessageKey } from '#i18n/translator.ts'
import type { PlanField } from '#portal/plan-change/plan-form.ts'
import { AppError, type ErrorCode } from '#src/errors.ts'
import type { FormErrors } from '#ui/parse-form.ts'

const codes: Partial<Record<ErrorCode, MessageKey>> = {
  INVALID_DISCOUNT_CODE: 'checkout.code.unknown',
  DISCOUNT_CODE_EXPIRED: 'checkout.code.expired',
  DISCOUNT_NOT_YET_ACTIVE: 'checkout.code.not_yet',
  DISCOUNT_CODE_USAGE_LIMIT_EXCEEDED: 'checkout.code.used_up',
  DISCOUNT_PER_CUSTOMER_USAGE_LIMIT_EXCEEDED: 'checkout.code.used_by_you',
  DISCOUNT_CUSTOMER_NOT_ELIGIBLE: 'checkout.code.not_for_you',
  DISCOUNT_MINIMUM_SUBTOTAL_NOT_MET: 'error.plan.code_too_small',
  DISCOUNT_NOT_AVAILABLE_FOR_PRODUCT: 'error.plan.code_not_for_plan',
  DISCOUNT_NOT_APPLICABLE_TO_NEW_PRODUCT: 'error.plan.code_not_for_plan',
  DISCOUNT_CURRENCY_OPTION_INVALID: 'error.plan.code_not_for_plan',
  DISCOUNT_ALREADY_USED_ON_SUBSCRIPTION: 'error.plan.code_used_here',
}

const others: Partial<Record<ErrorCode, FormErrors<PlanField>>> = {
  PRODUCT_IS_DELETED: { product_id: 'error.plan.not_offered' },
  UNSUPPORTED_CURRENCY: { product_id: 'error.plan.not_offered' },
  UNSUPPORTED_ACTION: { product_id: 'error.plan.not_offered' },
  INVALID_REQUEST_BODY: { quantity: 'error.plan.quantity' },
  NO_ELIGIBLE_PAYMENT_METHODS: { form: 'error.plan.no_method' },
  DO_NOT_BILL_NOT_ALLOWED_IN_CUSTOMER_PORTAL: { form: 'error.plan.not_here' },
}

/** By the field of INVALID_REQUEST_PARAMETERS. */
const wrong: Partial<Record<string, FormErrors<PlanField>>> = {
  product_id: { product_id: 'error.plan.not_offered' },
  discount_codes: { code: 'error.plan.code_alone' },
}

/** Undefined where it is not about what was asked; rethrow that. */
export function problemsOf(error: unknown): FormErrors<PlanField> | undefined {
  if (!(error instanceof AppError)) return undefined
  const code = codes[error.code]
  if (code !== undefined) return { code }
  if (error.code === 'INVALID_REQUEST_PARAMETERS') {
    return wrong[error.field ?? ''] ?? { form: 'error.plan.same' }
  }
  // What stands in the way by now is told by the page itself.
  return others[error.code] ?? (isObstacle(error) ? { form: 'error.plan.meanwhile' } : undefined)
}

function isObstacle({ code, status }: AppError): boolean {
  return status === 409 || IN_THE_WAY.has(code)
}

const IN_THE_WAY: ReadonlySet<ErrorCode> = new Set([
  'PLAN_CHANGE_FOR_CUSTOMER_PORTAL_DISABLED',
  'INACTIVE_SUBSCRIPTION_PLAN_CHANGE_NOT_SUPPORTED',
  'ON_DEMAND_PLAN_CHANGE_NOT_SUPPORTED',
  'PLAN_CHANGE_NOT_ALLOWED_FOR_SCHEDULED_CANCELLATION',
])
