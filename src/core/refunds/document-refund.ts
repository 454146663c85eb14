import { issueCreditNote } from '#core/invoices/issue-credit-note.ts'
import type { Payment } from '#core/payments/queries.ts'
import type { Refund } from '#core/refunds/queries.ts'
import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

/** The credit note of a refund that was made. The last statement of its transaction. */
export async function documentRefund(ctx: BusinessCtx, refund: Refund, { payment_id }: Payment): Promise<void> {
  const { refund_id, wallet_amount, reason } = refund
  const parts = await from(ctx, 'refund_lines')
    .selectAll()
    .where('refund_id', '=', refund_id)
    .orderBy('position')
    .execute()
  const given_to = { type: 'refund' as const, refund_id, wallet_amount }
  await issueCreditNote(
    ctx,
    { reason_key: `refund:${refund_id}`, payment_id, refund_id, given_to, reason },
    (invoiced) =>
      parts.flatMap(({ position, amount, wallet_amount: toWallet, tax }) => {
        const line = invoiced[position]
        return line === undefined ? [] : [{ line, amount: amount + toWallet, tax }]
      }),
  )
}
