import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { cancellationFeedbacks } from '#billing/cancellation.ts'
import { setCancellationOffers } from '#core/cancellation-offers/set-offers.ts'
import { cancellationOffersSchema, cancellationOffersToWire } from '#wire/cancellation-offer.ts'

const reasons = z
  .array(z.enum(cancellationFeedbacks))
  .min(1)
  .nullish()
  .transform((value) => value ?? null)
  .openapi({ description: 'Made for these reasons only; null or left out: for all' })

const offer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('pause'), reasons, pause_months: z.int().min(1).max(12) }),
  z.object({ type: z.literal('discount'), reasons, discount_code: z.string().min(1).max(100) }),
  z.object({ type: z.literal('downgrade'), reasons }),
])

const body = z.object({ offers: z.array(offer).max(3) }).openapi('SetCancellationOffers')

export const setCancellationOffersEndpoint = endpoint(
  {
    method: 'put',
    path: '/portico/cancellation-offer',
    operation: 'setCancellationOffers',
    noun: 'Cancellation offers',
    summary: 'Set what customers are offered before they cancel',
    description:
      'They become exactly these; an empty list ends offering. An offer is made once for a subscription in half a year, and never stands in the way.',
    body,
    example: { offers: [{ type: 'pause', pause_months: 2, reasons: ['unused'] }] },
    answer: cancellationOffersSchema,
    refusals: ['INVALID_DISCOUNT_CODE'],
  },
  async (ctx, { body: { offers } }) => cancellationOffersToWire(await setCancellationOffers(ctx, offers)),
)
