// What a customer holds of a credit: the balance, the grants it is made of, and the entries that moved it. Amounts are decimals as text.
import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import { metadataSchema } from './metadata.ts'
import { rfc3339, rfc3339OrNull, timeSchema } from './rfc3339.ts'

const decimal = z.string().openapi({ description: 'A decimal', example: '100' })
const owner = { credit_entitlement_id: z.string(), customer_id: z.string() }

export const creditBalanceSchema = z
  .object({
    id: z.string().openapi({ example: 'ccb_0gyTR3kUe7pWz9QhV2sJn' }),
    ...owner,
    balance: decimal,
    overage: decimal,
    created_at: timeSchema('When the customer first held any'),
    updated_at: timeSchema('When it last moved'),
    last_transaction_at: timeSchema('When it last moved; null while nothing has').nullable(),
  })
  .openapi('CustomerCreditBalance')

export const creditGrantSchema = z
  .object({
    id: z.string().openapi({ example: 'cgr_0gyTR3kUe7pWz9QhV2sJn' }),
    ...owner,
    initial_amount: decimal,
    remaining_amount: decimal,
    source_type: z.enum(['subscription', 'one_time', 'addon', 'api', 'rollover']),
    source_id: z.string().nullable().openapi({ description: 'The subscription or payment it came with' }),
    is_expired: z.boolean(),
    is_rolled_over: z.boolean(),
    rollover_count: z.int(),
    parent_grant_id: z.string().nullable().openapi({ description: 'The grant it rolled over from' }),
    expires_at: timeSchema('When what is left of it is lost').nullable(),
    metadata: metadataSchema,
    created_at: timeSchema('When it was granted'),
    updated_at: timeSchema('When it was last used'),
  })
  .openapi('CreditGrant')

const moved = {
  id: z.string().openapi({ example: 'cle_0gyTR3kUe7pWz9QhV2sJn' }),
  ...owner,
  amount: decimal,
  is_credit: z.boolean(),
  balance_before: decimal,
  balance_after: decimal,
  overage_before: decimal,
  overage_after: decimal,
  grant_id: z.string().nullable(),
  metadata: metadataSchema,
  created_at: timeSchema('When it was written'),
}

export const transactionTypeSchema = z
  .enum([
    'credit_added',
    'credit_deducted',
    'credit_expired',
    'credit_rolled_over',
    'rollover_forfeited',
    'overage_charged',
    'overage_reset',
    'auto_top_up',
    'manual_adjustment',
    'refund',
  ])
  .openapi('CreditTransactionType')

export const creditLedgerEntrySchema = z
  .object({
    ...moved,
    business_id: z.string(),
    brand_id: z.string().openapi({ description: 'The primary brand carries the id of the business' }),
    transaction_type: transactionTypeSchema,
    description: z.string().nullable(),
    reference_type: z.string().nullable(),
    reference_id: z.string().nullable(),
  })
  .openapi('CreditLedgerEntry')

export const newCreditLedgerEntrySchema = z
  .object({ ...moved, entry_type: z.enum(['credit', 'debit']), reason: z.string().nullable() })
  .openapi('NewCreditLedgerEntry')

type EntryRow = Selectable<DB['credit_ledger_entries']>
export type WireCreditBalance = z.output<typeof creditBalanceSchema>
export type WireCreditGrant = z.output<typeof creditGrantSchema>
export type WireCreditLedgerEntry = z.output<typeof creditLedgerEntrySchema>
export type WireNewCreditLedgerEntry = z.output<typeof newCreditLedgerEntrySchema>

export function creditBalanceToWire(row: Selectable<DB['credit_balances']>): WireCreditBalance {
  const { balance_id: id, credit_entitlement_id, customer_id, balance, overage } = row
  return {
    ...{ id, credit_entitlement_id, customer_id, balance, overage },
    created_at: rfc3339(row.created_at),
    updated_at: rfc3339(row.updated_at),
    last_transaction_at: rfc3339OrNull(row.last_transaction_at),
  }
}

export function creditGrantToWire(row: Selectable<DB['credit_grants']>, now: Temporal.Instant): WireCreditGrant {
  const { grant_id: id, credit_entitlement_id, customer_id, initial_amount, remaining_amount, source_type } = row
  const { source_id, rollover_count, parent_grant_id, metadata } = row
  return {
    ...{ id, credit_entitlement_id, customer_id, initial_amount, remaining_amount, source_type, source_id },
    is_expired: row.expires_at !== null && Temporal.Instant.compare(row.expires_at, now) <= 0,
    is_rolled_over: source_type === 'rollover',
    ...{ rollover_count, parent_grant_id, metadata },
    expires_at: rfc3339OrNull(row.expires_at),
    created_at: rfc3339(row.created_at),
    updated_at: rfc3339(row.updated_at),
  }
}

function movedToWire(row: EntryRow) {
  const { entry_id: id, credit_entitlement_id, customer_id, amount, is_credit, grant_id, metadata } = row
  const { balance_before, balance_after, overage_before, overage_after } = row
  return {
    ...{ id, credit_entitlement_id, customer_id, amount, is_credit, grant_id, metadata },
    ...{ balance_before, balance_after, overage_before, overage_after },
    created_at: rfc3339(row.created_at),
  }
}

export function creditLedgerEntryToWire(row: EntryRow): WireCreditLedgerEntry {
  const { business_id, transaction_type, description, reference_type, reference_id } = row
  const base = { ...movedToWire(row), business_id, brand_id: business_id }
  return { ...base, transaction_type, description, reference_type, reference_id }
}

export function newCreditLedgerEntryToWire(row: EntryRow): WireNewCreditLedgerEntry {
  return { ...movedToWire(row), entry_type: row.is_credit ? 'credit' : 'debit', reason: row.description }
}
