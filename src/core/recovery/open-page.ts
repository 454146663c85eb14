// The customer presses Pay or Continue on the page of a pay link: an attempt is written, then the processor's page is opened. However
// often and in however many windows it is pressed, they all lead to the same page.
import { hasEnded, isOverdue, isRunning } from '#billing/status.ts'
import { getCustomer } from '#core/customers/queries.ts'
import { openUpdateSetup } from '#core/payment-methods/open-setup.ts'
import { reconcileSetup, settleMethod } from '#core/payment-methods/settle-method.ts'
import { collectPayment, orUnknown } from '#core/payments/collect-payment.ts'
import { reopenDues } from '#core/payments/open-dues.ts'
import { findOpenDues, getDuesLines, type Payment } from '#core/payments/queries.ts'
import { reconcilePayment } from '#core/payments/reconcile-payment.ts'
import { settlePayment } from '#core/payments/settle-payment.ts'
import { lockDues } from '#core/payments/store.ts'
import { getPayLink, leadToDues, type PayLink } from '#core/recovery/pay-links.ts'
import { from } from '#core/scope.ts'
import { lockSubscription, type Subscription } from '#core/subscriptions/store.ts'
import type { HostedPageRequest } from '#processors/processor.ts'
import { type BusinessCtx, inTransaction, processorFor, processorNamed } from '#src/context.ts'

export interface OpenedPage {
  /** Of what is owed; undefined where a method is only saved. */
  payment_id: string | undefined
  /** The processor's page; undefined where nothing is left to do there, or nobody knows yet. */
  url: string | undefined
}

const NOTHING: OpenedPage = { payment_id: undefined, url: undefined }

/** Does nothing where nothing is owed any more, or another payment is under way. One that has ended may still owe its last usage. */
export async function openPayPage(outer: BusinessCtx, pay_link_id: string, locale: string): Promise<OpenedPage> {
  await returnToPayLink(outer, pay_link_id)
  const link = await getPayLink(outer, pay_link_id)
  const begun = await inTransaction(outer, async (ctx) => {
    const subscription = await lockSubscription(ctx, link.subscription_id)
    const { status } = subscription
    if (!isRunning(status) && !hasEnded(status)) return undefined
    if (isOverdue(status) || hasEnded(status)) {
      await leadToDues(ctx, link)
      return attemptOf(ctx, subscription)
    }
    if (link.purpose === 'dues') return undefined
    return { subscription, setup: await openUpdateSetup(ctx, subscription, pageEnd(ctx), pay_link_id) }
  })
  if (begun === undefined) return NOTHING
  if ('setup' in begun) return openSetupPage(outer, link, begun.subscription, begun.setup, locale)
  return openPaymentPage(outer, link, begun.subscription, begun.payment, locale)
}

async function attemptOf(ctx: BusinessCtx, subscription: Subscription) {
  const { subscription_id, billing, metadata } = subscription
  const open = await from(ctx, 'payments')
    .selectAll()
    .where('subscription_id', '=', subscription_id)
    .where('settled_at', 'is', null)
    .executeTakeFirst()
  if (open !== undefined) return open.origin === 'pay_page' ? { subscription, payment: open } : undefined
  const found = await findOpenDues(ctx, subscription_id)
  if (found === undefined) return undefined
  const dues = await lockDues(ctx, found.dues_id)
  const payment = await reopenDues(ctx, dues, {
    payment_method_id: null,
    billing,
    metadata,
    origin: 'pay_page',
    page_expires_at: pageEnd(ctx),
  })
  return { subscription, payment }
}

async function openPaymentPage(
  ctx: BusinessCtx,
  link: PayLink,
  subscription: Subscription,
  payment: Payment,
  locale: string,
): Promise<OpenedPage> {
  const { payment_id, processor, action_url } = payment
  if (action_url !== null) return { payment_id, url: action_url }
  if (processor === null) {
    await collectPayment(ctx, payment_id)
    return { payment_id, url: undefined }
  }
  const [line] = await getDuesLines(ctx, payment.dues_id)
  const request = await requestOf(ctx, link, subscription, locale, {
    key: payment.processor_key,
    amount: payment.total_amount,
    currency: payment.currency,
    description: line?.description ?? ctx.business.name,
  })
  const outcome = await orUnknown(() => processorNamed(ctx, processor).openPayment(request))
  const settled = await settlePayment(ctx, payment_id, outcome)
  return { payment_id, url: settled.action_url ?? undefined }
}

async function openSetupPage(
  ctx: BusinessCtx,
  link: PayLink,
  subscription: Subscription,
  setup: Awaited<ReturnType<typeof openUpdateSetup>>,
  locale: string,
): Promise<OpenedPage> {
  if (setup.action_url !== null) return { ...NOTHING, url: setup.action_url }
  const request = await requestOf(ctx, link, subscription, locale, {
    key: setup.processor_key,
    amount: 0,
    currency: subscription.currency,
    description: ctx.business.name,
  })
  const outcome = await orUnknown(() => processorFor(ctx).openSetup(request))
  const settled = await settleMethod(ctx, setup.setup_id, outcome)
  return { ...NOTHING, url: settled.action_url ?? undefined }
}

async function requestOf(
  ctx: BusinessCtx,
  { pay_link_id }: PayLink,
  { customer_id, billing, status }: Subscription,
  locale: string,
  asked: Pick<HostedPageRequest, 'key' | 'amount' | 'currency' | 'description'>,
): Promise<HostedPageRequest> {
  const { email, name } = await getCustomer(ctx, customer_id)
  return {
    ...asked,
    business_id: ctx.business.business_id,
    business_name: ctx.business.name,
    customer: { customer_id, email, name, country: billing.country },
    return_url: ctx.urls.payReturn(pay_link_id),
    locale,
    save_method: !hasEnded(status),
  }
}

/** A page nobody finished is closed after a day. */
function pageEnd(ctx: BusinessCtx): Temporal.Instant {
  return ctx.wall.now().add({ hours: 24 })
}

/** The browser is back, or about to begin again: whatever is open is asked about, the address is never believed. */
export async function returnToPayLink(ctx: BusinessCtx, pay_link_id: string): Promise<void> {
  const { subscription_id } = await getPayLink(ctx, pay_link_id)
  const setup = await from(ctx, 'method_setups')
    .select('setup_id')
    .where('subscription_id', '=', subscription_id)
    .where('checkout_id', 'is', null)
    .where('settled_at', 'is', null)
    .where('status', '=', 'requires_customer_action')
    .executeTakeFirst()
  if (setup !== undefined) await reconcileSetup(ctx, setup.setup_id)
  // Opened for the customer, or by the method that was just saved; one that is being charged elsewhere is left alone.
  const payment = await from(ctx, 'payments')
    .select('payment_id')
    .where('subscription_id', '=', subscription_id)
    .where('settled_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb.and([eb('origin', '=', 'pay_page'), eb('status', '=', 'requires_customer_action')]),
        eb('origin', '=', 'method_update'),
        eb('unknown_since', 'is not', null),
      ]),
    )
    .executeTakeFirst()
  if (payment !== undefined) await reconcilePayment(ctx, payment.payment_id)
}
