import { endpoint } from '#api/endpoint.ts'
import { changePlanRefusals } from '#api/subscriptions/plan-change-input.ts'
import { confirmQuote } from '#core/quotes/confirm-quote.ts'
import { confirmedQuoteSchema, confirmedQuoteToWire } from '#wire/quote.ts'

export const confirmQuoteEndpoint = endpoint(
  {
    method: 'post',
    path: '/portico/quotes/{quote_id}/confirm',
    operation: 'confirmQuote',
    noun: 'Quotes',
    summary: 'Confirm a quote',
    description:
      'Makes the change as of the instant it was quoted and for exactly its total, once; asked again, it answers how the change stands. Where anything it depends on has changed, quote anew.',
    answer: confirmedQuoteSchema,
    refusals: ['QUOTE_EXPIRED', 'QUOTE_OUTDATED', ...changePlanRefusals],
  },
  async (ctx, { params: { quote_id } }) => confirmedQuoteToWire(quote_id, await confirmQuote(ctx, quote_id)),
)
