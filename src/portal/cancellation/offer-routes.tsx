import { Hono } from 'hono'
import { z } from 'zod'
import { acceptOffer, declineOffer, pauseEnd } from '#core/cancellation-offers/answer-offer.ts'
import { getOfferMade, type OfferMade } from '#core/cancellation-offers/queries.ts'
import { resolveForSubscription } from '#core/discounts/add-discount.ts'
import { listDiscountsById } from '#core/discounts/queries.ts'
import { listPaymentMethods } from '#core/payment-methods/queries.ts'
import { previewResumption } from '#core/subscriptions/preview-resumption.ts'
import { readNextPayments, type SubscriptionListed } from '#core/subscriptions/queries.ts'
import { cancelAsAsked } from '#portal/cancellation/cancel-as-asked.ts'
import { type Offer, OfferPage } from '#portal/cancellation/offer-page.tsx'
import type { Notice } from '#portal/notice.tsx'
import { ownSubscription } from '#portal/own-subscription.ts'
import { portalPage } from '#portal/portal-page.ts'
import { summarize } from '#portal/subscriptions/summarize.ts'
import { told } from '#portal/told.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { choiceField, parseForm } from '#ui/parse-form.ts'

/** Under a subscription's cancellation. */
export function offerRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.get('/:offer_id', showOffer)
  door.post('/:offer_id', answerOffer)
  return door
}

async function showOffer(c: AppContext) {
  const { ctx } = c.var.visitor
  const subscription = await ownSubscription(c)
  const { subscription_id, customer_id } = subscription
  const made = await getOfferMade(ctx, subscription_id, c.req.param('offer_id') ?? '')
  // Answered, or overtaken: the page of the subscription says how it stands.
  if (made.answer !== null || subscription.status !== 'active' || subscription.cancel_at_next_billing_date) {
    return c.redirect(ctx.urls.portal.subscription(ctx.business.business_id, subscription_id))
  }
  const [offer, methods, next] = await Promise.all([
    tellOffer(ctx, subscription, made),
    listPaymentMethods(ctx, customer_id),
    readNextPayments(ctx, [subscription]),
  ])
  return c.html(
    <OfferPage
      page={portalPage(c)}
      subscription={summarize(subscription, { methods, next })}
      offer_id={made.offer_id}
      offer={offer}
      effective_at={made.effective_at}
    />,
  )
}

async function tellOffer(ctx: BusinessCtx, subscription: SubscriptionListed, made: OfferMade): Promise<Offer> {
  if (made.type === 'downgrade') return { type: 'downgrade' }
  if (made.type === 'pause') {
    const months = made.pause_months ?? 1
    const until = pauseEnd(ctx, months)
    const dates = previewResumption(ctx, subscription, until)
    return { type: 'pause', months, until, next_billing_date: dates?.next_billing_date ?? null }
  }
  const [discount] = await listDiscountsById(ctx, [made.discount_id ?? ''])
  const option = discount?.currency_options.find(({ currency }) => currency === subscription.currency)
  const isPercentage = discount?.type === 'percentage'
  return {
    type: 'discount',
    percentage: isPercentage ? discount.amount : null,
    amount: isPercentage ? null : (option?.max_amount_possible ?? 0),
    periods: discount?.subscription_cycles ?? null,
    next_amount: discount === undefined ? null : await nextAmountWith(ctx, subscription, discount.code),
  }
}

/** Null where the code cannot be redeemed any more: accepting says so then. */
async function nextAmountWith(
  ctx: BusinessCtx,
  subscription: SubscriptionListed,
  code: string,
): Promise<number | null> {
  try {
    const added = await resolveForSubscription(ctx, subscription, code)
    const next = await readNextPayments(ctx, [subscription], [added])
    return next.get(subscription.subscription_id)?.amount ?? null
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return null
    throw error
  }
}

const answerForm = z.object({ answer: choiceField(['accept', 'cancel'], 'error.form.choose') })

async function answerOffer(c: AppContext) {
  const { ctx } = c.var.visitor
  const { business_id } = ctx.business
  const { subscription_id } = await ownSubscription(c)
  const { offer_id, type } = await getOfferMade(ctx, subscription_id, c.req.param('offer_id') ?? '')
  const form = parseForm(answerForm, await c.req.parseBody({ all: true }))
  if (!form.ok) return c.redirect(ctx.urls.portal.cancellationOffer(business_id, subscription_id, offer_id), 303)
  const deed =
    form.values.answer === 'accept'
      ? accept(ctx, subscription_id, offer_id)
      : cancelAnyway(ctx, subscription_id, offer_id)
  const done = await told(deed, { SUBSCRIPTION_ALREADY_PAUSED: 'paused' })
  if (form.values.answer === 'accept' && type === 'downgrade' && done !== 'not_possible') {
    return c.redirect(ctx.urls.portal.planChange(business_id, subscription_id), 303)
  }
  return c.redirect(ctx.urls.portal.subscription(business_id, subscription_id, { done }), 303)
}

async function accept(ctx: BusinessCtx, subscription_id: string, offer_id: string): Promise<Notice> {
  const { type } = await acceptOffer(ctx, subscription_id, offer_id)
  return type === 'pause' ? 'paused' : 'discount_added'
}

async function cancelAnyway(ctx: BusinessCtx, subscription_id: string, offer_id: string): Promise<Notice> {
  return cancelAsAsked(ctx, subscription_id, await declineOffer(ctx, subscription_id, offer_id))
}
