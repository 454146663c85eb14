import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { notYet } from '#api/input/not-yet.ts'
import {
  changePlanBody,
  changePlanExample,
  changePlanRefusals,
  toChangeRequest,
} from '#api/subscriptions/plan-change-input.ts'
import { quoteChange } from '#core/quotes/quote-change.ts'
import { quoteSchema, quoteToWire } from '#wire/quote.ts'

// A quote is confirmed against the saved method.
const quoteBody = changePlanBody
  .extend({ collect_via_payment_link: notYet(z.boolean().optional()) })
  .openapi('QuoteChange')

export const createQuoteEndpoint = endpoint(
  {
    method: 'post',
    path: '/portico/subscriptions/{subscription_id}/quotes',
    operation: 'createQuote',
    noun: 'Quotes',
    summary: 'Quote a change of plan',
    description:
      'What the same request to change-plan would charge this instant, kept for ten minutes to be confirmed.',
    body: quoteBody,
    example: { ...changePlanExample, addons: [...changePlanExample.addons] },
    answer: quoteSchema,
    status: 201,
    refusals: [...changePlanRefusals, 'NO_ELIGIBLE_PAYMENT_METHODS'],
  },
  async (ctx, { params, body }) => quoteToWire(await quoteChange(ctx, params.subscription_id, toChangeRequest(body))),
)
