import { hasEnded } from '#billing/status.ts'
import { getProduct } from '#core/catalog/queries.ts'
import { createCheckout } from '#core/checkout/create-checkout.ts'
import type { Checkout } from '#core/checkout/queries.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'

/**
 * A checkout for the plan of a subscription that has ended: the same product and quantity at today's price, with the add-ons that are
 * still offered, for the same customer. A trial is not given again. Throws UNSUPPORTED_ACTION where it runs, PRODUCT_IS_DELETED.
 */
export async function resubscribe(ctx: BusinessCtx, subscription_id: string, urls: Urls = {}): Promise<Checkout> {
  const { status, customer_id, product_id, quantity, addons, billing, metadata } = await getSubscription(
    ctx,
    subscription_id,
  )
  if (ctx.actor.type === 'customer' && ctx.actor.id !== customer_id) throw notFound('subscription')
  if (!hasEnded(status)) throw new AppError('UNSUPPORTED_ACTION', { message: 'This subscription has not ended' })
  const product = await getProduct(ctx, product_id)
  return createCheckout(ctx, {
    product_cart: [
      {
        product_id,
        quantity,
        addons: addons.filter(({ addon_id }) => product.addons.includes(addon_id)),
        amount: null,
      },
    ],
    customer: { customer_id },
    billing,
    metadata,
    trial_period_days: 0,
    ...urls,
  })
}

interface Urls {
  return_url?: string | null
  cancel_url?: string | null
}
