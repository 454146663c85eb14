import { z } from '@hono/zod-openapi'
import { rfc3339, timeSchema } from './rfc3339.ts'

export const scheduledChangeSchema = z
  .object({
    id: z.string().openapi({ example: 'chg_0gyTRk8Lw3vXn5TbC6yHq' }),
    product_id: z.string(),
    product_name: z.string().nullable(),
    product_description: z.string().nullable(),
    quantity: z.int(),
    addons: z.array(z.object({ addon_id: z.string(), name: z.string(), quantity: z.int() })),
    created_at: timeSchema('When it was asked for'),
    effective_at: timeSchema('The next billing date it was asked for'),
  })
  .openapi('ScheduledPlanChange')

export interface ScheduledChangeRow {
  change_id: string
  product_id: string
  product_name: string
  product_description: string | null
  quantity: number
  items: readonly { addon_id: string | null; description: string; quantity: number }[]
  created_at: Temporal.Instant
  effective_at: Temporal.Instant
}

export function scheduledChangeToWire(row: ScheduledChangeRow): z.output<typeof scheduledChangeSchema> {
  const { change_id, product_id, product_name, product_description, quantity } = row
  return {
    id: change_id,
    product_id,
    product_name,
    product_description,
    quantity,
    addons: row.items.flatMap(({ addon_id, description, quantity }) =>
      addon_id === null ? [] : [{ addon_id, name: description, quantity }],
    ),
    created_at: rfc3339(row.created_at),
    effective_at: rfc3339(row.effective_at),
  }
}
