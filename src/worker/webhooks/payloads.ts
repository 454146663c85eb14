// What an event is sent with: its resource as the API has it, read when it is sent.
import { withCustomers } from '#core/customers/customers-by-id.ts'
import { getPaymentWhole } from '#core/payments/payment-details.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import type { PayloadKind } from '#core/webhooks/payload-kinds.ts'
import type { BusinessCtx } from '#src/context.ts'
import { paymentToWire } from '#wire/payment.ts'
import { subscriptionToWire } from '#wire/subscription.ts'

interface Payload {
  /** As the API names it. */
  payload_type: string
  load(ctx: BusinessCtx, resource_id: string): Promise<object>
}

export const payloads: Record<PayloadKind, Payload> = {
  payment: {
    payload_type: 'Payment',
    load: async (ctx, payment_id) => paymentToWire(await getPaymentWhole(ctx, payment_id), ctx.urls),
  },
  subscription: { payload_type: 'Subscription', load: loadSubscription },
}

async function loadSubscription(ctx: BusinessCtx, subscription_id: string): Promise<object> {
  const [subscription] = await withCustomers(ctx, [await getSubscription(ctx, subscription_id)])
  if (subscription === undefined) throw new Error('one row stays one row')
  return { ...subscriptionToWire(subscription), past_due_ends_at: null }
}
