import { endpoint } from '#api/endpoint.ts'
import { changePlan } from '#core/plan-changes/change-plan.ts'
import { findOffer } from '#core/plan-changes/queries.ts'
import { planChangeAnswer, planChangeAnswerSchema } from '#wire/plan-change.ts'
import { changePlanBody, changePlanExample, changePlanRefusals, toChangeRequest } from './plan-change-input.ts'

export const changePlanEndpoint = endpoint(
  {
    method: 'post',
    path: '/subscriptions/{subscription_id}/change-plan',
    operation: 'changePlan',
    noun: 'Subscriptions',
    summary: 'Change the plan of a subscription',
    differs:
      '`client_secret` is empty; a method that is entered at `payment_link` pays for the subscription from then on',
    description:
      'Charges the saved payment method. With prevent_change a declined charge leaves everything as it was; with apply_change the plan changes and the subscription goes on hold. What is given back is credit for the next invoices. With collect_via_payment_link nothing is charged: the change waits for the customer to pay at payment_link, until expires_on; where nothing is owed it happens at once.',
    body: changePlanBody,
    example: { ...changePlanExample, addons: [...changePlanExample.addons] },
    answer: planChangeAnswerSchema,
    refusals: [...changePlanRefusals, 'NO_ELIGIBLE_PAYMENT_METHODS'],
  },
  async (ctx, { params, body }) => {
    const { change_id } = await changePlan(ctx, params.subscription_id, toChangeRequest(body))
    const offer = body.collect_via_payment_link === true ? await findOffer(ctx, change_id) : undefined
    return planChangeAnswer(offer && { ...offer, payment_link: ctx.urls.pay(offer.pay_link_id) })
  },
)
