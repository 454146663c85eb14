import { getPayment } from '#core/payments/queries.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import type { AppContext } from '#src/app-env.ts'
import { notFound } from '#src/errors.ts'

interface OwnPurchase {
  /** As it stands in addresses. */
  of: { subscription?: string; payment?: string }
  filter: { subscription_id?: string; payment_id?: string }
}

/** The purchase that `?subscription=` or `?payment=` names, or all of them. Somebody else's is not there. */
export async function ownPurchase(c: AppContext): Promise<OwnPurchase> {
  const { ctx, customer } = c.var.visitor
  const subscription = readId(c, 'subscription', /^sub_\w{1,60}$/)
  const payment = readId(c, 'payment', /^pay_\w{1,60}$/)
  if (subscription !== undefined) {
    const { customer_id } = await getSubscription(ctx, subscription)
    if (customer_id !== customer.customer_id) throw notFound('subscription')
    return { of: { subscription }, filter: { subscription_id: subscription } }
  }
  if (payment !== undefined) {
    const { customer_id } = await getPayment(ctx, payment)
    if (customer_id !== customer.customer_id) throw notFound('payment')
    return { of: { payment }, filter: { payment_id: payment } }
  }
  return { of: {}, filter: {} }
}

function readId(c: AppContext, name: 'subscription' | 'payment', shape: RegExp): string | undefined {
  const id = c.req.query(name)
  if (id !== undefined && !shape.test(id)) throw notFound(name)
  return id
}
