// What came of an offer. Taking it does what was offered, at once; declining it leaves the cancellation to its own verb.
import { recordAudit } from '#core/audit/record-audit.ts'
import { getOfferMade, type OfferMade } from '#core/cancellation-offers/queries.ts'
import { addDiscount } from '#core/discounts/add-discount.ts'
import { listDiscountsById } from '#core/discounts/queries.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { update } from '#core/scope.ts'
import { pauseSubscription } from '#core/subscriptions/pause-subscription.ts'
import { lockSubscription, type Subscription } from '#core/subscriptions/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/**
 * Pauses or discounts; a smaller plan is chosen by a change of plan. Accepted before, nothing happens again.
 * Throws what keeps it from being done, SUBSCRIPTION_INACTIVE where it does not run any more.
 */
export async function acceptOffer(outer: BusinessCtx, subscription_id: string, offer_id: string): Promise<OfferMade> {
  const made = await getOfferMade(outer, subscription_id, offer_id)
  if (made.answer === 'accepted') return made
  if (made.type === 'pause') await pauseAsOffered(outer, made)
  return inTransaction(outer, async (ctx) => {
    const subscription = await lockSubscription(ctx, subscription_id)
    const now = await getOfferMade(ctx, subscription_id, offer_id)
    if (now.answer === 'accepted') return now
    if (made.type === 'discount') await discountAsOffered(ctx, subscription, now)
    return answer(ctx, now, 'accepted')
  })
}

/** Says what was asked for before the offer. Declined or accepted before, it says the same. */
export async function declineOffer(outer: BusinessCtx, subscription_id: string, offer_id: string): Promise<OfferMade> {
  return inTransaction(outer, async (ctx) => {
    await lockSubscription(ctx, subscription_id)
    const made = await getOfferMade(ctx, subscription_id, offer_id)
    return made.answer === null ? answer(ctx, made, 'declined') : made
  })
}

async function pauseAsOffered(ctx: BusinessCtx, { subscription_id, pause_months }: OfferMade): Promise<void> {
  await pauseSubscription(ctx, subscription_id, { resumes_at: pauseEnd(ctx, pause_months ?? 1), offered: true })
}

/** The same day of a later month, on the business's calendar. */
export function pauseEnd(ctx: BusinessCtx, months: number): Temporal.Instant {
  return ctx.clock.now().toZonedDateTimeISO(ctx.business.timezone).add({ months }).toInstant()
}

async function discountAsOffered(
  ctx: BusinessCtx,
  subscription: Subscription,
  { offer_id, discount_id }: OfferMade,
): Promise<void> {
  const { status, subscription_id, customer_id } = subscription
  if (status !== 'active') throw new AppError('SUBSCRIPTION_INACTIVE')
  const [discount] = await listDiscountsById(ctx, [discount_id ?? ''])
  if (discount === undefined) throw new AppError('INVALID_DISCOUNT_CODE')
  await addDiscount(ctx, subscription, discount.code, `offer:${offer_id}`)
  await recordEvent(ctx, { type: 'subscription.updated', resource_id: subscription_id, customer_id })
}

async function answer(ctx: BusinessCtx, made: OfferMade, said: 'accepted' | 'declined'): Promise<OfferMade> {
  const { offer_id, subscription_id, customer_id, type } = made
  const answered = await update(ctx, 'cancellation_offers_made')
    .set({ answer: said, answered_at: ctx.clock.now() })
    .where('offer_id', '=', offer_id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordAudit(ctx, {
    action: `subscription.offer_${said}`,
    resource_id: subscription_id,
    customer_id,
    details: { offer_id, type },
  })
  return answered
}
