import { Hono } from 'hono'
import { getSettings } from '#core/businesses/queries.ts'
import { type IntendedCancellation, makeOffer } from '#core/cancellation-offers/make-offer.ts'
import { listPaymentMethods } from '#core/payment-methods/queries.ts'
import { readNextPayments } from '#core/subscriptions/queries.ts'
import { revokeCancellation } from '#core/subscriptions/revoke-cancellation.ts'
import { cancelAsAsked } from '#portal/cancellation/cancel-as-asked.ts'
import { CancelPage } from '#portal/cancellation/cancel-page.tsx'
import { cancellationForm } from '#portal/cancellation/cancellation-form.ts'
import { cancellationOptions } from '#portal/cancellation/cancellation-options.ts'
import { offerRoutes } from '#portal/cancellation/offer-routes.tsx'
import { orLogged } from '#portal/or-logged.ts'
import { ownSubscription } from '#portal/own-subscription.ts'
import { portalPage } from '#portal/portal-page.ts'
import { summarize } from '#portal/subscriptions/summarize.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { AppError, type ErrorCode } from '#src/errors.ts'
import { parseForm } from '#ui/parse-form.ts'

export function cancellationRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.get('/', askToCancel)
  door.post('/', cancel)
  door.post('/undo', undoCancellation)
  door.route('/offers', offerRoutes())
  return door
}

async function askToCancel(c: AppContext) {
  return c.html(<CancelPage {...(await cancelProps(c))} />)
}

async function cancelProps(c: AppContext) {
  const subscription = await ownSubscription(c)
  const { ctx } = c.var.visitor
  const [methods, next, options] = await Promise.all([
    listPaymentMethods(ctx, subscription.customer_id),
    readNextPayments(ctx, [subscription]),
    cancellationOptions(c, subscription),
  ])
  return { page: portalPage(c), subscription: summarize(subscription, { methods, next }), options }
}

async function cancel(c: AppContext) {
  const { ctx } = c.var.visitor
  const { subscription_id } = await ownSubscription(c)
  const form = parseForm(cancellationForm, await c.req.parseBody({ all: true }))
  if (!form.ok) {
    const { errors, typed } = form
    return c.html(<CancelPage {...(await cancelProps(c))} errors={errors} typed={typed} />, 422)
  }
  const intended = { ...form.values, cancellation_comment: form.values.cancellation_comment || null }
  const { business_id } = ctx.business
  const offer = await offerFirst(c, subscription_id, intended)
  if (offer !== undefined) {
    return c.redirect(ctx.urls.portal.cancellationOffer(business_id, subscription_id, offer.offer_id), 303)
  }
  try {
    const done = await cancelAsAsked(ctx, subscription_id, intended)
    return c.redirect(ctx.urls.portal.subscription(business_id, subscription_id, { done }), 303)
  } catch (error) {
    if (!(error instanceof AppError) || !overtaken.has(error.code)) throw error
    // What is allowed and possible by now is what the page offers.
    const props = await cancelProps(c)
    const errors = { effective_at: 'error.cancel.meanwhile' } as const
    return c.html(<CancelPage {...props} errors={errors} typed={form.values} />, error.status === 403 ? 403 : 409)
  }
}

const overtaken = new Set<ErrorCode>(['CONFLICT', 'SUBSCRIPTION_CANCELLATION_NOT_ALLOWED'])

/** None where cancelling is not allowed anyway: the verb says so. What goes wrong with an offer never keeps anybody. */
async function offerFirst(c: AppContext, subscription_id: string, intended: IntendedCancellation) {
  const { ctx } = c.var.visitor
  const settings = await getSettings(ctx)
  if (!settings.allow_subscription_cancellation) return undefined
  return (await orLogged(c, makeOffer(ctx, subscription_id, intended))) ?? undefined
}

async function undoCancellation(c: AppContext) {
  const { ctx } = c.var.visitor
  const { subscription_id } = await ownSubscription(c)
  await revokeCancellation(ctx, subscription_id)
  const here = ctx.urls.portal.subscription(ctx.business.business_id, subscription_id, { done: 'cancellation_undone' })
  return c.redirect(here, 303)
}
