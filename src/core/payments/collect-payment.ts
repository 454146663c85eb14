// Phases two and three: ask the processor outside any transaction, then settle what it said.
import { getCustomer } from '#core/customers/queries.ts'
import { getDuesLines, getPayment, type Payment } from '#core/payments/queries.ts'
import { settlePayment } from '#core/payments/settle-payment.ts'
import { from } from '#core/scope.ts'
import type { PaymentOutcome } from '#processors/processor.ts'
import { type BusinessCtx, processorNamed } from '#src/context.ts'

/** Charges the saved method of a payment that is `processing`. Safe to call again: the key makes it the same charge. */
export async function collectPayment(ctx: BusinessCtx, payment_id: string): Promise<Payment> {
  const payment = await getPayment(ctx, payment_id)
  if (payment.settled_at !== null) return payment
  return settlePayment(ctx, payment_id, await charge(ctx, payment))
}

async function charge(ctx: BusinessCtx, payment: Payment): Promise<PaymentOutcome> {
  if (payment.processor === null) return { status: 'succeeded', reference: '', method: null }
  const method = await findMethod(ctx, payment)
  if (method === undefined) {
    return { status: 'declined', reference: null, code: 'MANDATE_REQUIRED', message: null }
  }
  const customer = await getCustomer(ctx, payment.customer_id)
  const [line] = await getDuesLines(ctx, payment.dues_id)
  return orUnknown(() =>
    processorNamed(ctx, method.processor).charge({
      key: payment.processor_key,
      business_id: ctx.business.business_id,
      amount: payment.total_amount,
      currency: payment.currency,
      customer: { ...customer, country: payment.billing.country },
      method: method.processor_reference,
      description: line?.description ?? ctx.business.name,
    }),
  )
}

async function findMethod(ctx: BusinessCtx, payment: Payment) {
  if (payment.payment_method_id === null) return undefined
  return from(ctx, 'payment_methods')
    .select(['processor', 'processor_reference'])
    .where('payment_method_id', '=', payment.payment_method_id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
}

/** A processor that throws has not said no: whatever it did is unknown until it is asked again. */
export async function orUnknown<T>(ask: () => Promise<T>): Promise<T | { status: 'unknown'; reason: string }> {
  try {
    return await ask()
  } catch (error) {
    return { status: 'unknown', reason: error instanceof Error ? error.message : String(error) }
  }
}
