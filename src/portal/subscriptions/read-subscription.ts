// All that the page of one subscription is drawn from.
import { hasEnded } from '#billing/status.ts'
import { listHistory } from '#core/billing-history/list-history.ts'
import { getSettings } from '#core/businesses/queries.ts'
import { listProductNames } from '#core/catalog/queries.ts'
import { listCustomerKeys } from '#core/licenses/customer-keys.ts'
import { listPaymentMethods } from '#core/payment-methods/queries.ts'
import { listBilling } from '#core/payments/list-billing.ts'
import { findPendingChange } from '#core/plan-changes/queries.ts'
import { canUndoPlanChange } from '#core/plan-changes/undo-plan-change.ts'
import { findPendingQuote } from '#core/quotes/queries.ts'
import { listRefunds } from '#core/refunds/queries.ts'
import { previewResumption } from '#core/subscriptions/preview-resumption.ts'
import {
  countByStatus,
  listDeeds,
  type NextPayment,
  readItems,
  readNextPayments,
  type SubscriptionListed,
} from '#core/subscriptions/queries.ts'
import type { Translator } from '#i18n/translator.ts'
import { billingRows } from '#portal/billing-history/billing-rows.ts'
import { cancellationOptions } from '#portal/cancellation/cancellation-options.ts'
import { LATEST_KEYS } from '#portal/license-keys/latest-keys.tsx'
import { noticeOf } from '#portal/notice.tsx'
import { orLogged } from '#portal/or-logged.ts'
import { openDues } from '#portal/overview/tell-dues.ts'
import type { PauseOptions } from '#portal/pausing/pause-form.tsx'
import { pauseOptions } from '#portal/pausing/pause-options.ts'
import { portalPage } from '#portal/portal-page.ts'
import type { PlanExtras } from '#portal/subscriptions/plan-lines.tsx'
import type { Waiting } from '#portal/subscriptions/standing.tsx'
import type { BillingInformation } from '#portal/subscriptions/subscription-details.tsx'
import type { SubscriptionPageProps } from '#portal/subscriptions/subscription-page.tsx'
import { othersOf, type SummaryFacts, summarize } from '#portal/subscriptions/summarize.ts'
import { happenedTo, productsOf, toldActions } from '#portal/subscriptions/tell-timeline.ts'
import { upcomingFor } from '#portal/subscriptions/tell-upcoming.ts'
import { trueNotice } from '#portal/subscriptions/true-notice.ts'
import { tellUsage } from '#portal/usage/tell-usage.ts'
import type { AppContext } from '#src/app-env.ts'
import type { BusinessCtx } from '#src/context.ts'
import { paymentMethodName } from '#ui/components/payment-method.tsx'

/** Of what happened; the payments before that are in the billing history. */
const LATEST_DEEDS = 15
const LATEST = 6

export async function readSubscriptionProps(
  c: AppContext,
  subscription: SubscriptionListed,
): Promise<Omit<SubscriptionPageProps, 'page'>> {
  const { ctx } = c.var.visitor
  const { customer_id, subscription_id } = subscription
  const [facts, pause, dues] = await Promise.all([
    readFacts(ctx, subscription),
    pauseOptions(ctx, subscription),
    openDues(ctx, customer_id, subscription_id),
  ])
  const waiting = await readWaiting(ctx, subscription, { pause, next: facts.next })
  const summary = summarize(subscription, facts)
  const [story, items, cancellation, usage, license_keys, history] = await Promise.all([
    readStory(ctx, subscription, facts, portalPage(c).i18n),
    readItems(ctx, subscription),
    cancellationOptions(c, subscription),
    tellUsage(ctx, subscription),
    orLogged(c, listCustomerKeys(ctx, customer_id, { subscription_id }, LATEST_KEYS)),
    orLogged(
      c,
      listHistory(
        ctx,
        { customer_id: subscription.customer_id, subscription_id },
        { page_number: 0, page_size: LATEST + 1 },
      ),
    ),
  ])
  return {
    now: ctx.clock.now(),
    notice: trueNotice(noticeOf(c.req.query('done')), subscription),
    subscription: summary,
    ...{ dues, waiting, cancellation, pause, usage },
    lines: items.map(({ description, quantity, unit_price }) => ({ name: description, quantity, unit_price })),
    extras: extrasOf(subscription, facts.next.get(subscription_id)),
    billing: billingOf(c, subscription),
    upcoming: upcomingFor(subscription, { summary, dues, waiting }),
    happened: story.slice(0, LATEST_DEEDS),
    has_more_happened: story.length > LATEST_DEEDS,
    license_keys,
    billing_history: history === null ? null : billingRows(history.slice(0, LATEST)),
    has_more_history: (history?.length ?? 0) > LATEST,
  }
}

async function readFacts(ctx: BusinessCtx, subscription: SubscriptionListed): Promise<SummaryFacts> {
  const { customer_id, status } = subscription
  const ended = hasEnded(status)
  const [methods, next, settings, others] = await Promise.all([
    listPaymentMethods(ctx, customer_id),
    readNextPayments(ctx, [subscription]),
    getSettings(ctx),
    ended ? countByStatus(ctx, customer_id) : new Map<SubscriptionListed['status'], number>(),
  ])
  return { methods, next, others: othersOf(others.keys(), settings) }
}

interface Ahead {
  pause: PauseOptions
  next: SummaryFacts['next']
}

async function readWaiting(
  ctx: BusinessCtx,
  subscription: SubscriptionListed,
  { pause, next }: Ahead,
): Promise<Waiting> {
  const { subscription_id, status, cancel_at_next_billing_date: ends } = subscription
  const [change, quoted, undoable_change] = await Promise.all([
    findPendingChange(ctx, subscription_id),
    findPendingQuote(ctx, subscription_id),
    canUndoPlanChange(ctx, subscription),
  ])
  const quote_id = quoted?.quote_id ?? null
  const link = quoted?.pay_link_id ?? null
  const paid_at = link === null ? null : ctx.urls.pay(link)
  const href =
    quote_id === null ? paid_at : ctx.urls.portal.planQuote(ctx.business.business_id, subscription_id, quote_id)
  const dates = status === 'paused' && pause.may_resume ? previewResumption(ctx, subscription) : undefined
  const amount = next.get(subscription_id)?.amount ?? null
  return {
    pending_change: change === undefined ? null : { ...change, href },
    undoable_change,
    resumption: dates === undefined ? null : { next_billing_date: dates.next_billing_date, amount, ends },
  }
}

async function readStory(
  ctx: BusinessCtx,
  subscription: SubscriptionListed,
  { methods }: SummaryFacts,
  i18n: Translator,
) {
  const { subscription_id } = subscription
  // One more says whether there was more.
  const page = { page_number: 0, page_size: LATEST_DEEDS + 1 }
  const [payments, refunds, deeds] = await Promise.all([
    listBilling(ctx, { subscription_id }, page),
    listRefunds(ctx, { subscription_id, status: 'succeeded' }, page),
    listDeeds(ctx, subscription_id, toldActions, LATEST_DEEDS + 1),
  ])
  const products = await listProductNames(ctx, productsOf(deeds))
  const saved = methods.map((method) => [method.payment_method_id, paymentMethodName(i18n, method)] as const)
  return happenedTo(ctx, subscription, { payments, refunds, deeds, names: new Map([...products, ...saved]) })
}

/** Of the plan as it is; what one it changes to costs is told with that. */
function extrasOf({ discounts }: SubscriptionListed, next: NextPayment | undefined): PlanExtras {
  const priced = next === undefined || next.change !== null ? undefined : next
  return {
    discounts: discounts.map(({ discount_id, code, type, amount, cycles_remaining }) => ({
      code,
      amount: priced?.discounts?.find((taken) => taken.discount_id === discount_id)?.amount ?? 0,
      percentage: type === 'percentage' ? amount : null,
      periods_left: cycles_remaining,
    })),
    tax_added: priced?.tax_added ?? 0,
    tax_included: priced === undefined ? 0 : (priced.tax ?? 0) - (priced.tax_added ?? 0),
  }
}

function billingOf(c: AppContext, subscription: SubscriptionListed): BillingInformation {
  const { name, email, phone_number } = c.var.visitor.customer
  const { billing, customer_business_name: business_name, tax_id } = subscription
  return { name, email, phone_number, business_name, tax_id, ...billing }
}
