import { z } from '@hono/zod-openapi'
import { cancellationFeedbacks } from '#billing/cancellation.ts'
import { command } from '#cli/command.ts'
import { describeOffer } from '#cli/describe-offer.ts'
import { businessOfMode } from '#cli/open.ts'
import { flag, option, required } from '#cli/option.ts'
import { businessId, count, shortText } from '#cli/values.ts'
import type { CancellationOffer } from '#core/cancellation-offers/queries.ts'
import { setCancellationOffers } from '#core/cancellation-offers/set-offers.ts'

const reasons = (says: string) =>
  option(
    'REASONS',
    says,
    z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(z.enum(cancellationFeedbacks, `must be of ${cancellationFeedbacks.join(',')}`)).min(1)),
  )

export const offerSet = command({
  name: 'offer set',
  says: 'What customers are offered before they cancel: exactly what is named, in this order; nothing ends offering.',
  options: {
    business: required(businessId()),
    pause_months: count('a pause of so many months', 12),
    pause_reasons: reasons('offer it for these reasons only, with commas between: unused,other'),
    discount_code: shortText('CODE', 'a discount code that exists'),
    discount_reasons: reasons('offer it for these reasons only'),
    downgrade: flag('smaller plans, where there are some'),
    downgrade_reasons: reasons('offer them for these reasons only'),
    live: flag('in live mode; test mode if left out'),
  },
  async run(portico, { business, live, ...named }) {
    const ctx = await businessOfMode(portico, business, live)
    const offers: CancellationOffer[] = []
    if (named.pause_months !== undefined) {
      offers.push({ type: 'pause', pause_months: named.pause_months, reasons: named.pause_reasons ?? null })
    }
    if (named.discount_code !== undefined) {
      offers.push({ type: 'discount', discount_code: named.discount_code, reasons: named.discount_reasons ?? null })
    }
    if (named.downgrade) offers.push({ type: 'downgrade', reasons: named.downgrade_reasons ?? null })
    return describeOffer(await setCancellationOffers(ctx, offers))
  },
})
