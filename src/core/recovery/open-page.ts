// The customer presses Pay or Continue in the portal or on the page of a pay link: an attempt is written, then the processor's page is opened. However
// often and in however many windows it is pressed, they all lead to the same page.
import { hasEnded, isOverdue, isRunning } from '#billing/status.ts'
import { getCustomer } from '#core/customers/queries.ts'
import { type MethodSetup, openUpdateSetup } from '#core/payment-methods/open-setup.ts'
import { subscriptionPageTerms } from '#core/payment-methods/page-terms.ts'
import { settleMethod } from '#core/payment-methods/settle-method.ts'
import { collectPayment, orUnknown } from '#core/payments/collect-payment.ts'
import { reopenDues } from '#core/payments/open-dues.ts'
import { findOpenDues, getDuesLines, type Payment } from '#core/payments/queries.ts'
import { settlePayment } from '#core/payments/settle-payment.ts'
import { lockDues } from '#core/payments/store.ts'
import { askAgain } from '#core/recovery/ask-again.ts'
import { closeOtherPages } from '#core/recovery/close-open-page.ts'
import { getPayLink, leadToDues, type PayLink } from '#core/recovery/pay-links.ts'
import { assertSameAmount, assertStillOwed, type ShownDues } from '#core/recovery/shown-dues.ts'
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

/** Where a page is opened, and where the processor's page leads back to. */
export interface PagePlace {
  /** Null: the portal. */
  link: PayLink | null
  locale: string
  return_url(begun: { payment_id: string } | { setup_id: string }): string
  /** What the customer saw; not given, whatever is owed is asked for. */
  shown?: ShownDues
  /** The method is for every subscription of the customer that runs and owes nothing. */
  for_all?: boolean
}

/** From the page of a pay link. Does nothing where nothing is owed any more, or another payment is under way. */
export async function openPayPage(ctx: BusinessCtx, pay_link_id: string, locale: string): Promise<OpenedPage> {
  const link = await getPayLink(ctx, pay_link_id)
  return openPage(ctx, link.subscription_id, { link, locale, return_url: () => ctx.urls.payReturn(pay_link_id) })
}

/** One that has ended may still owe its last usage. Throws CONFLICT where something else is owed than was shown. */
export async function openPage(outer: BusinessCtx, subscription_id: string, place: PagePlace): Promise<OpenedPage> {
  await askAgain(outer, subscription_id)
  await closeOtherPages(outer, subscription_id, place.link?.pay_link_id ?? null)
  const { link, shown, for_all = false } = place
  const begun = await inTransaction(outer, async (ctx) => {
    const subscription = await lockSubscription(ctx, subscription_id)
    const { status } = subscription
    if (!isRunning(status) && !hasEnded(status)) return undefined
    if (isOverdue(status) || hasEnded(status)) {
      if (link !== null) await leadToDues(ctx, link)
      return attemptOf(ctx, subscription, place)
    }
    if (link?.purpose === 'dues') return undefined
    await assertStillOwed(ctx, undefined, shown)
    const page = { page_expires_at: pageEnd(ctx), pay_link_id: link?.pay_link_id ?? null, for_all }
    return { subscription, setup: await openUpdateSetup(ctx, subscription, page) }
  })
  if (begun === undefined) return NOTHING
  if ('setup' in begun) return openSetupPage(outer, place, begun.subscription, begun.setup)
  return openPaymentPage(outer, place, begun.subscription, begun.payment)
}

async function attemptOf(ctx: BusinessCtx, subscription: Subscription, { link, shown }: PagePlace) {
  const { subscription_id, billing, metadata } = subscription
  const found = await findOpenDues(ctx, subscription_id)
  await assertStillOwed(ctx, found, shown)
  const open = await from(ctx, 'payments')
    .selectAll()
    .where('subscription_id', '=', subscription_id)
    .where('settled_at', 'is', null)
    .executeTakeFirst()
  if (open !== undefined) return open.origin === 'pay_page' ? { subscription, payment: open } : undefined
  if (found === undefined) return undefined
  const payment = await reopenDues(ctx, await lockDues(ctx, found.dues_id), {
    payment_method_id: null,
    billing,
    metadata,
    origin: 'pay_page',
    page_expires_at: pageEnd(ctx),
    pay_link_id: link?.pay_link_id ?? null,
  })
  assertSameAmount(payment, shown)
  return { subscription, payment }
}

/** The attempt is written; the page of it is opened, or was. */
export async function openPaymentPage(
  ctx: BusinessCtx,
  place: PagePlace,
  subscription: Subscription,
  payment: Payment,
): Promise<OpenedPage> {
  const { payment_id, processor, action_url } = payment
  if (action_url !== null) return { payment_id, url: action_url }
  if (processor === null) {
    await collectPayment(ctx, payment_id)
    return { payment_id, url: undefined }
  }
  const [line] = await getDuesLines(ctx, payment.dues_id)
  const request = await requestOf(ctx, place, subscription, {
    return_url: place.return_url({ payment_id }),
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
  place: PagePlace,
  subscription: Subscription,
  setup: MethodSetup,
): Promise<OpenedPage> {
  if (setup.action_url !== null) return { ...NOTHING, url: setup.action_url }
  const request = await requestOf(ctx, place, subscription, {
    return_url: place.return_url({ setup_id: setup.setup_id }),
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
  { locale, link }: PagePlace,
  subscription: Subscription,
  asked: Pick<HostedPageRequest, 'key' | 'amount' | 'currency' | 'description' | 'return_url'>,
): Promise<HostedPageRequest> {
  const { customer_id, billing, status } = subscription
  const { email, name } = await getCustomer(ctx, customer_id)
  return {
    ...asked,
    ...(await subscriptionPageTerms(ctx, subscription, link?.allowed_payment_method_types ?? null)),
    business_id: ctx.business.business_id,
    business_name: ctx.business.name,
    customer: { customer_id, email, name, country: billing.country },
    locale,
    save_method: !hasEnded(status),
  }
}

/** A page nobody finished is closed after a day. */
function pageEnd(ctx: BusinessCtx): Temporal.Instant {
  return ctx.wall.now().add({ hours: 24 })
}
