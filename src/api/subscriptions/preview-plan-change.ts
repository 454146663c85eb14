import { endpoint } from '#api/endpoint.ts'
import { withCustomers } from '#core/customers/customers-by-id.ts'
import { previewPlanChange } from '#core/plan-changes/preview-plan-change.ts'
import { planChangePreviewSchema, planChangePreviewToWire } from '#wire/plan-change.ts'
import { changePlanBody, changePlanExample, changePlanRefusals, toChangeRequest } from './plan-change-input.ts'

export const previewPlanChangeEndpoint = endpoint(
  {
    method: 'post',
    path: '/subscriptions/{subscription_id}/change-plan/preview',
    operation: 'previewChangePlan',
    noun: 'Subscriptions',
    summary: 'Preview a change of plan',
    description:
      'What the same request would charge this instant, and the subscription it would lead to. Changes nothing.',
    body: changePlanBody,
    example: { ...changePlanExample, addons: [...changePlanExample.addons] },
    repeat: 'harmless',
    answer: planChangePreviewSchema,
    refusals: [...changePlanRefusals],
  },
  async (ctx, { params, body }) => {
    const preview = await previewPlanChange(ctx, params.subscription_id, toChangeRequest(body))
    const [new_plan] = await withCustomers(ctx, [preview.new_plan])
    if (new_plan === undefined) throw new Error('one row stays one row')
    return planChangePreviewToWire({ ...preview, new_plan })
  },
)
