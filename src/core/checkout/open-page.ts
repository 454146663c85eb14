// Phases two and three of an attempt on the processor's page, and what the browser learns when it comes back.
import type { Buyer, NextStep } from '#core/checkout/begin-payment.ts'
import { findCheckoutPayment, getCheckout } from '#core/checkout/queries.ts'
import type { Attempt } from '#core/checkout/write-attempt.ts'
import { getCustomer } from '#core/customers/queries.ts'
import { checkoutPageTerms } from '#core/payment-methods/page-terms.ts'
import { reconcileSetup, settleMethod } from '#core/payment-methods/settle-method.ts'
import { orUnknown } from '#core/payments/collect-payment.ts'
import { getDuesLines, getPayment } from '#core/payments/queries.ts'
import { reconcilePayment } from '#core/payments/reconcile-payment.ts'
import { settlePayment } from '#core/payments/settle-payment.ts'
import { from } from '#core/scope.ts'
import type { HostedPageRequest } from '#processors/processor.ts'
import { type BusinessCtx, processorFor } from '#src/context.ts'

export async function openPage(
  ctx: BusinessCtx,
  checkout_id: string,
  attempt: Exclude<Attempt, { type: 'done' }>,
  buyer: Buyer,
): Promise<NextStep> {
  return attempt.type === 'payment'
    ? openPaymentPage(ctx, checkout_id, attempt.payment_id, buyer)
    : openSetupPage(ctx, checkout_id, attempt.setup_id, buyer)
}

async function openPaymentPage(
  ctx: BusinessCtx,
  checkout_id: string,
  payment_id: string,
  buyer: Buyer,
): Promise<NextStep> {
  const payment = await getPayment(ctx, payment_id)
  const [line] = await getDuesLines(ctx, payment.dues_id)
  const request = await pageRequest(ctx, checkout_id, payment.customer_id, buyer, {
    key: payment.processor_key,
    amount: payment.total_amount,
    currency: payment.currency,
    description: line?.description ?? ctx.business.name,
    save_method: payment.subscription_id !== null,
  })
  const outcome = await orUnknown(() => processorFor(ctx).openPayment(request))
  return stepOf(await settlePayment(ctx, payment_id, outcome))
}

async function openSetupPage(ctx: BusinessCtx, checkout_id: string, setup_id: string, buyer: Buyer): Promise<NextStep> {
  const setup = await from(ctx, 'method_setups').selectAll().where('setup_id', '=', setup_id).executeTakeFirstOrThrow()
  const { currency } = await getCheckout(ctx, checkout_id)
  const request = await pageRequest(ctx, checkout_id, setup.customer_id, buyer, {
    key: setup.processor_key,
    amount: 0,
    currency,
    description: ctx.business.name,
    save_method: true,
  })
  const outcome = await orUnknown(() => processorFor(ctx).openSetup(request))
  return stepOf(await settleMethod(ctx, setup_id, outcome))
}

async function pageRequest(
  ctx: BusinessCtx,
  checkout_id: string,
  customer_id: string,
  buyer: Buyer,
  asked: Pick<HostedPageRequest, 'key' | 'amount' | 'currency' | 'description' | 'save_method'>,
): Promise<HostedPageRequest> {
  const { email, name } = await getCustomer(ctx, customer_id)
  return {
    ...asked,
    ...(await checkoutPageTerms(ctx, await getCheckout(ctx, checkout_id))),
    business_id: ctx.business.business_id,
    business_name: ctx.business.name,
    customer: { customer_id, email, name, country: buyer.billing.country },
    return_url: ctx.urls.checkoutReturn(checkout_id),
    locale: buyer.locale,
  }
}

export function stepOf(row: { settled_at: Temporal.Instant | null; action_url: string | null }): NextStep {
  if (row.settled_at !== null) return { type: 'done' }
  return row.action_url === null ? { type: 'checking' } : { type: 'page', url: row.action_url }
}

/** The browser is back from the processor's page: ask what became of the attempt, never believe the address. */
export async function returnFromPage(ctx: BusinessCtx, checkout_id: string): Promise<void> {
  const payment = await findCheckoutPayment(ctx, checkout_id)
  if (payment !== undefined) {
    await reconcilePayment(ctx, payment.payment_id)
    return
  }
  const setup = await from(ctx, 'method_setups')
    .select('setup_id')
    .where('checkout_id', '=', checkout_id)
    .where('settled_at', 'is', null)
    .executeTakeFirst()
  if (setup !== undefined) await reconcileSetup(ctx, setup.setup_id)
}
