import { endpoint } from '#api/endpoint.ts'
import { cancelScheduledChange } from '#core/plan-changes/cancel-scheduled-change.ts'

export const cancelScheduledChangeEndpoint = endpoint(
  {
    method: 'delete',
    path: '/subscriptions/{subscription_id}/change-plan/scheduled',
    operation: 'cancelChangePlan',
    noun: 'Subscriptions',
    summary: 'Cancel a scheduled change of plan',
    status: 204,
    refusals: ['SCHEDULED_PLAN_CHANGE_NOT_FOUND'],
  },
  async (ctx, { params }) => {
    await cancelScheduledChange(ctx, params.subscription_id)
    return undefined
  },
)
