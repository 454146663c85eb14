// Choosing how a subscription is paid, and paying what it owes.
import { Hono } from 'hono'
import { getOwnMethod } from '#core/payment-methods/queries.ts'
import { spreadMethod } from '#core/payment-methods/spread-method.ts'
import { viewDues } from '#core/recovery/describe-owed.ts'
import { openPage } from '#core/recovery/open-page.ts'
import type { ShownDues } from '#core/recovery/shown-dues.ts'
import type { SubscriptionListed } from '#core/subscriptions/queries.ts'
import { updatePaymentMethod } from '#core/subscriptions/update-payment-method.ts'
import { pageSecurity } from '#door/security-headers.ts'
import { noticeOf } from '#portal/notice.tsx'
import { ownSubscription } from '#portal/own-subscription.ts'
import { methodForm, NEW_METHOD } from '#portal/payment-methods/method-form.ts'
import { readMethodPage } from '#portal/payment-methods/read-method-page.ts'
import { comeBack, toMethodPage, toSubscription } from '#portal/payment-methods/returning.ts'
import { SubscriptionMethodPage } from '#portal/payment-methods/subscription-method-page.tsx'
import { portalPage } from '#portal/portal-page.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { AppError } from '#src/errors.ts'
import { parseForm } from '#ui/parse-form.ts'

export function subscriptionMethodRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  // Entering another one leads to the processor.
  door.use(pageSecurity({ formsStayHere: false }))
  door.get('/', showMethodPage)
  door.post('/', choose)
  door.get('/return', comeBack)
  return door
}

async function showMethodPage(c: AppContext) {
  const props = await readMethodPage(c, await ownSubscription(c))
  return c.html(<SubscriptionMethodPage {...props} notice={noticeOf(c.req.query('done'))} />)
}

async function choose(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const subscription = await ownSubscription(c)
  const form = parseForm(methodForm, await c.req.parseBody({ all: true }))
  const props = await readMethodPage(c, subscription)
  if (!form.ok) {
    return c.html(<SubscriptionMethodPage {...props} notice={null} errors={form.errors} typed={form.typed} />, 422)
  }
  const { payment_method, dues_id } = form.values
  if (payment_method !== NEW_METHOD) await getOwnMethod(ctx, customer.customer_id, payment_method)
  const refused = props.methods.find(({ payment_method_id }) => payment_method_id === payment_method)?.refused ?? null
  if (refused !== null) {
    const errors = { payment_method: refused }
    return c.html(<SubscriptionMethodPage {...props} notice={null} errors={errors} />, 422)
  }
  const shown = {
    dues_id: dues_id === '' ? null : dues_id,
    declined: Number(form.values.times_declined),
    amount: Number(form.values.amount),
  }
  const for_all = form.values.for_all === 'yes'
  return orSayWhy(c, subscription, shown, () =>
    payment_method === NEW_METHOD
      ? enterNew(c, subscription, shown, for_all)
      : useSaved(c, subscription, payment_method, shown, for_all),
  )
}

async function enterNew(c: AppContext, { subscription_id }: SubscriptionListed, shown: ShownDues, for_all: boolean) {
  const { ctx } = c.var.visitor
  const { business_id } = ctx.business
  const { url } = await openPage(ctx, subscription_id, {
    link: null,
    locale: portalPage(c).i18n.locale,
    return_url: (begun) => ctx.urls.portal.subscriptionPaymentMethodReturn(business_id, subscription_id, begun),
    shown,
    for_all,
  })
  return c.redirect(url ?? ctx.urls.portal.subscriptionPaymentMethodReturn(business_id, subscription_id), 303)
}

async function useSaved(
  c: AppContext,
  subscription: SubscriptionListed,
  payment_method_id: string,
  shown: ShownDues,
  for_all: boolean,
) {
  const { ctx } = c.var.visitor
  const { subscription_id, customer_id } = subscription
  if (shown.dues_id === null) {
    if (subscription.payment_method_id !== payment_method_id) {
      await updatePaymentMethod(ctx, subscription_id, payment_method_id, { shown })
    }
    if (for_all) await spreadMethod(ctx, customer_id, payment_method_id)
    return toSubscription(c, subscription_id, for_all ? 'method_changed_for_all' : 'method_changed')
  }
  const payment = await updatePaymentMethod(ctx, subscription_id, payment_method_id, {
    shown,
    return_url: (payment_id) =>
      ctx.urls.portal.subscriptionPaymentMethodReturn(ctx.business.business_id, subscription_id, { payment_id }),
  })
  if (payment?.action_url != null) return c.redirect(payment.action_url, 303)
  if (payment?.status === 'failed') return toMethodPage(c, subscription_id, 'payment_declined')
  if (payment?.status !== 'succeeded') return toMethodPage(c, subscription_id)
  return toSubscription(c, subscription_id, 'dues_paid')
}

/** What somebody else did meanwhile, another tab or the bank, is told on the page as it is now. */
async function orSayWhy(
  c: AppContext,
  { subscription_id }: SubscriptionListed,
  shown: ShownDues,
  act: () => Promise<Response>,
): Promise<Response> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof AppError) || !told.has(error.code)) throw error
    const { state } = await viewDues(c.var.visitor.ctx, await ownSubscription(c))
    if (state === 'checking') return toMethodPage(c, subscription_id)
    if (state === 'nothing' && shown.dues_id !== null) return toSubscription(c, subscription_id, 'dues_settled')
    const pending = error.code === 'PREVIOUS_PAYMENT_PENDING'
    return toMethodPage(c, subscription_id, pending ? 'payment_pending' : 'changed_meanwhile')
  }
}

const told = new Set<string>(['CONFLICT', 'PREVIOUS_PAYMENT_PENDING', 'SUBSCRIPTION_INACTIVE'])
