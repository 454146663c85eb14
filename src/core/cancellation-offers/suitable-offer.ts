// Whether an offer can be kept: what is offered must then be possible. Nothing is written.
import { decidePause } from '#billing/pause.ts'
import { getSettings } from '#core/businesses/queries.ts'
import type { CancellationOffer } from '#core/cancellation-offers/queries.ts'
import { getProducts } from '#core/catalog/queries.ts'
import { listPlanChoices } from '#core/collections/list-plan-choices.ts'
import { resolveForSubscription } from '#core/discounts/add-discount.ts'
import { hasOpenPayment } from '#core/payments/queries.ts'
import { readNextPayments, type SubscriptionListed } from '#core/subscriptions/queries.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** The first that suits: those made for this reason before those for all. */
export async function findSuitable(
  ctx: BusinessCtx,
  subscription: SubscriptionListed,
  offers: readonly CancellationOffer[],
  feedback: string,
): Promise<CancellationOffer | undefined> {
  if (subscription.status !== 'active' || subscription.cancel_at_next_billing_date) return undefined
  // Nothing is billed by itself that could be less, or later.
  if (subscription.on_demand) return undefined
  if (subscription.next_attempt_at === null || (await hasOpenPayment(ctx, subscription.subscription_id)))
    return undefined
  const named = offers.filter(({ reasons }) => reasons?.some((reason) => reason === feedback))
  const general = offers.filter(({ reasons }) => reasons === null)
  for (const offer of [...named, ...general]) if (await suits(ctx, subscription, offer)) return offer
  return undefined
}

function suits(ctx: BusinessCtx, subscription: SubscriptionListed, offer: CancellationOffer): Promise<boolean> {
  switch (offer.type) {
    case 'pause':
      return canPause(ctx, subscription)
    case 'discount':
      return canDiscount(ctx, subscription, offer.discount_code)
    case 'downgrade':
      return hasCheaperPlan(ctx, subscription)
  }
}

async function canPause(ctx: BusinessCtx, subscription: SubscriptionListed): Promise<boolean> {
  return decidePause({ ...subscription, payment_pending: false }, ctx.clock.now()).type === 'pause'
}

/** Only where there is a payment to take it from, and of the plan it is for. */
async function canDiscount(ctx: BusinessCtx, subscription: SubscriptionListed, code: string): Promise<boolean> {
  if (subscription.scheduled_change !== null) return false
  const next = await readNextPayments(ctx, [subscription])
  if ((next.get(subscription.subscription_id)?.amount ?? 0) === 0) return false
  try {
    await resolveForSubscription(ctx, subscription, code)
    return true
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}

async function hasCheaperPlan(ctx: BusinessCtx, subscription: SubscriptionListed): Promise<boolean> {
  const { product_id, currency, unit_price } = subscription
  if (!(await getSettings(ctx)).allow_subscription_updates) return false
  const choices = await listPlanChoices(ctx, product_id)
  const others = choices.filter((choice) => choice.product_id !== product_id)
  const products = await getProducts(
    ctx,
    others.map((choice) => choice.product_id),
  )
  return products.some(
    (product) =>
      product.currency === currency &&
      product.price < unit_price &&
      product.payment_frequency_count === subscription.payment_frequency_count &&
      product.payment_frequency_interval === subscription.payment_frequency_interval,
  )
}
