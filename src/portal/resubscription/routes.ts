import { Hono } from 'hono'
import { resubscribe } from '#core/checkout/resubscribe.ts'
import { ownSubscription } from '#portal/own-subscription.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { AppError } from '#src/errors.ts'

/** Under a subscription that has ended. */
export function resubscriptionRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.post('/', buyAgain)
  return door
}

/** To a checkout for the same again, which says what it costs today; nothing is bought by pressing. */
async function buyAgain(c: AppContext) {
  const { ctx } = c.var.visitor
  const { business_id } = ctx.business
  const { subscription_id } = await ownSubscription(c)
  const here = ctx.urls.portal.subscription(business_id, subscription_id)
  try {
    const { checkout_id } = await resubscribe(ctx, subscription_id, { cancel_url: here })
    return c.redirect(ctx.urls.checkout(checkout_id), 303)
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500 || error.code === 'NOT_FOUND') throw error
    return c.redirect(ctx.urls.portal.subscription(business_id, subscription_id, { done: 'not_possible' }), 303)
  }
}
