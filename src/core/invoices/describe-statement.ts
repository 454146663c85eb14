import type { StatementDocument } from '#billing/credit-note.ts'
import { describeInvoice } from '#core/invoices/issue-invoice.ts'
import { getDuesDiscounts, getDuesLines } from '#core/payments/queries.ts'
import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

/** What is owed and not paid yet, drawn like an invoice but without a number. Throws NOT_FOUND where nothing is owed. */
export async function describeStatement(ctx: BusinessCtx, dues_id: string): Promise<StatementDocument> {
  const dues = await from(ctx, 'dues')
    .selectAll()
    .where('dues_id', '=', dues_id)
    .where('status', '=', 'open')
    .executeTakeFirst()
  const payment = await from(ctx, 'payments')
    .selectAll()
    .where('dues_id', '=', dues_id)
    .orderBy('attempt', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (dues === undefined || payment === undefined) throw notFound('statement')
  const lines = await getDuesLines(ctx, dues_id)
  const discounts = await getDuesDiscounts(ctx, dues_id)
  const {
    payment: _,
    next_billing_date: __,
    ...owed
  } = await describeInvoice(ctx, { ...dues, lines, discounts }, payment)
  return { ...owed, dues_id, due: dues.total - dues.credit_applied - dues.wallet_applied }
}
