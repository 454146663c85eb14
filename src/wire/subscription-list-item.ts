import { z } from '@hono/zod-openapi'
import { type SubscriptionRow, subscriptionBase, subscriptionBaseToWire } from './subscription.ts'

export const subscriptionListItemSchema = z
  .object({
    ...subscriptionBase,
    product_name: z.string().openapi({ example: 'Studio, monthly' }),
    discounts: z
      .array(z.object({ discount_id: z.string(), discount_cycles_remaining: z.int().nullable() }))
      .openapi({ description: 'In the order they apply' }),
  })
  .openapi('SubscriptionListItem')

export type WireSubscriptionListItem = z.output<typeof subscriptionListItemSchema>

export function subscriptionListItemToWire(row: SubscriptionRow): WireSubscriptionListItem {
  const discounts = row.discounts.map(({ discount_id, cycles_remaining }) => {
    return { discount_id, discount_cycles_remaining: cycles_remaining }
  })
  return { ...subscriptionBaseToWire(row), product_name: row.product_name, discounts }
}
