// What a plan change may be asked to be; the preview takes the same.
import { z } from '@hono/zod-openapi'
import { toCodes } from '#api/discounts/discount-codes.ts'
import { codesInput } from '#api/discounts/discount-input.ts'
import { quantity } from '#api/input/amount.ts'
import { metadataInput } from '#api/input/metadata.ts'
import { id } from '#api/input/text.ts'
import { codeRefusals } from '#core/checkout/checkout-discounts.ts'
import type { PlanChangeRequest } from '#core/plan-changes/change-plan.ts'
import { effectiveAtSchema, onPaymentFailureSchema, prorationModeSchema } from '#wire/plan-change.ts'

export const changePlanBody = z
  .object({
    product_id: id('pdt_0gyTR3kUe7pWz9QhV2sJn'),
    quantity: quantity(),
    proration_billing_mode: prorationModeSchema
      .optional()
      .openapi({ description: 'The business’s default for an upgrade or a downgrade where it is left out' }),
    addons: z
      .array(z.object({ addon_id: id(), quantity: quantity() }))
      .max(100)
      .nullish()
      .openapi({ description: 'All there will be: left out or empty, the subscription has none afterwards' }),
    effective_at: effectiveAtSchema
      .optional()
      .openapi({ description: 'immediately where it is left out; next_billing_date goes with full_immediately only' }),
    on_payment_failure: onPaymentFailureSchema
      .nullish()
      .openapi({ description: 'The business’s default where it is left out' }),
    cancel_scheduled_change_plan: z
      .boolean()
      .optional()
      .openapi({ description: 'Drops a scheduled change when this one happens' }),
    metadata: metadataInput
      .nullish()
      .openapi({ description: 'Of the payment; the subscription’s where it is left out' }),
    collect_via_payment_link: z.boolean().optional().openapi({
      description:
        'The customer pays at a link. The business must allow it; goes with effective_at immediately and on_payment_failure prevent_change. A preview ignores it',
    }),
    adaptive_currency_fees_inclusive: z
      .boolean()
      .nullish()
      .openapi({ description: 'Nothing is converted, so it says nothing' }),
    ...codesInput,
  })
  .openapi('ChangePlan')

export const changePlanExample = {
  product_id: 'pdt_0gyTR3kUe7pWz9QhV2sJn',
  quantity: 1,
  proration_billing_mode: 'prorated_immediately',
  effective_at: 'immediately',
  on_payment_failure: 'prevent_change',
  addons: [{ addon_id: 'adn_0gyTR3kUe7pWz9QhV2sJn', quantity: 3 }],
} as const

export const changePlanRefusals = [
  'CONFLICT',
  'PRODUCT_IS_DELETED',
  'INACTIVE_SUBSCRIPTION_PLAN_CHANGE_NOT_SUPPORTED',
  'ON_DEMAND_PLAN_CHANGE_NOT_SUPPORTED',
  'PLAN_CHANGE_NOT_ALLOWED_FOR_SCHEDULED_CANCELLATION',
  'INVALID_PRORATION_MODE_WITH_NEXT_BILLING_DATE',
  'INVALID_REQUEST_PARAMETERS',
  'DUPLICATE_ADDON_IDS_IN_REQUEST',
  'UNSUPPORTED_ACTION',
  'UNSUPPORTED_CURRENCY',
  'PENDING_PLAN_CHANGE_EXISTS',
  'SCHEDULED_PLAN_CHANGE_EXISTS',
  'PREVIOUS_PAYMENT_PENDING',
  ...codeRefusals,
  'DISCOUNT_NOT_APPLICABLE_TO_NEW_PRODUCT',
  'DISCOUNT_ALREADY_USED_ON_SUBSCRIPTION',
] as const

/** The API's own default for the moment is fixed; for all else what is left out is the business's to say. */
export function toChangeRequest(body: z.output<typeof changePlanBody>): PlanChangeRequest {
  return {
    product_id: body.product_id,
    quantity: body.quantity,
    addons: body.addons ?? [],
    proration_billing_mode: body.proration_billing_mode,
    effective_at: body.effective_at ?? 'immediately',
    on_payment_failure: body.on_payment_failure ?? undefined,
    cancel_scheduled_change_plan: body.cancel_scheduled_change_plan,
    collect_via_payment_link: body.collect_via_payment_link,
    metadata: body.metadata ?? undefined,
    discount_codes: toCodes(body),
  }
}
