import { endpoint } from '#api/endpoint.ts'
import { findCheckoutPayment, getCheckout } from '#core/checkout/queries.ts'
import { getCustomer } from '#core/customers/queries.ts'
import { checkoutSessionSchema, checkoutSessionToWire } from '#wire/checkout-session.ts'

export const retrieveCheckoutEndpoint = endpoint(
  {
    method: 'get',
    path: '/checkouts/{session_id}',
    operation: 'retrieveCheckout',
    noun: 'Checkouts',
    summary: 'Retrieve a checkout',
    answer: checkoutSessionSchema,
  },
  async (ctx, { params }) => {
    const checkout = await getCheckout(ctx, params.session_id)
    const payment = await findCheckoutPayment(ctx, params.session_id)
    const payer = payment === undefined ? undefined : await getCustomer(ctx, payment.customer_id)
    return checkoutSessionToWire(checkout, payment, payer)
  },
)
