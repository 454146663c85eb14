import { z } from '@hono/zod-openapi'

export const paymentMethodUpdateSchema = z
  .object({
    payment_id: z.string().nullable().openapi({ description: 'Of what was owed; null where nothing was' }),
    payment_link: z
      .string()
      .nullable()
      .openapi({ description: 'Where the customer enters a new method; null for a saved one' }),
    client_secret: z.string().nullable().openapi({ description: 'Always null' }),
    expires_on: z.string().nullable().openapi({ description: 'Until when payment_link can be used' }),
  })
  .openapi('PaymentMethodUpdate')

export type WirePaymentMethodUpdate = z.output<typeof paymentMethodUpdateSchema>
