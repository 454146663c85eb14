// The tables of the schema `sandbox` as Kysely sees them: migrations/sandbox.
import type { ColumnType, Generated, Selectable } from 'kysely'

export interface SandboxDB {
  methods: MethodsTable
  intents: IntentsTable
  pages: PagesTable
  tries: TriesTable
  captures: CapturesTable
  refunds: RefundsTable
  hook_events: HookEventsTable
}

type Instant = ColumnType<Temporal.Instant, Temporal.Instant, Temporal.Instant>
type NullableInstant = ColumnType<Temporal.Instant | null, Temporal.Instant | null | undefined, Temporal.Instant | null>

interface MethodsTable {
  business_id: string
  method_id: string
  customer_id: string
  type: 'card' | 'upi'
  status: 'pending' | 'single_use' | 'attached' | 'removed'
  off_session: string
  card_network: string | null
  card_last_four: string | null
  card_issuing_country: string | null
  card_type: string | null
  card_holder_name: string | null
  expiry_month: number | null
  expiry_year: number | null
  upi_id: string | null
  created_at: Instant
}

interface IntentsTable {
  business_id: string
  key: string
  intent_id: string
  kind: 'charge' | 'payment_page' | 'setup_page'
  status: 'open' | 'succeeded' | 'declined' | 'lost'
  amount: number
  currency: string
  customer_id: string
  description: string
  method_id: string | null
  decline_code: string | null
  created_at: Instant
  decided_at: NullableInstant
}

interface PagesTable {
  business_id: string
  page_id: string
  key: string
  business_name: string
  customer_name: string
  country: string | null
  return_url: string
  save_method: boolean
}

interface TriesTable {
  business_id: string
  key: string
  try_number: number
  outcome: 'succeeded' | 'declined' | 'challenge'
  decline_code: string | null
  method_id: string | null
  card_last_four: string | null
  created_at: Instant
}

interface CapturesTable {
  business_id: string
  key: string
  amount: number
  currency: string
  refunded_amount: Generated<number>
  captured_at: Instant
}

interface RefundsTable {
  business_id: string
  key: string
  refund_id: string
  payment_key: string
  amount: number
  currency: string
  status: 'succeeded' | 'declined'
  message: string | null
  created_at: Instant
}

interface HookEventsTable {
  business_id: string
  event_id: string
  kind: 'payment' | 'refund' | 'setup'
  key: string
  created_at: Instant
  attempts: Generated<number>
  next_attempt_at: Instant
  delivered_at: NullableInstant
}

export type MethodRow = Selectable<MethodsTable>
export type IntentRow = Selectable<IntentsTable>
export type PageRow = Selectable<PagesTable>
export type TryRow = Selectable<TriesTable>
export type RefundRow = Selectable<RefundsTable>
