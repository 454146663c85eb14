import { endpoint } from '#api/endpoint.ts'
import { listPaymentMethodsUsed } from '#core/payment-methods/list-used.ts'
import { listSchema } from '#wire/list.ts'
import { paymentMethodSchema, paymentMethodToWire } from '#wire/payment-method.ts'

export const listPaymentMethodsEndpoint = endpoint(
  {
    method: 'get',
    path: '/customers/{customer_id}/payment-methods',
    operation: 'listPaymentMethods',
    noun: 'Customers',
    summary: 'List a customer’s saved payment methods',
    description: 'All of them, the default first. No full number is ever kept.',
    answer: listSchema(paymentMethodSchema),
  },
  async (ctx, { params }) => {
    const methods = await listPaymentMethodsUsed(ctx, params.customer_id)
    return { items: methods.map(paymentMethodToWire) }
  },
)
