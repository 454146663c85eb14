import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import { type Currency, currencySchema } from './codes.ts'
import { rfc3339, timeSchema } from './rfc3339.ts'

/** A refund as its payment lists it. */
export const refundListItemSchema = z
  .object({
    refund_id: z.string().openapi({ example: 'ref_0gyTS5eDn1xYk7JmR3wUv' }),
    payment_id: z.string(),
    business_id: z.string(),
    status: z.enum(['pending', 'succeeded', 'failed']),
    amount: z.int().openapi({ description: 'Minor units', example: 2900 }),
    currency: currencySchema,
    is_partial: z.boolean().openapi({ description: 'True where less than the whole payment is given back' }),
    reason: z.string().nullable(),
    created_at: timeSchema('When it was asked for'),
  })
  .openapi('RefundListItem')

export type RefundRow = Selectable<DB['refunds']>
export type WireRefundListItem = z.output<typeof refundListItemSchema>

export function refundListItemToWire(row: RefundRow, payment: { total_amount: number }): WireRefundListItem {
  const { refund_id, payment_id, business_id, status, amount, reason } = row
  return {
    refund_id,
    payment_id,
    business_id,
    status,
    amount,
    currency: row.currency as Currency,
    is_partial: amount < payment.total_amount,
    reason,
    created_at: rfc3339(row.created_at),
  }
}
