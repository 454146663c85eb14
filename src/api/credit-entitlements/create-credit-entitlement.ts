import { endpoint } from '#api/endpoint.ts'
import { createCreditEntitlement } from '#core/credit-entitlements/create-credit-entitlement.ts'
import { creditEntitlementSchema, creditEntitlementToWire } from '#wire/credit-entitlement.ts'
import { createCreditEntitlementBody } from './credit-input.ts'

export const createCreditEntitlementEndpoint = endpoint(
  {
    method: 'post',
    path: '/credit-entitlements',
    operation: 'createCreditEntitlement',
    noun: 'Credits',
    summary: 'Create a credit entitlement',
    description: 'Units that products grant and customers use up. Its terms are what a product does not say itself.',
    body: createCreditEntitlementBody,
    example: { name: 'AI credits', unit: 'credits', precision: 0, rollover_enabled: false, overage_enabled: false },
    answer: creditEntitlementSchema,
    status: 201,
  },
  async (ctx, { body }) => {
    const made = await createCreditEntitlement(ctx, {
      name: body.name,
      description: body.description ?? null,
      unit: body.unit,
      precision: body.precision,
      currency: body.currency ?? null,
      price_per_unit: body.price_per_unit ?? null,
      expires_after_days: body.expires_after_days ?? null,
      rollover_enabled: body.rollover_enabled,
      rollover_percentage: body.rollover_percentage ?? null,
      rollover_timeframe_count: body.rollover_timeframe_count ?? null,
      rollover_timeframe_interval: body.rollover_timeframe_interval ?? null,
      max_rollover_count: body.max_rollover_count ?? null,
      overage_enabled: body.overage_enabled,
      overage_limit: body.overage_limit ?? null,
      overage_behavior: body.overage_behavior ?? 'forgive_at_reset',
    })
    return creditEntitlementToWire(made)
  },
)
