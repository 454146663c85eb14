import { type Customer, getCustomer } from '#core/customers/queries.ts'
import type { Dispute } from '#core/disputes/queries.ts'
import { providerOf } from '#core/payments/payment-details.ts'
import { getPayment } from '#core/payments/queries.ts'
import { from } from '#core/scope.ts'
import type { Processor } from '#processors/processor.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export type DisputeWhole = Dispute & { customer: Customer; provider: Processor['provider'] }

/** A dispute with whose payment it is about. */
export async function getDispute(ctx: BusinessCtx, dispute_id: string): Promise<DisputeWhole> {
  const dispute = await from(ctx, 'disputes').selectAll().where('dispute_id', '=', dispute_id).executeTakeFirst()
  if (dispute === undefined) throw notFound('dispute')
  const { customer_id } = await getPayment(ctx, dispute.payment_id)
  const customer = await getCustomer(ctx, customer_id)
  return { ...dispute, customer, provider: providerOf(ctx, dispute.processor) }
}
