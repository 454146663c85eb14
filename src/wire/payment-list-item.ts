import { z } from '@hono/zod-openapi'
import { type DisputeRow, disputeStatusSchema } from './dispute.ts'
import { orNull } from './list.ts'
import { type PaymentRow, type PaymentUrls, paymentBase, paymentBaseToWire } from './payment.ts'

export const paymentListItemSchema = z
  .object({
    ...paymentBase,
    has_license_key: z.boolean().openapi({ description: 'True where it brought license keys' }),
    dispute_status: orNull(disputeStatusSchema).openapi({ description: 'Of the latest dispute' }),
  })
  .openapi('PaymentListItem')

export type PaymentListItemRow = PaymentRow & {
  has_license_key: boolean
  dispute_status: DisputeRow['status'] | null
}
export type WirePaymentListItem = z.output<typeof paymentListItemSchema>

export function paymentListItemToWire(row: PaymentListItemRow, addresses: PaymentUrls): WirePaymentListItem {
  return {
    ...paymentBaseToWire(row, addresses),
    has_license_key: row.has_license_key,
    dispute_status: row.dispute_status,
  }
}
