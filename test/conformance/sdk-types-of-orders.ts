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

type Fits<Ours extends Theirs, Theirs> = Ours
type Whole<Ours extends Record<keyof Theirs, unknown>, Theirs> = Ours

export type Orders = [
  Fits<WireSubscriptionOrder, SubscriptionCreateResponse>,
  Whole<WireSubscriptionOrder, SubscriptionCreateResponse>,
  Fits<WirePaymentOrder, PaymentCreateResponse>,
  Whole<WirePaymentOrder, PaymentCreateResponse>,
  Fits<SubscriptionCreateParams, z.input<typeof createSubscriptionBody>>,
  Fits<z.output<typeof chargeSchema>, SubscriptionChargeResponse>,
  Fits<SubscriptionChargeParams, z.input<typeof chargeSubscriptionBody>>,
  Fits<PaymentCreateParams, z.input<typeof createPaymentBody>>,
]
