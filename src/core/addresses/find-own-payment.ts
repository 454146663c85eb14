import type { Reader } from '#core/addresses/find-reader.ts'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { findPayment } from '#core/payments/queries.ts'
import { findRecordOfAddress } from '#core/unscoped/by-address.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

/** The business whose papers of this payment are the address's. Anybody else's payment is not there: NOT_FOUND. */
export async function businessOfOwnPayment(
  { ctx, email_key }: Reader,
  business_id: string,
  payment_id: string,
): Promise<BusinessCtx> {
  const record = await findRecordOfAddress(ctx, email_key, { business_id })
  if (record === undefined) throw notFound('invoice')
  const business = await getBusinessCtx(ctx, business_id)
  const payment = await findPayment(business, payment_id)
  if (payment === undefined) throw notFound('invoice')
  const owner = { business_id, customer_id: payment.customer_id }
  if ((await findRecordOfAddress(ctx, email_key, owner)) === undefined) throw notFound('invoice')
  return business
}
