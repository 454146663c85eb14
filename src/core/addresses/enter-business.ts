import type { Reader } from '#core/addresses/find-reader.ts'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { grantCustomer } from '#core/sessions/open-session.ts'
import { findRecordOfAddress } from '#core/unscoped/by-address.ts'
import { inTransaction } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

/**
 * From everything an address has into one business's portal, without signing in again. Throws NOT_FOUND for what is not the address's. The
 * oldest customer there, unless one is named.
 */
export async function enterBusiness(
  { ctx: outer, session_id, email_key, proven_at }: Reader,
  place: { business_id: string; customer_id?: string | undefined },
): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const record = await findRecordOfAddress(ctx, email_key, place)
    if (record === undefined) throw notFound('business')
    const business = await getBusinessCtx(ctx, record.business_id)
    await grantCustomer(business, session_id, {
      customer_id: record.customer_id,
      return_url: null,
      proven_email_key: email_key,
      granted_at: proven_at,
      by: 'address',
    })
  })
}
