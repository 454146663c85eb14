import { isOverdue, isRunning } from '#billing/status.ts'
import { findCustomer } from '#core/customers/queries.ts'
import { assertOffered } from '#core/payment-methods/allowed-types.ts'
import { hasOpenPayment } from '#core/payments/queries.ts'
import { closeOpenPage } from '#core/recovery/close-open-page.ts'
import { openPayPage } from '#core/recovery/open-page.ts'
import { createPayLink, type PayLink } from '#core/recovery/pay-links.ts'
import { lockSubscription } from '#core/subscriptions/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/**
 * A link to a page on which the customer enters another method: what is owed is paid with it, and `payment_id` says which payment that
 * is; where nothing is owed, it pays from the next renewal on. Earlier pages take nothing any more. Throws SUBSCRIPTION_INACTIVE where
 * the subscription has ended, PREVIOUS_PAYMENT_PENDING while a payment of it is undecided, NO_ELIGIBLE_PAYMENT_METHODS.
 */
export async function requestNewMethod(
  outer: BusinessCtx,
  subscription_id: string,
  { return_url, allowed_types }: { return_url: string | null; allowed_types: readonly string[] | null },
): Promise<{ link: PayLink; payment_id: string | null }> {
  await closeOpenPage(outer, subscription_id)
  const { link, customer_id } = await inTransaction(outer, async (ctx) => {
    const subscription = await lockSubscription(ctx, subscription_id)
    const { status, customer_id, currency, billing } = subscription
    if (!isRunning(status)) throw new AppError('SUBSCRIPTION_INACTIVE')
    if (await hasOpenPayment(ctx, subscription_id)) throw new AppError('PREVIOUS_PAYMENT_PENDING')
    assertOffered(ctx, { currency, country: billing.country, allowed_types })
    const purpose = isOverdue(status) ? 'dues' : 'method'
    return { link: await createPayLink(ctx, subscription, { purpose, return_url, allowed_types }), customer_id }
  })
  if (link.purpose === 'method') return { link, payment_id: null }
  const locale = (await findCustomer(outer, customer_id))?.locale ?? 'en'
  const { payment_id } = await openPayPage(outer, link.pay_link_id, locale)
  return { link, payment_id: payment_id ?? null }
}
