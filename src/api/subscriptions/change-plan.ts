import { endpoint } from '#api/endpoint.ts'
import { changePlan } from '#core/plan-changes/change-plan.ts'
import { planChangeAnswer, planChangeAnswerSchema } from '#wire/plan-change.ts'
import { changePlanBody, changePlanExample, changePlanRefusals, toChangeRequest } from './plan-change-input.ts'

export const changePlanEndpoint = endpoint(
  {
    method: 'post',
    path: '/subscriptions/{subscription_id}/change-plan',
    operation: 'changePlan',
    noun: 'Subscriptions',
    summary: 'Change the plan of a subscription',
    differs: "no payment links: the answer's four fields are null",
    description:
      'Charges the saved payment method. With prevent_change a declined charge leaves everything as it was; with apply_change the plan changes and the subscription goes on hold. What is given back is credit for the next invoices.',
    body: changePlanBody,
    example: { ...changePlanExample, addons: [...changePlanExample.addons] },
    answer: planChangeAnswerSchema,
    refusals: [...changePlanRefusals, 'NO_ELIGIBLE_PAYMENT_METHODS'],
  },
  async (ctx, { params, body }) => {
    await changePlan(ctx, params.subscription_id, toChangeRequest(body))
    return planChangeAnswer()
  },
)
