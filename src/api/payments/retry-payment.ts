import { endpoint } from '#api/endpoint.ts'
import { retryPayment } from '#core/recovery/retry-payment.ts'
import { manualRetrySchema, manualRetryToWire } from '#wire/manual-retry.ts'

export const retryPaymentEndpoint = endpoint(
  {
    method: 'post',
    path: '/payments/{payment_id}/retry',
    operation: 'retryPayment',
    noun: 'Payments',
    summary: 'Ask for a declined payment of a subscription once more',
    differs: 'three by hand, an hour apart, ten retries in all',
    description:
      'Charges the saved method of the subscription at once, three times at most for what is owed and once an hour. Declined again, it may be asked for later.',
    answer: manualRetrySchema,
    refusals: [
      'PAYMENT_NOT_RETRYABLE',
      'NO_ELIGIBLE_PAYMENT_METHODS',
      'PREVIOUS_PAYMENT_PENDING',
      'RETRY_COOLING_DOWN',
      'SUBSCRIPTION_PAYMENT_RETRY_LIMIT_EXCEEDED',
    ],
  },
  async (ctx, { params }) => manualRetryToWire(await retryPayment(ctx, params.payment_id)),
)
