import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import { type Currency, currencySchema } from './codes.ts'
import { rfc3339, timeSchema } from './rfc3339.ts'

export const walletSchema = z
  .object({
    customer_id: z.string(),
    currency: currencySchema,
    balance: z.int().openapi({ description: 'Minor units', example: 2500 }),
    created_at: timeSchema('When the customer first had money in this currency'),
    updated_at: timeSchema('When the balance last changed'),
  })
  .openapi('CustomerWallet')

export const walletsSchema = z
  .object({
    items: z.array(walletSchema).openapi({ description: 'One for each currency' }),
    total_balance_usd: z.int().openapi({ description: 'The wallet in USD; nothing is converted', example: 2500 }),
  })
  .openapi('CustomerWallets')

const walletEventSchema = z.enum([
  'payment',
  'payment_reversal',
  'refund',
  'refund_reversal',
  'dispute',
  'dispute_reversal',
  'merchant_adjustment',
])

export const walletEntrySchema = z
  .object({
    id: z.string().openapi({ example: 'wle_0gyTQv4mR8nXw2LkP9sBd' }),
    business_id: z.string(),
    customer_id: z.string(),
    currency: currencySchema,
    amount: z.int().openapi({ description: 'Minor units, never negative', example: 2500 }),
    is_credit: z.boolean().openapi({ description: 'Whether the wallet gained it' }),
    before_balance: z.int(),
    after_balance: z.int(),
    event_type: walletEventSchema.openapi({
      description: 'payment: taken for an invoice; payment_reversal: given back where the rest was declined',
    }),
    reason: z.string().nullable(),
    reference_object_id: z
      .string()
      .nullable()
      .openapi({ description: 'The subscription, payment or refund behind it' }),
    created_at: timeSchema('When it was written'),
  })
  .openapi('CustomerWalletTransaction')

export type WireWallet = z.output<typeof walletSchema>
export type WireWallets = z.output<typeof walletsSchema>
export type WireWalletEntry = z.output<typeof walletEntrySchema>

export function walletToWire(row: Selectable<DB['wallets']>): WireWallet {
  const { customer_id, currency, balance, created_at, updated_at } = row
  return {
    customer_id,
    currency: currency as Currency,
    balance,
    created_at: rfc3339(created_at),
    updated_at: rfc3339(updated_at),
  }
}

export function walletEntryToWire(row: Selectable<DB['wallet_entries']>): WireWalletEntry {
  return {
    id: row.entry_id,
    business_id: row.business_id,
    customer_id: row.customer_id,
    currency: row.currency as Currency,
    amount: Math.abs(row.amount),
    is_credit: row.amount > 0,
    before_balance: row.before_balance,
    after_balance: row.after_balance,
    event_type: row.event_type,
    reason: row.reason,
    reference_object_id: row.reference_object_id,
    created_at: rfc3339(row.created_at),
  }
}
