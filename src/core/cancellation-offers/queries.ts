import type { Selectable } from 'kysely'
import { cancellationFeedbacks } from '#billing/cancellation.ts'
import { from, on } from '#core/scope.ts'
import type { CancellationFeedback, DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export type OfferMade = Selectable<DB['cancellation_offers_made']>

/** What a business is ready to offer; which one is for the reason and the subscription to decide. */
export type CancellationOffer = { reasons: CancellationFeedback[] | null } & (
  | { type: 'pause'; pause_months: number }
  | { type: 'discount'; discount_code: string }
  | { type: 'downgrade' }
)

/** In the order they are tried. One whose code is gone is left out. */
export async function listCancellationOffers(ctx: BusinessCtx): Promise<CancellationOffer[]> {
  const rows = await from(ctx, 'cancellation_offers')
    .leftJoin('discounts', on('discounts.discount_id', 'cancellation_offers.discount_id'))
    .select(['cancellation_offers.type', 'reasons', 'pause_months', 'discounts.code', 'discounts.deleted_at'])
    .orderBy('position')
    .execute()
  return rows.flatMap(({ type, pause_months, code, deleted_at, ...row }): CancellationOffer[] => {
    const reasons = row.reasons === null ? null : cancellationFeedbacks.filter((each) => row.reasons?.includes(each))
    if (type === 'pause' && pause_months !== null) return [{ type, reasons, pause_months }]
    if (type === 'downgrade') return [{ type, reasons }]
    return code === null || deleted_at !== null ? [] : [{ type: 'discount', reasons, discount_code: code }]
  })
}

/** Of this subscription. */
export async function getOfferMade(ctx: BusinessCtx, subscription_id: string, offer_id: string): Promise<OfferMade> {
  const made = await from(ctx, 'cancellation_offers_made')
    .selectAll()
    .where('offer_id', '=', offer_id)
    .where('subscription_id', '=', subscription_id)
    .executeTakeFirst()
  if (made === undefined) throw notFound('offer')
  return made
}
