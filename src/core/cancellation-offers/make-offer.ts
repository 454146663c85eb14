// Before a customer cancels, one offer: once for a subscription in half a year.
import { recordAudit } from '#core/audit/record-audit.ts'
import { listCancellationOffers, type OfferMade } from '#core/cancellation-offers/queries.ts'
import { findSuitable } from '#core/cancellation-offers/suitable-offer.ts'
import { findDiscountByCode } from '#core/discounts/queries.ts'
import { from, owned } from '#core/scope.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { lockSubscription } from '#core/subscriptions/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export type IntendedCancellation = Pick<OfferMade, 'effective_at' | 'cancellation_feedback' | 'cancellation_comment'>

/** Undefined where the cancellation goes on as asked: nothing is offered, nothing suits, or it was asked before. */
export async function makeOffer(
  outer: BusinessCtx,
  subscription_id: string,
  intended: IntendedCancellation,
): Promise<OfferMade | undefined> {
  const offers = await listCancellationOffers(outer)
  if (offers.length === 0) return undefined
  return inTransaction(outer, async (ctx) => {
    await lockSubscription(ctx, subscription_id)
    if (await wasOffered(ctx, subscription_id)) return undefined
    const subscription = await getSubscription(ctx, subscription_id)
    const offer = await findSuitable(ctx, subscription, offers, intended.cancellation_feedback)
    if (offer === undefined) return undefined
    const { customer_id } = subscription
    const discount = offer.type === 'discount' ? await findDiscountByCode(ctx, offer.discount_code) : undefined
    const made = await ctx.db
      .insertInto('cancellation_offers_made')
      .values({
        ...owned(ctx),
        offer_id: newId('cancellation_offer', ctx.wall.now().epochMilliseconds),
        ...{ subscription_id, customer_id, type: offer.type },
        pause_months: offer.type === 'pause' ? offer.pause_months : null,
        discount_id: discount?.discount_id ?? null,
        ...intended,
        offered_at: ctx.clock.now(),
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await recordAudit(ctx, {
      action: 'subscription.offer_made',
      resource_id: subscription_id,
      customer_id,
      details: { offer_id: made.offer_id, type: made.type },
    })
    return made
  })
}

async function wasOffered(ctx: BusinessCtx, subscription_id: string): Promise<boolean> {
  const half_a_year_ago = ctx.clock.now().toZonedDateTimeISO('UTC').subtract({ months: 6 }).toInstant()
  const before = await from(ctx, 'cancellation_offers_made')
    .select('offer_id')
    .where('subscription_id', '=', subscription_id)
    .where('offered_at', '>', half_a_year_ago)
    .executeTakeFirst()
  return before !== undefined
}
