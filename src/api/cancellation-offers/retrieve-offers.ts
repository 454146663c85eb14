import { endpoint } from '#api/endpoint.ts'
import { listCancellationOffers } from '#core/cancellation-offers/queries.ts'
import { cancellationOffersSchema, cancellationOffersToWire } from '#wire/cancellation-offer.ts'

export const retrieveCancellationOffersEndpoint = endpoint(
  {
    method: 'get',
    path: '/portico/cancellation-offer',
    operation: 'retrieveCancellationOffers',
    noun: 'Cancellation offers',
    summary: 'What customers are offered before they cancel',
    answer: cancellationOffersSchema,
  },
  async (ctx) => cancellationOffersToWire(await listCancellationOffers(ctx)),
)
