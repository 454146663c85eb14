// Generated from the migrations by scripts/generate-schema.ts; do not edit.
import type { Generated } from 'kysely'

export type DisputeStatus = 'accepted' | 'challenged' | 'lost' | 'opened' | 'won'

export type HookKind = 'dispute' | 'payment' | 'refund' | 'setup'

export type IntentKind = 'charge' | 'payment_page' | 'setup_page'

export type IntentStatus = 'declined' | 'lost' | 'open' | 'succeeded'

export type MethodStatus = 'attached' | 'pending' | 'removed' | 'single_use'

export type MethodType = 'card' | 'upi'

export type RefundStatus = 'declined' | 'succeeded'

export type TryOutcome = 'challenge' | 'declined' | 'succeeded'

export interface Captures {
  amount: number
  business_id: string
  captured_at: Temporal.Instant
  currency: string
  key: string
  refunded_amount: Generated<number>
}

export interface Disputes {
  amount: number
  business_id: string
  created_at: Temporal.Instant
  currency: string
  decided_at: Temporal.Instant | null
  dispute_id: string
  payment_key: string
  status: DisputeStatus
}

export interface HookEvents {
  attempts: Generated<number>
  business_id: string
  created_at: Temporal.Instant
  delivered_at: Temporal.Instant | null
  event_id: string
  key: string
  kind: HookKind
  next_attempt_at: Temporal.Instant
}

export interface Intents {
  amount: number
  business_id: string
  created_at: Temporal.Instant
  currency: string
  customer_id: string
  decided_at: Temporal.Instant | null
  decline_code: string | null
  description: string
  intent_id: string
  key: string
  kind: IntentKind
  method_id: string | null
  statement_descriptor: string | null
  status: IntentStatus
}

export interface Methods {
  business_id: string
  card_holder_name: string | null
  card_issuing_country: string | null
  card_last_four: string | null
  card_network: string | null
  card_type: string | null
  created_at: Temporal.Instant
  customer_id: string
  expiry_month: number | null
  expiry_year: number | null
  fingerprint: string | null
  method_id: string
  off_session: string
  status: MethodStatus
  type: MethodType
  upi_id: string | null
}

export interface Pages {
  allowed_types: string[] | null
  business_id: string
  business_name: string
  challenge: Generated<boolean>
  country: string | null
  customer_name: string
  key: string
  page_id: string
  return_url: string
  save_method: boolean
}

export interface Refunds {
  amount: number
  business_id: string
  created_at: Temporal.Instant
  currency: string
  key: string
  message: string | null
  payment_key: string
  refund_id: string
  status: RefundStatus
}

export interface Tries {
  business_id: string
  card_last_four: string | null
  created_at: Temporal.Instant
  decline_code: string | null
  declined_after: string | null
  key: string
  method_id: string | null
  outcome: TryOutcome
  try_number: number
}

export interface SandboxDB {
  captures: Captures
  disputes: Disputes
  hook_events: HookEvents
  intents: Intents
  methods: Methods
  pages: Pages
  refunds: Refunds
  tries: Tries
}
