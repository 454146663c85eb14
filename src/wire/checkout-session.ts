import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import type { Urls } from '#src/urls.ts'
import { emptySchema, orNull } from './list.ts'
import { intentStatusSchema } from './payment.ts'
import { rfc3339, timeSchema } from './rfc3339.ts'

/** What making a checkout answers. */
export const checkoutLinkSchema = z
  .object({
    session_id: z.string().openapi({ example: 'cks_0gyTS0cXh6uRf4LmW2yEa' }),
    checkout_url: z.string().nullable().openapi({
      description: 'The page on which a person pays, for 24 hours; null where a saved method was charged',
      example: 'https://billing.example.com/checkout/cks_0gyTS0cXh6uRf4LmW2yEa',
    }),
    client_secret: emptySchema('The secret of an embedded checkout'),
    payment_id: z
      .string()
      .nullable()
      .openapi({ description: 'Begun at once; null without confirm, and where nothing is paid yet' }),
    publishable_key: emptySchema('The key of an embedded checkout'),
  })
  .openapi('CheckoutLink')

export const checkoutSessionSchema = z
  .object({
    id: z.string().openapi({ example: 'cks_0gyTS0cXh6uRf4LmW2yEa' }),
    created_at: timeSchema('When it was made'),
    customer_email: z.string().nullable().openapi({ description: 'Who pays; until then, whom it was made for' }),
    customer_name: z.string().nullable(),
    payment_id: z.string().nullable().openapi({ description: 'The latest attempt to pay; null before the first' }),
    payment_status: orNull(intentStatusSchema),
  })
  .openapi('CheckoutSession')

export type CheckoutRow = Selectable<DB['checkout_sessions']>
type PaymentRow = Pick<Selectable<DB['payments']>, 'payment_id' | 'status'>
export type WireCheckoutLink = z.output<typeof checkoutLinkSchema>
export type WireCheckoutSession = z.output<typeof checkoutSessionSchema>

interface MadeCheckout {
  checkout: Pick<CheckoutRow, 'checkout_id'>
  payment?: PaymentRow | undefined
  /** Whether it can be paid at its page. */
  waits?: boolean
}

export function checkoutLinkToWire({ checkout, payment, waits = true }: MadeCheckout, urls: Urls): WireCheckoutLink {
  const { checkout_id } = checkout
  return {
    session_id: checkout_id,
    checkout_url: waits ? urls.checkout(checkout_id) : null,
    client_secret: null,
    payment_id: payment?.payment_id ?? null,
    publishable_key: null,
  }
}

/** `payer` is the customer of the payment, where one was begun. */
export function checkoutSessionToWire(
  row: CheckoutRow,
  payment?: PaymentRow,
  payer?: { email: string; name: string },
): WireCheckoutSession {
  return {
    id: row.checkout_id,
    created_at: rfc3339(row.created_at),
    customer_email: payer?.email ?? row.customer_email,
    customer_name: payer?.name ?? row.customer_name,
    payment_id: payment?.payment_id ?? null,
    payment_status: payment?.status ?? null,
  }
}
