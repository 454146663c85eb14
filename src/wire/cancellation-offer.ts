import { z } from '@hono/zod-openapi'
import { cancellationFeedbacks } from '#billing/cancellation.ts'
import type { CancellationOffer } from '#core/cancellation-offers/queries.ts'

export const cancellationOfferSchema = z
  .object({
    type: z.enum(['pause', 'discount', 'downgrade']).openapi({ description: 'What is offered' }),
    reasons: z
      .array(z.enum(cancellationFeedbacks))
      .nullable()
      .openapi({ description: 'Made for these reasons only; null: for all' }),
    pause_months: z.int().nullable().openapi({ description: 'Of a pause' }),
    discount_code: z.string().nullable().openapi({ description: 'Of a discount' }),
  })
  .openapi('CancellationOffer')

export const cancellationOffersSchema = z
  .object({ offers: z.array(cancellationOfferSchema).openapi({ description: 'In the order they are tried' }) })
  .openapi('CancellationOffers')

export function cancellationOffersToWire(
  offers: readonly CancellationOffer[],
): z.output<typeof cancellationOffersSchema> {
  return {
    offers: offers.map((offer) => ({
      type: offer.type,
      reasons: offer.reasons,
      pause_months: offer.type === 'pause' ? offer.pause_months : null,
      discount_code: offer.type === 'discount' ? offer.discount_code : null,
    })),
  }
}
