import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { allowedTypesInput, toAllowedTypes } from '#api/input/method-terms.ts'
import { id, webAddress } from '#api/input/text.ts'
import { requestNewMethod } from '#core/recovery/request-new-method.ts'
import { updatePaymentMethod } from '#core/subscriptions/update-payment-method.ts'
import { paymentMethodUpdateSchema } from '#wire/payment-method-update.ts'
import { rfc3339 } from '#wire/rfc3339.ts'

export const updatePaymentMethodBody = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('existing'), payment_method_id: id('pm_0gyTRk8Lw3vXn5TbC6yHq') }),
    z.object({
      type: z.literal('new').openapi({ description: 'Entered by the customer at payment_link' }),
      return_url: webAddress().nullish(),
      allowed_payment_method_types: allowedTypesInput,
    }),
  ])
  .openapi('UpdatePaymentMethod')

export const updatePaymentMethodEndpoint = endpoint(
  {
    method: 'post',
    path: '/subscriptions/{subscription_id}/update-payment-method',
    operation: 'updatePaymentMethod',
    noun: 'Subscriptions',
    summary: 'Pay a subscription with another method',
    description:
      'A saved method, or a new one that the customer enters at payment_link until expires_on. Of an active subscription it pays from the next renewal on. Where something is owed that is paid with it, and payment_id says which payment that is; paid, the subscription is active again.',
    body: updatePaymentMethodBody,
    example: { type: 'existing', payment_method_id: 'pm_0gyTRk8Lw3vXn5TbC6yHq' },
    answer: paymentMethodUpdateSchema,
    refusals: ['SUBSCRIPTION_INACTIVE', 'PREVIOUS_PAYMENT_PENDING', 'NO_ELIGIBLE_PAYMENT_METHODS'],
  },
  async (ctx, { params, body }) => {
    if (body.type === 'new') {
      const { return_url = null, allowed_payment_method_types } = body
      const asked = { return_url, allowed_types: toAllowedTypes(allowed_payment_method_types) }
      const { link, payment_id } = await requestNewMethod(ctx, params.subscription_id, asked)
      const payment_link = ctx.urls.pay(link.pay_link_id)
      return { payment_id, payment_link, client_secret: null, expires_on: rfc3339(link.expires_at) }
    }
    const payment = await updatePaymentMethod(ctx, params.subscription_id, body.payment_method_id)
    return { payment_id: payment?.payment_id ?? null, payment_link: null, client_secret: null, expires_on: null }
  },
)
