import { correctInvoice } from '#core/invoices/correct-invoice.ts'
import { findCorrection, findInvoice } from '#core/invoices/queries.ts'
import { getPayment } from '#core/payments/queries.ts'
import { portalPage } from '#portal/portal-page.ts'
import { taxIdProblem } from '#portal/tax-id-problem.ts'
import type { AppContext } from '#src/app-env.ts'
import { notFound } from '#src/errors.ts'
import { type FormErrors, parseForm, type Typed } from '#ui/parse-form.ts'
import { type InvoiceDetailsField, invoiceDetailsForm } from './invoice-details-form.ts'
import { InvoiceDetailsPage } from './invoice-details-page.tsx'

export async function askForDetails(c: AppContext) {
  return draw(c, await readInvoiced(c))
}

/** The same details again are the same correction. */
export async function correctDetails(c: AppContext) {
  const { ctx } = c.var.visitor
  const invoiced = await readInvoiced(c)
  const form = parseForm(invoiceDetailsForm, await c.req.parseBody({ all: true }))
  if (!form.ok) return draw(c, { ...invoiced, typed: form.typed, errors: form.errors })
  const { name, business_name, tax_id, street, city, state, zipcode } = form.values
  const { payment_id, billing } = invoiced
  const problem = taxIdProblem(billing.country ?? '', tax_id, business_name)
  if (problem !== undefined) return draw(c, { ...invoiced, typed: form.values, errors: { tax_id: problem } })
  await correctInvoice(ctx, payment_id, {
    name,
    customer_business_name: business_name || null,
    tax_id: tax_id || null,
    billing: {
      ...billing,
      street: street || null,
      city: city || null,
      state: billing.state ?? (state || null),
      zipcode: billing.zipcode ?? (zipcode || null),
    },
  })
  const { business_id } = ctx.business
  return c.redirect(ctx.urls.portal.payment(business_id, payment_id, { done: 'invoice_corrected' }), 303)
}

/** What was invoiced, with what corrected it last. Somebody else's is not there. */
async function readInvoiced(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const payment_id = c.req.param('payment_id') ?? ''
  const invoice = await findInvoice(ctx, payment_id)
  if (invoice === undefined || invoice.customer_id !== customer.customer_id) throw notFound('invoice')
  const [{ billing }, correction] = await Promise.all([getPayment(ctx, payment_id), findCorrection(ctx, payment_id)])
  const { customer: party, billing: corrected } = { billing: undefined, ...(correction?.document ?? invoice.document) }
  const { street, city, state, zipcode } = corrected ?? billing
  const typed: Typed<InvoiceDetailsField> = {
    name: party.name,
    business_name: party.legal_name ?? '',
    tax_id: party.tax_id ?? '',
    street: street ?? '',
    city: city ?? '',
    state: state ?? '',
    zipcode: zipcode ?? '',
  }
  return { payment_id, number: invoice.number, billing, typed }
}

type Invoiced = Awaited<ReturnType<typeof readInvoiced>> & { errors?: FormErrors<InvoiceDetailsField> }

function draw(c: AppContext, { payment_id, number, billing, typed, errors }: Invoiced) {
  const page = (
    <InvoiceDetailsPage
      page={portalPage(c)}
      payment_id={payment_id}
      invoice_number={number}
      values={typed}
      errors={errors}
      fixed={billing}
    />
  )
  return c.html(page, errors === undefined ? 200 : 422)
}
