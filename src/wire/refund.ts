import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import { type Currency, currencySchema } from './codes.ts'
import { type CustomerBriefRow, customerBriefSchema, customerBriefToWire } from './customer.ts'
import { metadataSchema } from './metadata.ts'
import { rfc3339, timeSchema } from './rfc3339.ts'

export const refundStatusSchema = z.enum(['pending', 'succeeded', 'failed']).openapi('RefundStatus')

const refundBase = {
  refund_id: z.string().openapi({ example: 'ref_0gyTS5eDn1xYk7JmR3wUv' }),
  payment_id: z.string(),
  business_id: z.string(),
  status: refundStatusSchema,
  amount: z.int().openapi({
    description: 'Minor units; what the wallet had paid goes back to it and is part of this',
    example: 2900,
  }),
  currency: currencySchema,
  is_partial: z.boolean().openapi({ description: 'True where less than the whole payment is given back' }),
  reason: z.string().nullable(),
  created_at: timeSchema('When it was asked for'),
}

/** A refund as a list or its payment shows it. */
export const refundListItemSchema = z.object(refundBase).openapi('RefundListItem')

export const refundSchema = z
  .object({
    ...refundBase,
    brand_id: z.string().openapi({ description: 'The primary brand carries the id of the business' }),
    customer: customerBriefSchema,
    metadata: metadataSchema,
  })
  .openapi('Refund')

export type RefundRow = Selectable<DB['refunds']>
export type WholeRefundRow = RefundRow & { paid_total: number; customer: CustomerBriefRow }
export type WireRefundListItem = z.output<typeof refundListItemSchema>
export type WireRefund = z.output<typeof refundSchema>

export function refundListItemToWire(row: RefundRow, payment: { paid_total: number }): WireRefundListItem {
  const { refund_id, payment_id, business_id, status, reason } = row
  const amount = row.amount + row.wallet_amount
  return {
    refund_id,
    payment_id,
    business_id,
    status,
    amount,
    currency: row.currency as Currency,
    is_partial: amount < payment.paid_total,
    reason,
    created_at: rfc3339(row.created_at),
  }
}

export function refundToWire(row: WholeRefundRow): WireRefund {
  return {
    ...refundListItemToWire(row, row),
    brand_id: row.business_id,
    customer: customerBriefToWire(row.customer),
    metadata: row.metadata,
  }
}
