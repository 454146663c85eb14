import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { metadataInput } from '#api/input/metadata.ts'
import { notYet } from '#api/input/not-yet.ts'
import { chargedFields, productPrice } from '#api/input/on-demand.ts'
import { chargeSubscription } from '#core/subscriptions/charge-subscription.ts'
import { chargeSchema } from '#wire/order.ts'

export const chargeSubscriptionBody = z
  .object({
    product_price: productPrice().openapi({
      description: 'Of a unit, before exclusive tax, in minor units',
      example: 2500,
    }),
    metadata: metadataInput
      .nullish()
      .openapi({ description: 'Of the payment; the subscription’s where it is left out' }),
    customer_balance_config: z
      .object({
        allow_customer_credits_usage: z
          .boolean()
          .nullish()
          .openapi({ description: 'false leaves the wallet alone; otherwise it pays what it can, as on any invoice' }),
        allow_customer_credits_purchase: notYet(z.boolean().nullish()),
      })
      .nullish(),
    ...chargedFields,
  })
  .openapi('ChargeSubscription')

export const chargeSubscriptionEndpoint = endpoint(
  {
    method: 'post',
    path: '/subscriptions/{subscription_id}/charge',
    operation: 'chargeSubscription',
    noun: 'Subscriptions',
    summary: 'Charge a subscription on demand',
    description:
      'One charge for each request, to the saved method of a subscription that was begun with on_demand. Declined, the payment says why, nothing stays owed, and the subscription runs on. While a payment is under way the next one is refused.',
    differs:
      '`product_price` is of a unit; a decline never puts the subscription on hold; the method pays itself what the wallet does not: no credit is bought in between',
    body: chargeSubscriptionBody,
    example: { product_price: 2500, product_description: 'Print run of March' },
    answer: chargeSchema,
    refusals: [
      'SUBSCRIPTION_NOT_ON_DEMAND',
      'SUBSCRIPTION_INACTIVE',
      'CHARGE_NOT_ALLOWED_FOR_SCHEDULED_CANCELLATION',
      'PREVIOUS_PAYMENT_PENDING',
      'UNSUPPORTED_CURRENCY',
      'TOTAL_PAYMENT_AMOUNT_BELOW_MINIMUM_AMOUNT',
    ],
  },
  async (ctx, { params, body }) => {
    const { product_price, product_currency = null, product_description = null, metadata = null } = body
    const use_wallet = body.customer_balance_config?.allow_customer_credits_usage !== false
    const charge = { product_price, product_currency, product_description, metadata, use_wallet }
    const { payment_id } = await chargeSubscription(ctx, params.subscription_id, charge)
    return { payment_id }
  },
)
