// A credit note documents what was given back of an invoice. Its number is the last thing that its transaction takes.
import { type CreditedLine, type CreditNoteDocument, creditNoteLines } from '#billing/credit-note.ts'
import type { InvoiceDocument, InvoiceLine } from '#billing/invoice.ts'
import { takeNumber } from '#core/invoices/issue-invoice.ts'
import { findCorrection, findInvoice } from '#core/invoices/queries.ts'
import { owned } from '#core/scope.ts'
import { json } from '#db/temporal.ts'
import type { BusinessCtx } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export interface NewCreditNote {
  /** Deterministic, so that the same thing is documented once. */
  reason_key: string
  /** Whose invoice it belongs to. */
  payment_id: string
  refund_id?: string
  change_id?: string
  given_to: CreditNoteDocument['given_to']
  reason: string | null
}

/** Writes it with the parties of the invoice, as corrected. Nothing is written where nothing was invoiced or nothing is given back. */
export async function issueCreditNote(
  ctx: BusinessCtx,
  { given_to, reason, payment_id, ...note }: NewCreditNote,
  linesOf: (invoiced: CreditedLine['line'][]) => CreditedLine[],
): Promise<void> {
  const invoice = await findInvoice(ctx, payment_id)
  if (invoice === undefined) return
  const corrected = await findCorrection(ctx, payment_id)
  const { document } = invoice
  const sums = creditNoteLines(linesOf(document.lines.map((line) => ({ ...line, tax_name: taxName(document, line) }))))
  if (sums.total <= 0) return
  const issued_at = ctx.clock.now()
  const number = await takeNumber(ctx, 'credit_note')
  await ctx.db
    .insertInto('credit_notes')
    .values({
      ...owned(ctx),
      credit_note_id: newId('credit_note', ctx.wall.now().epochMilliseconds),
      number,
      invoice_id: invoice.invoice_id,
      customer_id: invoice.customer_id,
      total: sums.total,
      issued_at,
      document: json<CreditNoteDocument>({
        ...(corrected?.document ?? document),
        ...sums,
        number,
        issued_at: issued_at.toString(),
        original: { number: invoice.number, issued_at: invoice.issued_at.toString() },
        credit_applied: 0,
        wallet_applied: 0,
        discounts: [],
        next_billing_date: null,
        given_to,
        reason,
      }),
      ...note,
    })
    .execute()
}

/** As the invoice names the tax of a rate. */
function taxName({ taxes }: InvoiceDocument, { tax_rate }: InvoiceLine): string | null {
  return taxes.find(({ rate }) => rate === tax_rate)?.name ?? null
}
