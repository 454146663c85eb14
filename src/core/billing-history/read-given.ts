// What went back to the customer: refunds, and the credit that a plan change left.

import type { CreditNoteDocument } from '#billing/credit-note.ts'
import { creditNotesWithPayments, refundsWithPayments } from '#core/billing-history/with-payments.ts'
import type { Dues } from '#core/payments/queries.ts'
import { on } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface Given {
  entry: 'refund' | 'credit'
  /** Of the refund or of the credit note. */
  id: string
  /** What it gives back of. */
  payment_id: string
  subscription_id: string | null
  /** Of what was owed. */
  kind: Dues['kind']
  created_at: Temporal.Instant
  status: 'pending' | 'succeeded'
  /** Minor units, above 0. */
  amount: number
  currency: string
  description: string
  credit_note: { credit_note_id: string; number: string } | null
}

export async function readRefunds(ctx: BusinessCtx, ids: readonly string[]): Promise<Given[]> {
  if (ids.length === 0) return []
  const rows = await refundsWithPayments(ctx)
    .innerJoin('dues', on('dues.dues_id', 'payments.dues_id'))
    .leftJoin('dues_lines', (join) =>
      on('dues_lines.dues_id', 'payments.dues_id')(join).on('dues_lines.position', '=', 0),
    )
    .leftJoin('credit_notes', on('credit_notes.refund_id', 'refunds.refund_id'))
    .select(['refunds.refund_id as id', 'refunds.payment_id', 'payments.subscription_id', 'dues.kind'])
    .select(['refunds.created_at', 'refunds.status', 'refunds.amount', 'refunds.wallet_amount', 'refunds.currency'])
    .select(['dues_lines.description', 'credit_notes.credit_note_id', 'credit_notes.number'])
    .where('refunds.refund_id', 'in', ids)
    .execute()
  return rows.map(({ amount, wallet_amount, status, description, credit_note_id, number, ...row }) => ({
    entry: 'refund',
    ...row,
    status: status === 'succeeded' ? 'succeeded' : 'pending',
    amount: amount + wallet_amount,
    description: description ?? '',
    credit_note: credit_note_id === null || number === null ? null : { credit_note_id, number },
  }))
}

export async function readCredits(ctx: BusinessCtx, ids: readonly string[]): Promise<Given[]> {
  if (ids.length === 0) return []
  const rows = await creditNotesWithPayments(ctx)
    .innerJoin('dues', on('dues.dues_id', 'payments.dues_id'))
    .select(['credit_note_id', 'credit_notes.number', 'credit_notes.document', 'credit_notes.total'])
    .select(['credit_notes.issued_at as created_at', 'payments.payment_id', 'payments.subscription_id'])
    .select(['payments.currency', 'dues.kind'])
    .where('credit_note_id', 'in', ids)
    .execute()
  return rows.map(({ credit_note_id, number, document, total, ...row }) => ({
    entry: 'credit',
    id: credit_note_id,
    ...row,
    status: 'succeeded',
    amount: total,
    description: (document as CreditNoteDocument).lines[0]?.description ?? '',
    credit_note: { credit_note_id, number },
  }))
}
