import { endpoint } from '#api/endpoint.ts'
import { invoiceLinks } from '#core/invoices/invoice-link.ts'
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
  async (ctx, { params }) =>
    paymentToWire(await getPaymentWhole(ctx, params.payment_id), { urls: ctx.urls, invoiceUrl: invoiceLinks(ctx) }),
)
