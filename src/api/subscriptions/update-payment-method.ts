import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { id, text, webAddress } from '#api/input/text.ts'
import { updatePaymentMethod } from '#core/subscriptions/update-payment-method.ts'
import { AppError } from '#src/errors.ts'
import { paymentMethodUpdateSchema } from '#wire/payment-method-update.ts'

export const updatePaymentMethodBody = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('existing'), payment_method_id: id('pm_0gyTRk8Lw3vXn5TbC6yHq') }),
    z.object({
      type: z.literal('new').openapi({ description: 'Not supported yet: refused' }),
      return_url: webAddress().nullish(),
      allowed_payment_method_types: z
        .array(text({ max: 50 }))
        .max(50)
        .nullish(),
    }),
  ])
  .openapi('UpdatePaymentMethod')

export const updatePaymentMethodEndpoint = endpoint(
  {
    method: 'post',
    path: '/subscriptions/{subscription_id}/update-payment-method',
    operation: 'updatePaymentMethod',
    noun: 'Subscriptions',
    summary: 'Pay a subscription with another saved method',
    description:
      'Of an active subscription: from the next renewal on. On hold: what is owed is charged to it now, and payment_id says which payment that is; paid, the subscription is active again.',
    body: updatePaymentMethodBody,
    example: { type: 'existing', payment_method_id: 'pm_0gyTRk8Lw3vXn5TbC6yHq' },
    answer: paymentMethodUpdateSchema,
    refusals: ['SUBSCRIPTION_INACTIVE', 'PREVIOUS_PAYMENT_PENDING', 'UNSUPPORTED_ACTION'],
  },
  async (ctx, { params, body }) => {
    if (body.type === 'new') {
      throw new AppError('UNSUPPORTED_ACTION', { message: 'A new method cannot be entered here; name a saved one' })
    }
    const payment = await updatePaymentMethod(ctx, params.subscription_id, body.payment_method_id)
    return { payment_id: payment?.payment_id ?? null, payment_link: null, client_secret: null, expires_on: null }
  },
)
