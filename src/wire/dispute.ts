import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import { type CustomerBriefRow, customerBriefToWire } from './customer.ts'
import { rfc3339, timeSchema } from './rfc3339.ts'

export const disputeStatusSchema = z
  .enum([
    'dispute_opened',
    'dispute_expired',
    'dispute_accepted',
    'dispute_cancelled',
    'dispute_challenged',
    'dispute_won',
    'dispute_lost',
  ])
  .openapi('DisputeStatus')

/** A dispute as its payment shows it. */
export const disputeSchema = z
  .object({
    dispute_id: z.string().openapi({ example: 'dsp_0gyUVkq3mXz7RbN2cWt5P' }),
    payment_id: z.string(),
    business_id: z.string(),
    dispute_status: disputeStatusSchema,
    dispute_stage: z.enum(['pre_dispute', 'dispute', 'pre_arbitration']),
    amount: z.string().openapi({ description: 'Minor units, as text', example: '2900' }),
    currency: z.string().openapi({ example: 'USD' }),
    is_resolved_by_rdr: z.boolean().nullable().openapi({ description: 'Settled by a network’s rapid resolution' }),
    remarks: z.string().nullable(),
    created_at: timeSchema('When it was opened'),
  })
  .openapi('Dispute')

export type DisputeRow = Selectable<DB['disputes']>
export type WholeDisputeRow = DisputeRow & { customer: CustomerBriefRow; provider: 'stripe' | 'adyen' | 'dodo' }
export type WireDispute = z.output<typeof disputeSchema>

export function disputeToWire(row: DisputeRow): WireDispute {
  return {
    dispute_id: row.dispute_id,
    payment_id: row.payment_id,
    business_id: row.business_id,
    dispute_status: row.status,
    dispute_stage: row.stage,
    amount: String(row.amount),
    currency: row.currency,
    is_resolved_by_rdr: row.is_resolved_by_rdr,
    remarks: row.remarks,
    created_at: rfc3339(row.created_at),
  }
}

/** As webhooks send it. */
export function wholeDisputeToWire(row: WholeDisputeRow) {
  return {
    ...disputeToWire(row),
    brand_id: row.business_id,
    customer: customerBriefToWire(row.customer),
    payment_provider: row.provider,
    reason: row.reason,
  }
}
