import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { usageOf } from '#core/credit-entitlements/credit-cart.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'

const creditUsageSchema = z
  .object({
    subscription_id: z.string(),
    items: z.array(
      z.object({
        credit_entitlement_id: z.string(),
        credit_entitlement_name: z.string(),
        unit: z.string(),
        balance: z.string().openapi({ description: 'Of the customer, whichever subscription it came from' }),
        overage: z.string(),
        overage_enabled: z.boolean(),
        overage_limit: z.string().nullable(),
        remaining_headroom: z.string().nullable().openapi({ description: 'null: no overage, or no limit to it' }),
        limit_reached: z.boolean(),
      }),
    ),
  })
  .openapi('CreditUsage')

export type WireCreditUsage = z.output<typeof creditUsageSchema>

export const retrieveCreditUsageEndpoint = endpoint(
  {
    method: 'get',
    path: '/subscriptions/{subscription_id}/credit-usage',
    operation: 'retrieveCreditUsage',
    noun: 'Credits',
    summary: 'Retrieve how a subscription stands with its credits',
    answer: creditUsageSchema,
  },
  async (ctx, { params }) => {
    const { subscription_id, credits } = await getSubscription(ctx, params.subscription_id)
    return {
      subscription_id,
      items: credits.map(usageOf).map(({ credit_entitlement_id, name, unit, terms, ...usage }) => ({
        credit_entitlement_id,
        credit_entitlement_name: name,
        unit,
        balance: usage.balance,
        overage: usage.overage,
        overage_enabled: terms.overage_enabled,
        overage_limit: terms.overage_limit,
        remaining_headroom: usage.remaining_headroom,
        limit_reached: usage.limit_reached,
      })),
    }
  },
)
