// Checked by the compiler alone, as sdk-types.ts: orders of the merchant's own server.
import type { z } from '@hono/zod-openapi'
import type { PaymentCreateParams, PaymentCreateResponse } from 'dodopayments/resources/payments'
import type {
  SubscriptionChargeParams,
  SubscriptionChargeResponse,
  SubscriptionCreateParams,
  SubscriptionCreateResponse,
} from 'dodopayments/resources/subscriptions'
import type { createPaymentBody } from '#api/payments/create-payment.ts'
import type { chargeSubscriptionBody } from '#api/subscriptions/charge-subscription.ts'
import type { createSubscriptionBody } from '#api/subscriptions/create-subscription.ts'
import type { chargeSchema, WirePaymentOrder, WireSubscriptionOrder } from '#wire/order.ts'
import type { Fits, Heard, Whole } from './fits.ts'

export type Orders = [
  Fits<WireSubscriptionOrder, SubscriptionCreateResponse>,
  Whole<WireSubscriptionOrder, SubscriptionCreateResponse>,
  Fits<WirePaymentOrder, PaymentCreateResponse>,
  Whole<WirePaymentOrder, PaymentCreateResponse>,
  Heard<SubscriptionCreateParams, z.input<typeof createSubscriptionBody>>,
  Fits<z.output<typeof chargeSchema>, SubscriptionChargeResponse>,
  Heard<SubscriptionChargeParams, z.input<typeof chargeSubscriptionBody>>,
  Heard<PaymentCreateParams, z.input<typeof createPaymentBody>>,
]
