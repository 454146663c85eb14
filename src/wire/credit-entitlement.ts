import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import { type Currency, currencySchema, timeIntervalSchema } from './codes.ts'
import { overageBehaviorSchema } from './credit-terms.ts'
import { orNull } from './list.ts'
import { rfc3339, timeSchema } from './rfc3339.ts'

export const creditEntitlementSchema = z
  .object({
    id: z.string().openapi({ example: 'cde_0gyTR3kUe7pWz9QhV2sJn' }),
    business_id: z.string(),
    name: z.string().openapi({ example: 'AI credits' }),
    description: z.string().nullable(),
    unit: z.string().openapi({ example: 'credits' }),
    precision: z.int().openapi({ description: 'Decimal places that amounts may have', example: 0 }),
    currency: orNull(currencySchema),
    price_per_unit: z.string().nullable().openapi({ description: 'Minor units, as a decimal' }),
    expires_after_days: z.int().nullable(),
    rollover_enabled: z.boolean(),
    rollover_percentage: z.int().nullable(),
    rollover_timeframe_count: z.int().nullable(),
    rollover_timeframe_interval: orNull(timeIntervalSchema),
    max_rollover_count: z.int().nullable(),
    overage_enabled: z.boolean(),
    overage_limit: z.int().nullable(),
    overage_behavior: overageBehaviorSchema,
    created_at: timeSchema('When it was created'),
    updated_at: timeSchema('When it was last changed'),
  })
  .openapi('CreditEntitlement')

export type WireCreditEntitlement = z.output<typeof creditEntitlementSchema>

export function creditEntitlementToWire(row: Selectable<DB['credit_entitlements']>): WireCreditEntitlement {
  const { credit_entitlement_id: id, deleted_at: _, currency, created_at, updated_at, ...same } = row
  return {
    id,
    ...same,
    currency: currency as Currency | null,
    created_at: rfc3339(created_at),
    updated_at: rfc3339(updated_at),
  }
}
