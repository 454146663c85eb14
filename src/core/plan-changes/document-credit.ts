// The credit note of a plan change that gives back more than it charges.
import { type CreditedLine, creditOfChange } from '#billing/credit-note.ts'
import { issueCreditNote } from '#core/invoices/issue-credit-note.ts'
import { grossOf } from '#core/payments/queries.ts'
import type { ChangeDuesLine } from '#core/plan-changes/change-lines.ts'
import type { PlanChangeRow } from '#core/plan-changes/store.ts'
import { from } from '#core/scope.ts'
import { readPeriodValues } from '#core/subscriptions/period-values.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Documents what was paid and is credited now; a gift of the merchant belongs to no invoice. The last statement of the change. */
export async function documentCredit(
  ctx: BusinessCtx,
  change: PlanChangeRow,
  lines: readonly ChangeDuesLine[],
  gift: number,
): Promise<void> {
  const { change_id, subscription_id } = change
  const payment_id = await findPaymentOfPeriod(ctx, subscription_id)
  if (payment_id === undefined) return
  const taxed = lines.map((line) => ({ ...line, gross: grossOf(line) }))
  await issueCreditNote(
    ctx,
    { reason_key: `change:${change_id}`, payment_id, change_id, given_to: { type: 'credit' }, reason: null },
    () => creditOfChange(taxed, gift).map((credited) => ({ ...credited, line: invoiceLine(credited.line, change) })),
  )
}

/** The payment that the running period was paid with. */
async function findPaymentOfPeriod(ctx: BusinessCtx, subscription_id: string): Promise<string | undefined> {
  const dues_id = (await readPeriodValues(ctx, subscription_id)).find((value) => value.dues_id !== null)?.dues_id
  let query = from(ctx, 'payments')
    .select('payment_id')
    .where('subscription_id', '=', subscription_id)
    .where('applied', '=', true)
    .orderBy('settled_at', 'desc')
    .limit(1)
  if (dues_id != null) query = query.where('dues_id', '=', dues_id)
  return (await query.executeTakeFirst())?.payment_id
}

function invoiceLine(line: ChangeDuesLine, { effective_at, period_end }: PlanChangeRow): CreditedLine['line'] {
  const { description, quantity, unit_price, amount, tax, tax_rate, tax_name, tax_inclusive } = line
  return {
    description,
    quantity,
    tax_name,
    tax_inclusive,
    discount: 0,
    unit_price: Math.abs(unit_price),
    amount: 0 - amount,
    tax: 0 - tax,
    tax_rate,
    period_start: effective_at.toString(),
    period_end: period_end.toString(),
  }
}
