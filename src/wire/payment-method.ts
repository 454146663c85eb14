import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import { type Country, countrySchema } from './codes.ts'
import { orNull } from './list.ts'
import { rfc3339OrNull, timeSchema } from './rfc3339.ts'

const cardSchema = z.object({
  card_holder_name: z.string().nullable(),
  card_issuing_country: orNull(countrySchema),
  card_network: z.string().nullable().openapi({ example: 'VISA' }),
  card_type: z.string().nullable().openapi({ example: 'CREDIT' }),
  expiry_month: z.string().nullable().openapi({ example: '06' }),
  expiry_year: z.string().nullable().openapi({ example: '2032' }),
  last4_digits: z.string().nullable().openapi({ example: '4242' }),
})

export const paymentMethodTypeSchema = z.enum(['credit', 'debit', 'upi_collect'])

export const paymentMethodSchema = z
  .object({
    payment_method_id: z.string().openapi({ example: 'pm_0gyTRb2Wq5mZx8Ys4NcLe' }),
    payment_method: z.enum(['card', 'upi']),
    payment_method_type: paymentMethodTypeSchema.nullable(),
    card: cardSchema.nullable(),
    last_used_at: timeSchema('The last payment it was used for').nullable(),
    recurring_enabled: z.boolean().openapi({ description: 'Can be charged without the customer' }),
  })
  .openapi('PaymentMethod')

export type PaymentMethodRow = Selectable<DB['payment_methods']> & { last_used_at: Temporal.Instant | null }
export type WirePaymentMethod = z.output<typeof paymentMethodSchema>

export function paymentMethodToWire(row: PaymentMethodRow): WirePaymentMethod {
  return {
    payment_method_id: row.payment_method_id,
    payment_method: row.type,
    payment_method_type: methodTypeOf(row.type, row.card_type),
    card: row.type === 'card' ? cardOf(row) : null,
    last_used_at: rfc3339OrNull(row.last_used_at),
    recurring_enabled: true,
  }
}

function cardOf(row: PaymentMethodRow): z.output<typeof cardSchema> {
  return {
    card_holder_name: row.card_holder_name,
    card_issuing_country: row.card_issuing_country as Country | null,
    card_network: row.card_network?.toUpperCase() ?? null,
    card_type: row.card_type?.toUpperCase() ?? null,
    expiry_month: row.expiry_month === null ? null : String(row.expiry_month).padStart(2, '0'),
    expiry_year: row.expiry_year === null ? null : String(row.expiry_year),
    last4_digits: row.card_last_four,
  }
}

export function methodTypeOf(
  type: PaymentMethodRow['type'] | null,
  card_type: string | null,
): z.output<typeof paymentMethodTypeSchema> | null {
  if (type === 'upi') return 'upi_collect'
  const kind = card_type?.toLowerCase()
  return kind === 'credit' || kind === 'debit' ? kind : null
}
