import { z } from '@hono/zod-openapi'

export const paymentMethodUpdateSchema = z
  .object({
    payment_id: z.string().nullable().openapi({ description: 'Of what was owed; null where nothing was' }),
    payment_link: z.string().nullable().openapi({ description: 'Always null: a saved method needs no page' }),
    client_secret: z.string().nullable().openapi({ description: 'Always null' }),
    expires_on: z.string().nullable().openapi({ description: 'Always null' }),
  })
  .openapi('PaymentMethodUpdate')

export type WirePaymentMethodUpdate = z.output<typeof paymentMethodUpdateSchema>
