import type { CancellationOffer } from '#core/cancellation-offers/queries.ts'

/** What is offered, for a person and for --json. */
export function describeOffer(offers: readonly CancellationOffer[]) {
  const text = offers.map(
    (offer, at) => `${at + 1}  ${what(offer)}, ${offer.reasons?.join(', ') ?? 'for every reason'}`,
  )
  return { data: { offers }, text: text.length === 0 ? 'Nothing is offered.' : text.join('\n') }
}

function what(offer: CancellationOffer): string {
  if (offer.type === 'pause') return `a pause of ${offer.pause_months} months`
  return offer.type === 'discount' ? `the discount ${offer.discount_code}` : 'smaller plans'
}
