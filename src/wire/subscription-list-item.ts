import { z } from '@hono/zod-openapi'
import { emptyListSchema } from './list.ts'
import { type SubscriptionRow, subscriptionBase, subscriptionBaseToWire } from './subscription.ts'

export const subscriptionListItemSchema = z
  .object({
    ...subscriptionBase,
    product_name: z.string().openapi({ example: 'Studio, monthly' }),
    discounts: emptyListSchema('Discounts in the order they apply'),
  })
  .openapi('SubscriptionListItem')

export type WireSubscriptionListItem = z.output<typeof subscriptionListItemSchema>

export function subscriptionListItemToWire(row: SubscriptionRow): WireSubscriptionListItem {
  return { ...subscriptionBaseToWire(row), product_name: row.product_name, discounts: [] }
}
