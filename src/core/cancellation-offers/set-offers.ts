import { recordAudit } from '#core/audit/record-audit.ts'
import { type CancellationOffer, listCancellationOffers } from '#core/cancellation-offers/queries.ts'
import { findDiscountByCode } from '#core/discounts/queries.ts'
import { owned } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** They become exactly these, tried in this order; none ends offering. Throws INVALID_DISCOUNT_CODE, 422 for a type named twice. */
export async function setCancellationOffers(
  outer: BusinessCtx,
  offers: readonly CancellationOffer[],
): Promise<CancellationOffer[]> {
  if (new Set(offers.map(({ type }) => type)).size < offers.length) {
    throw new AppError('INVALID_REQUEST_BODY', { message: 'Each type may be offered once', field: 'offers' })
  }
  return inTransaction(outer, async (ctx) => {
    const { business_id } = ctx.business
    await ctx.db.deleteFrom('cancellation_offers').where('business_id', '=', business_id).execute()
    for (const [position, offer] of offers.entries()) await insertOffer(ctx, offer, position)
    await recordAudit(ctx, {
      action: 'business.cancellation_offers_set',
      resource_id: business_id,
      customer_id: null,
      details: { offers: offers.map(({ type }) => type).join(' ') },
    })
    return listCancellationOffers(ctx)
  })
}

async function insertOffer(ctx: BusinessCtx, offer: CancellationOffer, position: number): Promise<void> {
  const { type, reasons } = offer
  const pause_months = type === 'pause' ? offer.pause_months : null
  const discount_id = type === 'discount' ? await discountNamed(ctx, offer.discount_code) : null
  await ctx.db
    .insertInto('cancellation_offers')
    .values({ ...owned(ctx), type, position, reasons, pause_months, discount_id })
    .execute()
}

async function discountNamed(ctx: BusinessCtx, code: string): Promise<string> {
  const discount = await findDiscountByCode(ctx, code)
  if (discount === undefined) throw new AppError('INVALID_DISCOUNT_CODE', { field: 'discount_code' })
  return discount.discount_id
}
