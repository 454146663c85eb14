import { endpoint } from '#api/endpoint.ts'
import { withBrand } from '#core/brands/with-brands.ts'
import { paymentUrls } from '#core/invoices/invoice-link.ts'
import { getPaymentWhole } from '#core/payments/payment-details.ts'
import { paymentSchema, paymentToWire } from '#wire/payment.ts'

export const retrievePaymentEndpoint = endpoint(
  {
    method: 'get',
    path: '/payments/{payment_id}',
    operation: 'retrievePayment',
    noun: 'Payments',
    summary: 'Retrieve a payment',
    answer: paymentSchema,
  },
  async (ctx, { params }) => {
    const payment = await getPaymentWhole(ctx, params.payment_id)
    return withBrand(ctx, paymentToWire(payment, paymentUrls(ctx)))
  },
)
