// Back from the processor's page of one subscription, or looking again: the processor is asked, the address is not believed.
import { getOwnSetup } from '#core/payment-methods/add-method.ts'
import { getPayment } from '#core/payments/queries.ts'
import { askAgain } from '#core/recovery/ask-again.ts'
import { viewDues } from '#core/recovery/describe-owed.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import type { Notice } from '#portal/notice.tsx'
import { ownSubscription } from '#portal/own-subscription.ts'
import type { AppContext } from '#src/app-env.ts'
import { notFound } from '#src/errors.ts'

export async function comeBack(c: AppContext) {
  const { ctx } = c.var.visitor
  const { subscription_id } = await ownSubscription(c)
  const begun = await whatWasBegun(c, subscription_id)
  await askAgain(ctx, subscription_id)
  const subscription = await getSubscription(ctx, subscription_id)
  const { state } = await viewDues(ctx, subscription)
  if (state === 'checking') return toMethodPage(c, subscription_id)
  // Whatever was begun, nothing is owed any more.
  if (begun === 'payment') {
    if (state === 'owed') return toMethodPage(c, subscription_id, 'payment_left')
    return toSubscription(c, subscription_id, subscription.status === 'active' ? 'dues_paid' : 'dues_settled')
  }
  if (begun === undefined)
    return state === 'owed' ? toMethodPage(c, subscription_id) : toSubscription(c, subscription_id)
  const { status, for_all } = await getOwnSetup(ctx, subscription.customer_id, begun)
  if (state === 'owed') return toMethodPage(c, subscription_id, 'changed_meanwhile')
  if (status !== 'succeeded') return toMethodPage(c, subscription_id, 'method_not_added')
  return toSubscription(c, subscription_id, for_all ? 'method_changed_for_all' : 'method_changed')
}

/** A payment, a set-up by its id, or nothing that the address names. Somebody else's is not there. */
async function whatWasBegun(c: AppContext, subscription_id: string): Promise<'payment' | string | undefined> {
  const { ctx, customer } = c.var.visitor
  const { payment_id, setup_id } = c.req.query()
  if (payment_id !== undefined) {
    const payment = await getPayment(ctx, payment_id)
    if (payment.subscription_id !== subscription_id) throw notFound('payment')
    return 'payment'
  }
  if (setup_id === undefined) return undefined
  const setup = await getOwnSetup(ctx, customer.customer_id, setup_id)
  if (setup.subscription_id !== subscription_id) throw notFound('method set-up')
  return setup_id
}

export function toSubscription(c: AppContext, subscription_id: string, done?: Notice) {
  const { ctx } = c.var.visitor
  const { business_id } = ctx.business
  const query = done === undefined ? undefined : { done }
  return c.redirect(ctx.urls.portal.subscription(business_id, subscription_id, query), 303)
}

export function toMethodPage(c: AppContext, subscription_id: string, done?: Notice) {
  const { ctx } = c.var.visitor
  const { business_id } = ctx.business
  const query = done === undefined ? undefined : { done }
  return c.redirect(ctx.urls.portal.subscriptionPaymentMethod(business_id, subscription_id, query), 303)
}
