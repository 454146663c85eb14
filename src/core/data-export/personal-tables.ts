// Where a person's data lies.
import type { OwnedTable } from '#core/scope.ts'

export interface PersonalTable {
  table: OwnedTable
  /** Column that tells rows apart within a business, by which they are read in batches. */
  key: string
  /** Whose rows: those with the customer's id, or those of a row that has it. */
  of?: { table: OwnedTable; key: string }
}

export const personalTables: readonly PersonalTable[] = [
  { table: 'customers', key: 'customer_id' },
  { table: 'customer_billing', key: 'customer_id' },
  { table: 'email_changes', key: 'change_id' },
  { table: 'subscriptions', key: 'subscription_id' },
  { table: 'cancellation_offers_made', key: 'offer_id' },
  { table: 'plan_changes', key: 'change_id', of: { table: 'subscriptions', key: 'subscription_id' } },
  { table: 'credit_entries', key: 'entry_id', of: { table: 'subscriptions', key: 'subscription_id' } },
  { table: 'checkout_sessions', key: 'checkout_id' },
  { table: 'payment_methods', key: 'payment_method_id' },
  { table: 'dues', key: 'dues_id' },
  { table: 'payments', key: 'payment_id' },
  { table: 'disputes', key: 'dispute_id', of: { table: 'payments', key: 'payment_id' } },
  { table: 'refunds', key: 'refund_id' },
  { table: 'invoices', key: 'invoice_id' },
  { table: 'invoice_corrections', key: 'correction_id' },
  { table: 'credit_notes', key: 'credit_note_id' },
  { table: 'discount_redemptions', key: 'reason_key' },
  { table: 'discount_customers', key: 'discount_id' },
  { table: 'license_keys', key: 'license_key_id' },
  {
    table: 'license_key_instances',
    key: 'license_key_instance_id',
    of: { table: 'license_keys', key: 'license_key_id' },
  },
  { table: 'entitlement_grants', key: 'grant_id' },
  { table: 'usage_events', key: 'event_id' },
  { table: 'wallets', key: 'currency' },
  { table: 'wallet_entries', key: 'entry_id' },
  { table: 'credit_balances', key: 'balance_id' },
  { table: 'credit_grants', key: 'grant_id' },
  { table: 'credit_ledger_entries', key: 'entry_id' },
  { table: 'overage_charges', key: 'dues_id' },
  { table: 'dunning_attempts', key: 'dunning_attempt_id' },
  { table: 'session_grants', key: 'session_id' },
  { table: 'audit_entries', key: 'audit_id' },
]

/** Hold a customer's id, and nothing about them that is not told above. */
export const leftOut: Readonly<Record<string, string>> = {
  access_links: 'ways in, used once',
  dues_lines: 'parts of what was owed: the amounts stand there, the words on the invoices',
  emails: 'letters, which the customer has; what they were about is told above',
  events: 'notes from one part to another about the rows above',
  method_setups: 'attempts to save a payment method; what came of them is among the payment methods',
  pay_links: 'ways to pay, mailed',
}

/** Secrets, and what workers write for themselves. */
export const withheld = new Set([
  'business_id',
  'claim_token',
  'claimed_until',
  'email_key',
  'fingerprint',
  'next_check_at',
  'next_attempt_at',
  'nonce',
  'processor_key',
  'processor_reference',
  'reason_key',
  'session_id',
  'token_hash',
])
