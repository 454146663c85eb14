// What the merchant's own server begins and asks for, without a checkout of its customer's.
import type { Endpoint } from './endpoint.ts'
import { createPaymentEndpoint } from './payments/create-payment.ts'
import { chargeSubscriptionEndpoint } from './subscriptions/charge-subscription.ts'
import { createSubscriptionEndpoint } from './subscriptions/create-subscription.ts'

export const orderEndpoints: readonly Endpoint[] = [
  createSubscriptionEndpoint,
  chargeSubscriptionEndpoint,
  createPaymentEndpoint,
]
