import { endpoint } from '#api/endpoint.ts'
import { getPaymentLines } from '#core/payments/line-items.ts'
import { paymentLineItemsSchema, paymentLineItemsToWire } from '#wire/payment-line-items.ts'

export const retrieveLineItemsEndpoint = endpoint(
  {
    method: 'get',
    path: '/payments/{payment_id}/line-items',
    operation: 'retrieveLineItems',
    noun: 'Payments',
    summary: 'Retrieve what a payment paid for',
    answer: paymentLineItemsSchema,
  },
  async (ctx, { params }) => {
    const { currency, lines } = await getPaymentLines(ctx, params.payment_id)
    return paymentLineItemsToWire(currency, lines)
  },
)
