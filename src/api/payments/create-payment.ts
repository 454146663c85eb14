import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { oneTimeItem, orderFields, orderRefusals, toOrder } from '#api/input/order.ts'
import { orderDirectly } from '#core/checkout/order-directly.ts'
import { getCustomer } from '#core/customers/queries.ts'
import { paymentOrderSchema, paymentOrderToWire } from '#wire/order.ts'

export const createPaymentBody = z
  .object({
    product_cart: z.array(oneTimeItem).max(100).openapi({ description: 'One-time products in one currency' }),
    adaptive_currency_fees_inclusive: z
      .boolean()
      .nullish()
      .openapi({ description: 'Ignored: nothing is converted, and there are no fees for it' }),
    ...orderFields,
  })
  .openapi('CreatePayment')

export const createPaymentEndpoint = endpoint(
  {
    method: 'post',
    path: '/payments',
    operation: 'createPayment',
    noun: 'Payments',
    summary: 'Begin a one-time purchase without a checkout of your own',
    description:
      'Deprecated by the published API in favour of checkouts, and served. The customer pays at payment_link, for 24 hours, or a saved method is charged at once; declined, the payment says why. A method that is entered at the link is kept for nothing else.',
    differs: 'pays at `payment_link` for 24 hours, or at once with `payment_method_id`; `client_secret` is empty',
    body: createPaymentBody,
    example: {
      product_cart: [{ product_id: 'pdt_0gyTR3kUe7pWz9QhV2sJn', quantity: 1 }],
      customer: { email: 'mara@example.com', name: 'Mara Lind' },
      billing: { country: 'SE' },
      payment_link: true,
    },
    answer: paymentOrderSchema,
    refusals: ['PRODUCT_CART_EMTPY', ...orderRefusals],
  },
  async (ctx, { body }) => {
    const product_cart = body.product_cart.map((item) => ({ ...item, addons: [], amount: item.amount ?? null }))
    const ordered = await orderDirectly(ctx, { ...toOrder(ctx, body), product_cart, sells: 'one_time' })
    const customer = await getCustomer(ctx, ordered.customer_id)
    return paymentOrderToWire({ ...ordered, customer }, ctx.urls)
  },
)
