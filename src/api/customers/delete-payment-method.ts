import { endpoint } from '#api/endpoint.ts'
import { removePaymentMethod } from '#core/payment-methods/remove-method.ts'

export const deletePaymentMethodEndpoint = endpoint(
  {
    method: 'delete',
    path: '/customers/{customer_id}/payment-methods/{payment_method_id}',
    operation: 'deletePaymentMethod',
    noun: 'Customers',
    summary: 'Remove a saved payment method',
    description: 'Here and at the processor. Removing it again changes nothing.',
    status: 204,
    refusals: ['PAYMENT_METHOD_IN_USE'],
  },
  async (ctx, { params }) => {
    await removePaymentMethod(ctx, params.customer_id, params.payment_method_id)
    return undefined
  },
)
