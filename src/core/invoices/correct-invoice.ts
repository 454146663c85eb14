// Details of an invoice that were wrong: a document of its own series says how they should have been. Amounts never change.
import type { CorrectionDocument } from '#billing/credit-note.ts'
import type { InvoiceParty } from '#billing/invoice.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { postalLines, takeNumber } from '#core/invoices/issue-invoice.ts'
import { findCorrection, findInvoice, type IssuedCorrection } from '#core/invoices/queries.ts'
import { getPayment } from '#core/payments/queries.ts'
import { lockPayment } from '#core/payments/store.ts'
import { owned } from '#core/scope.ts'
import type { BillingAddress } from '#db/json-types.ts'
import { json } from '#db/temporal.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'
import { newId } from '#src/ids.ts'

/** What is left out stays; null clears it. */
export interface InvoiceDetails {
  name?: string
  /** Stands on an invoice only beside a tax id. */
  customer_business_name?: string | null
  /** Clearing it clears the name of the business. */
  tax_id?: string | null
  /** The country and what else decided the tax stays what it was. */
  billing?: BillingAddress
}

/**
 * Corrects who was billed, on top of earlier corrections; the same details again are the same correction. Throws NOT_FOUND where
 * nothing was invoiced, INVALID_REQUEST_PARAMETERS for another country and for a business name without a tax id.
 */
export async function correctInvoice(
  outer: BusinessCtx,
  payment_id: string,
  details: InvoiceDetails,
): Promise<IssuedCorrection> {
  return inTransaction(outer, async (ctx) => {
    await lockPayment(ctx, payment_id)
    const invoice = await findInvoice(ctx, payment_id)
    if (invoice === undefined) throw notFound('invoice')
    const earlier = await findCorrection(ctx, payment_id)
    const before = (earlier?.document ?? invoice.document).customer
    const customer = corrected(before, details)
    await assertTaxStays(ctx, payment_id, details.billing)
    if (earlier !== undefined && sameParty(before, customer)) return earlier
    const { invoice_id, customer_id } = invoice
    const correction_id = newId('invoice_correction', ctx.wall.now().epochMilliseconds)
    await recordAudit(ctx, {
      action: 'invoice.corrected',
      resource_id: invoice_id,
      customer_id,
      details: { correction_id },
    })
    const issued_at = ctx.clock.now()
    const number = await takeNumber(ctx, 'correction')
    const document: CorrectionDocument = {
      ...invoice.document,
      number,
      issued_at: issued_at.toString(),
      original: { number: invoice.number, issued_at: invoice.issued_at.toString() },
      customer,
      billing: details.billing ?? earlier?.document.billing,
    }
    await ctx.db
      .insertInto('invoice_corrections')
      .values({ ...owned(ctx), correction_id, number, invoice_id, customer_id, issued_at, document: json(document) })
      .execute()
    return { correction_id, number, customer_id, document }
  })
}

function corrected(before: InvoiceParty, details: InvoiceDetails): InvoiceParty {
  const { name = before.name, tax_id = before.tax_id, customer_business_name = before.legal_name, billing } = details
  if (details.customer_business_name != null && tax_id === null) {
    throw new AppError('INVALID_REQUEST_PARAMETERS', {
      message: 'A business name needs a tax id beside it',
      field: 'customer_business_name',
    })
  }
  return {
    ...before,
    name,
    tax_id,
    legal_name: tax_id === null ? null : customer_business_name,
    address: billing === undefined ? before.address : postalLines(billing),
  }
}

/** Where the buyer lives decided the tax that was charged. */
async function assertTaxStays(
  ctx: BusinessCtx,
  payment_id: string,
  billing: BillingAddress | undefined,
): Promise<void> {
  if (billing === undefined) return
  const { billing: billed } = await getPayment(ctx, payment_id)
  const fixed = (['country', 'state', 'zipcode'] as const).find(
    (field) => billed[field] !== null && billed[field] !== billing[field],
  )
  if (fixed === undefined) return
  throw new AppError('INVALID_REQUEST_PARAMETERS', {
    message: `${fixed} decided the tax and cannot be corrected`,
    field: fixed,
  })
}

function sameParty(a: InvoiceParty, b: InvoiceParty): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
