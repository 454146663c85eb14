import { command } from '#cli/command.ts'
import { describeOffer } from '#cli/describe-offer.ts'
import { businessOfMode } from '#cli/open.ts'
import { flag, required } from '#cli/option.ts'
import { businessId } from '#cli/values.ts'
import { listCancellationOffers } from '#core/cancellation-offers/queries.ts'

export const offerList = command({
  name: 'offer list',
  says: 'What customers are offered before they cancel.',
  options: { business: required(businessId()), live: flag('of live mode; of test mode if left out') },
  async run(portico, { business, live }) {
    return describeOffer(await listCancellationOffers(await businessOfMode(portico, business, live)))
  },
})
