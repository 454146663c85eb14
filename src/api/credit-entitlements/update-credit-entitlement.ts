import { endpoint } from '#api/endpoint.ts'
import { updateCreditEntitlement } from '#core/credit-entitlements/update-credit-entitlement.ts'
import { updateCreditEntitlementBody } from './credit-input.ts'

export const updateCreditEntitlementEndpoint = endpoint(
  {
    method: 'patch',
    path: '/credit-entitlements/{credit_entitlement_id}',
    operation: 'updateCreditEntitlement',
    noun: 'Credits',
    summary: 'Change a credit entitlement',
    description:
      'What is left out stays; null clears a limit. Products and subscriptions keep the terms they were given. Answers nothing.',
    body: updateCreditEntitlementBody,
    example: { rollover_enabled: true, rollover_percentage: 50 },
  },
  async (ctx, { params, body }) => {
    const { name, unit, rollover_enabled, overage_enabled, overage_behavior, ...clearable } = body
    const kept = { name, unit, rollover_enabled, overage_enabled, overage_behavior }
    const named = Object.entries(kept).filter(([, value]) => value !== undefined && value !== null)
    const rest = Object.entries(clearable).filter(([, value]) => value !== undefined)
    await updateCreditEntitlement(ctx, params.credit_entitlement_id, Object.fromEntries([...named, ...rest]))
    return undefined
  },
)
