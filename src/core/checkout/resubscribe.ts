import { isDeepStrictEqual } from 'node:util'
import { hasEnded } from '#billing/status.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { getProduct } from '#core/catalog/queries.ts'
import { createCheckout, type NewCheckout } from '#core/checkout/create-checkout.ts'
import type { Checkout } from '#core/checkout/queries.ts'
import { from } from '#core/scope.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { lockSubscription } from '#core/subscriptions/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'

/**
 * A checkout for the plan of a subscription that has ended: the same product and quantity at today's price, with the add-ons that are
 * still offered, for the same customer. A trial is not given again. Asked for twice, it is the same checkout while that is open.
 * Throws UNSUPPORTED_ACTION where it runs, PRODUCT_IS_DELETED.
 */
export async function resubscribe(outer: BusinessCtx, subscription_id: string, urls: Urls = {}): Promise<Checkout> {
  return inTransaction(outer, async (ctx) => {
    await lockSubscription(ctx, subscription_id)
    const wanted = await sameAgain(ctx, subscription_id, urls)
    const open = await findOpen(ctx, subscription_id, wanted)
    if (open !== undefined) return open
    const checkout = await createCheckout(ctx, wanted)
    await recordAudit(ctx, {
      action: 'subscription.resubscription_opened',
      resource_id: subscription_id,
      customer_id: checkout.customer_id,
      details: { checkout_id: checkout.checkout_id },
    })
    return checkout
  })
}

/** The last one that was opened for it, if it can still be paid and is for the same. */
async function findOpen(ctx: BusinessCtx, subscription_id: string, wanted: NewCheckout): Promise<Checkout | undefined> {
  const opened = await from(ctx, 'audit_entries')
    .select('details')
    .where('resource_id', '=', subscription_id)
    .where('action', '=', 'subscription.resubscription_opened')
    .orderBy('audit_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (opened === undefined) return undefined
  const checkout = await from(ctx, 'checkout_sessions')
    .selectAll()
    .where('checkout_id', '=', String(opened.details.checkout_id))
    .where('consumed_at', 'is', null)
    .where('expires_at', '>', ctx.wall.now())
    .executeTakeFirst()
  return checkout !== undefined && isSame(checkout, wanted) ? checkout : undefined
}

function isSame({ product_cart, billing, return_url, cancel_url }: Checkout, wanted: NewCheckout): boolean {
  const { return_url: to = null, cancel_url: back = null } = wanted
  return isDeepStrictEqual(
    { product_cart, billing, return_url, cancel_url },
    { product_cart: wanted.product_cart, billing: wanted.billing ?? null, return_url: to, cancel_url: back },
  )
}

async function sameAgain(ctx: BusinessCtx, subscription_id: string, urls: Urls): Promise<NewCheckout> {
  const { status, on_demand, customer_id, product_id, quantity, addons, billing, metadata } = await getSubscription(
    ctx,
    subscription_id,
  )
  if (ctx.actor.type === 'customer' && ctx.actor.id !== customer_id) throw notFound('subscription')
  if (!hasEnded(status)) throw new AppError('UNSUPPORTED_ACTION', { message: 'This subscription has not ended' })
  if (on_demand) throw new AppError('UNSUPPORTED_ACTION', { message: 'What was charged on demand is agreed upon anew' })
  const product = await getProduct(ctx, product_id)
  if (product.archived_at !== null) throw new AppError('PRODUCT_IS_DELETED')
  return {
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
  }
}

interface Urls {
  return_url?: string | null
  cancel_url?: string | null
}
