// Phases two and three: ask the processor outside any transaction, then settle what it said.
import { sql } from 'kysely'
import pLimit from 'p-limit'
import { descriptorOfPayment } from '#core/brands/with-brands.ts'
import { asksAlways } from '#core/payment-methods/page-terms.ts'
import type { Payment } from '#core/payments/queries.ts'
import { settlePayment } from '#core/payments/settle-payment.ts'
import { from, on } from '#core/scope.ts'
import { inOrder, together } from '#core/together/together.ts'
import type { ChargeRequest, PaymentOutcome, ProcessorCustomer } from '#processors/processor.ts'
import { type BusinessCtx, processorNamed } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

/** Of what a worker has due. Processors refuse whoever asks for more at once; a customer who waits at the screen is not made to queue. */
const CHARGES_AT_ONCE = 100
const queued = pLimit(CHARGES_AT_ONCE)

/**
 * Charges the saved method of a payment that is `processing`. Safe to call again: the key makes it the same charge. `return_url` is where
 * the customer, who is there, comes back from the page on which their bank asks for them.
 */
export async function collectPayment(ctx: BusinessCtx, payment_id: string, return_url?: string): Promise<Payment> {
  const { payment, ...asked } = await readCharge(ctx, payment_id)
  if (payment.settled_at !== null) return payment
  const present = return_url === undefined ? undefined : await readPresence(ctx, payment, return_url)
  if (present === undefined && (await isMissed(ctx, payment))) return settlePayment(ctx, payment_id, MISSED, payment)
  return settlePayment(ctx, payment_id, await charge(ctx, payment, { ...asked, present }), payment)
}

async function charge(ctx: BusinessCtx, payment: Payment, asked: Asked): Promise<PaymentOutcome> {
  if (payment.processor === null) return { status: 'succeeded', reference: '', method: null }
  const { customer, method, description, statement_descriptor, present } = asked
  if (method === undefined) {
    return { status: 'declined', reference: null, code: 'MANDATE_REQUIRED', message: null }
  }
  const ask = () =>
    processorNamed(ctx, method.processor).charge({
      key: payment.processor_key,
      business_id: ctx.business.business_id,
      amount: payment.total_amount,
      currency: payment.currency,
      customer: { ...customer, country: payment.billing.country },
      method: method.processor_reference,
      description: description ?? ctx.business.name,
      statement_descriptor,
      ...(present === undefined ? {} : { present }),
    })
  return orUnknown(() => (ctx.claim === undefined ? ask() : queued(ask)))
}

/** What a processor is told besides the payment's own columns. */
interface Asked {
  customer: Omit<ProcessorCustomer, 'country'>
  /** Undefined where there is none, or none any more. */
  method: { processor: string; processor_reference: string } | undefined
  description: string | null
  statement_descriptor: string | null
  present?: ChargeRequest['present']
}

/** Its holder was there when it was to be charged and the bank had to ask; what got lost then is not made behind their back. */
async function isMissed(ctx: BusinessCtx, payment: Payment): Promise<boolean> {
  if (payment.off_session || payment.processor === null || payment.payment_method_id === null) return false
  return asksAlways(ctx, payment)
}

const MISSED: PaymentOutcome = { status: 'declined', reference: null, code: 'AUTHENTICATION_TIMEOUT', message: null }

async function readPresence(ctx: BusinessCtx, payment: Payment, return_url: string) {
  const challenge = await asksAlways(ctx, payment)
  return { return_url, business_name: ctx.business.name, challenge }
}

/** In one read: the payment, whose it is, what it is charged to, and its first line. */
async function readCharge(ctx: BusinessCtx, payment_id: string): Promise<Asked & { payment: Payment }> {
  const row = await together(ctx, readCharges, payment_id)
  if (row === undefined) throw notFound('payment')
  const { name, email, description, statement_descriptor, charged_at, charged_to, ...payment } = row
  const method =
    charged_at === null || charged_to === null ? undefined : { processor: charged_at, processor_reference: charged_to }
  const customer = { customer_id: payment.customer_id, name, email }
  return { payment, customer, method, description, statement_descriptor }
}

async function readCharges(ctx: BusinessCtx, payment_ids: readonly string[]) {
  const rows = await from(ctx, 'payments')
    .innerJoin('customers', on('customers.customer_id', 'payments.customer_id'))
    .leftJoin('payment_methods', (join) =>
      on(
        'payment_methods.payment_method_id',
        'payments.payment_method_id',
      )(join).on('payment_methods.removed_at', 'is', null),
    )
    .leftJoin('dues_lines', (join) =>
      on('dues_lines.dues_id', 'payments.dues_id')(join).on('dues_lines.position', '=', 0),
    )
    .selectAll('payments')
    .select(['customers.name', 'customers.email', 'dues_lines.description'])
    .select(descriptorOfPayment(ctx).as('statement_descriptor'))
    .select(['payment_methods.processor as charged_at', 'payment_methods.processor_reference as charged_to'])
    .where(sql<boolean>`payments.payment_id = any(${payment_ids})`)
    .execute()
  return inOrder(payment_ids, rows, ({ payment_id }) => payment_id)
}

/** A processor that throws has not said no: whatever it did is unknown until it is asked again. */
export async function orUnknown<T>(ask: () => Promise<T>): Promise<T | { status: 'unknown'; reason: string }> {
  try {
    return await ask()
  } catch (error) {
    return { status: 'unknown', reason: error instanceof Error ? error.message : String(error) }
  }
}
