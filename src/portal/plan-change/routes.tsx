import { Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { getSettings } from '#core/businesses/queries.ts'
import { listPaymentMethods } from '#core/payment-methods/queries.ts'
import { hasOpenPayment } from '#core/payments/queries.ts'
import { findPendingQuote } from '#core/quotes/queries.ts'
import { quoteChange } from '#core/quotes/quote-change.ts'
import type { SubscriptionListed } from '#core/subscriptions/queries.ts'
import { ownSubscription } from '#portal/own-subscription.ts'
import { methodProblem } from '#portal/plan-change/method-problem.ts'
import { obstacleOf } from '#portal/plan-change/obstacle.ts'
import { type Offer, readOffer } from '#portal/plan-change/offer.ts'
import { type PlanField, parsePlanForm } from '#portal/plan-change/plan-form.ts'
import { PlanPage } from '#portal/plan-change/plan-page.tsx'
import { quoteRoutes } from '#portal/plan-change/quote-routes.tsx'
import { problemsOf } from '#portal/plan-change/refusals.ts'
import { portalPage } from '#portal/portal-page.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { AppError } from '#src/errors.ts'
import type { FormErrors, Typed } from '#ui/parse-form.ts'

export function planChangeRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.get('/', choose)
  door.post('/', quote)
  door.route('/', quoteRoutes(refused))
  return door
}

async function choose(c: AppContext) {
  const subscription = await ownSubscription(c)
  return draw(c, subscription, await readOffer(c.var.visitor.ctx, subscription))
}

async function quote(c: AppContext) {
  const { ctx } = c.var.visitor
  const subscription = await ownSubscription(c)
  const { subscription_id, scheduled_change } = subscription
  const offer = await readOffer(ctx, subscription)
  const form = parsePlanForm(await c.req.parseBody({ all: true }), offer)
  if (!form.ok) return draw(c, subscription, offer, { ...form, status: 422 })
  try {
    // The page has named what waits already: what is chosen now takes its place.
    const replaces = scheduled_change === null ? {} : { cancel_scheduled_change_plan: true }
    const { quote_id } = await quoteChange(ctx, subscription_id, { ...form.wish, ...replaces })
    return c.redirect(ctx.urls.portal.planQuote(ctx.business.business_id, subscription_id, quote_id), 303)
  } catch (error) {
    return refused(c, error, form.typed)
  }
}

/** The form again, with what stands in the way; rethrows what is nothing of the customer's. */
async function refused(c: AppContext, error: unknown, typed: Typed<PlanField>) {
  const errors = problemsOf(error)
  if (errors === undefined || !(error instanceof AppError)) throw error
  const subscription = await ownSubscription(c)
  const offer = await readOffer(c.var.visitor.ctx, subscription)
  return draw(c, subscription, offer, { errors, typed, status: error.status as ContentfulStatusCode })
}

interface Again {
  status: ContentfulStatusCode
  errors: FormErrors<PlanField>
  typed: Typed<PlanField>
}

async function draw(c: AppContext, subscription: SubscriptionListed, { plans, addons }: Offer, again?: Again) {
  const { ctx } = c.var.visitor
  const { subscription_id, customer_id, currency, scheduled_change: waits } = subscription
  const [settings, methods, pending, paying] = await Promise.all([
    getSettings(ctx),
    listPaymentMethods(ctx, customer_id),
    findPendingQuote(ctx, subscription_id),
    hasOpenPayment(ctx, subscription_id),
  ])
  const now = ctx.clock.now()
  const offers = plans.some(({ sold }) => sold)
  const { business_id } = ctx.business
  const { quote_id = null, pay_link_id = null } = pending ?? {}
  const paid_at = pay_link_id === null ? null : ctx.urls.pay(pay_link_id)
  const page = (
    <PlanPage
      page={portalPage(c)}
      subscription={{
        ...{ subscription_id, currency },
        product_id: subscription.product_id,
        product_name: subscription.product_name,
        quantity: subscription.quantity,
        trial_ends_at: subscription.in_trial ? subscription.next_billing_date : null,
        scheduled: waits && { product_name: waits.product_name, at: waits.effective_at },
      }}
      plans={plans}
      addons={addons}
      obstacle={obstacleOf({ subscription, settings, now, pending: pending !== undefined, paying, offers })}
      pending_href={quote_id === null ? paid_at : ctx.urls.portal.planQuote(business_id, subscription_id, quote_id)}
      method_problem={methodProblem(subscription, methods, ctx.wall.now())}
      {...(again === undefined ? {} : { errors: again.errors, typed: again.typed })}
    />
  )
  return c.html(page, again?.status ?? 200)
}
