import { Hono } from 'hono'
import { listPaymentMethods } from '#core/payment-methods/queries.ts'
import { pauseSubscription } from '#core/subscriptions/pause-subscription.ts'
import { readNextPayments } from '#core/subscriptions/queries.ts'
import { resumeSubscription } from '#core/subscriptions/resume-subscription.ts'
import { ownSubscription } from '#portal/own-subscription.ts'
import { pauseOptions } from '#portal/pausing/pause-options.ts'
import { PausePage } from '#portal/pausing/pause-page.tsx'
import { pausingForm, resumesAt } from '#portal/pausing/pausing-form.ts'
import { portalPage } from '#portal/portal-page.ts'
import { summarize } from '#portal/subscriptions/summarize.ts'
import { told } from '#portal/told.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { parseForm } from '#ui/parse-form.ts'

/** Under a subscription. */
export function pausingRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.get('/pause', askToPause)
  door.post('/pause', pause)
  door.post('/resumption', resume)
  return door
}

async function askToPause(c: AppContext) {
  return c.html(<PausePage {...(await pauseProps(c))} />)
}

async function pauseProps(c: AppContext) {
  const subscription = await ownSubscription(c)
  const { ctx } = c.var.visitor
  const [methods, next, options] = await Promise.all([
    listPaymentMethods(ctx, subscription.customer_id),
    readNextPayments(ctx, [subscription]),
    pauseOptions(ctx, subscription),
  ])
  return { page: portalPage(c), subscription: summarize(subscription, { methods, next }), options }
}

async function pause(c: AppContext) {
  const { ctx } = c.var.visitor
  const { subscription_id } = await ownSubscription(c)
  const form = parseForm(pausingForm, await c.req.parseBody({ all: true }))
  if (!form.ok) return c.html(<PausePage {...(await pauseProps(c))} errors={form.errors} />, 422)
  const resumes_at = resumesAt(form.values.until, ctx.clock.now(), ctx.business.timezone)
  const deed = pauseSubscription(ctx, subscription_id, { resumes_at })
  // What was used is charged first; declined, it waits on hold.
  const notice = deed.then(({ status }) => (status === 'paused' ? ('paused' as const) : ('pause_unpaid' as const)))
  const done = await told(notice, { SUBSCRIPTION_ALREADY_PAUSED: 'paused' })
  return c.redirect(ctx.urls.portal.subscription(ctx.business.business_id, subscription_id, { done }), 303)
}

async function resume(c: AppContext) {
  const { ctx } = c.var.visitor
  const { subscription_id, status } = await ownSubscription(c)
  const notice = resumeSubscription(ctx, subscription_id).then(() => 'resumed' as const)
  const done = await told(notice, status === 'active' ? { SUBSCRIPTION_NOT_PAUSED: 'resumed' } : {})
  return c.redirect(ctx.urls.portal.subscription(ctx.business.business_id, subscription_id, { done }), 303)
}
