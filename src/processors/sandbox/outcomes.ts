// Rows of the books as outcomes of the port.

import type { NeverSeen, PaymentOutcome, ProcessorMethod, RefundOutcome, SetupOutcome } from '#processors/processor.ts'
import type { Books } from './books.ts'
import type { IntentRow, MethodRow, RefundRow } from './tables.ts'

const messages: Record<string, string> = {
  CUSTOMER_CANCELLED: 'The page was closed before anybody paid',
  AUTHENTICATION_FAILURE: 'The 3-D Secure check was refused',
  AUTHENTICATION_REQUIRED: 'The card wants a 3-D Secure check by its holder',
  AUTHENTICATION_TIMEOUT: 'The 3-D Secure check was never finished',
  EXPIRED_CARD: 'The card has expired',
  INSUFFICIENT_FUNDS: 'The card has insufficient funds',
  INVALID_ACCOUNT: 'The payment method is unknown, removed or another customer’s',
  INVALID_AMOUNT: 'The amount is below the smallest that can be charged',
  PAYMENT_METHOD_UNSUPPORTED: 'None of the payment methods that are allowed can be used here',
  STOLEN_CARD: 'The card was reported stolen',
}

/** `method` is the intent's, where it was read. */
export async function paymentOutcome(
  books: Books,
  intent: IntentRow,
  method?: MethodRow,
): Promise<PaymentOutcome | NeverSeen> {
  switch (intent.status) {
    case 'lost':
      return { status: 'never_seen' }
    case 'open':
      return { status: 'requires_action', reference: intent.intent_id, url: await pageUrl(books, intent) }
    case 'declined':
      return declined(intent)
    case 'succeeded':
      return {
        status: 'succeeded',
        reference: intent.intent_id,
        method: method ? describeMethod(method) : await methodOf(books, intent),
      }
  }
}

export async function setupOutcome(books: Books, intent: IntentRow): Promise<SetupOutcome | NeverSeen> {
  const outcome = await paymentOutcome(books, intent)
  if (outcome.status !== 'succeeded') return outcome
  if (outcome.method === null) throw new Error(`The finished set-up ${intent.key} has no method`)
  return { ...outcome, method: outcome.method }
}

export function refundOutcome({ status, refund_id, message }: RefundRow): RefundOutcome {
  return status === 'succeeded' ? { status, reference: refund_id } : { status, reference: refund_id, message }
}

function declined(intent: IntentRow) {
  const code = intent.decline_code ?? 'UNKNOWN_ERROR'
  return {
    status: 'declined' as const,
    reference: intent.intent_id,
    code,
    message: messages[code] ?? 'The payment was declined',
  }
}

async function pageUrl(books: Books, { business_id, key }: IntentRow): Promise<string> {
  const { page_id } = await books.db
    .selectFrom('pages')
    .select('page_id')
    .where('business_id', '=', business_id)
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  return `${books.baseUrl}/sandbox/pages/${page_id}`
}

async function methodOf(books: Books, { business_id, method_id }: IntentRow): Promise<ProcessorMethod | null> {
  if (method_id === null) return null
  const row = await books.db
    .selectFrom('methods')
    .selectAll()
    .where('business_id', '=', business_id)
    .where('method_id', '=', method_id)
    .executeTakeFirstOrThrow()
  return describeMethod(row)
}

export function describeMethod(row: MethodRow): ProcessorMethod {
  return {
    reference: row.method_id,
    type: row.type,
    card_network: row.card_network,
    card_last_four: row.card_last_four,
    card_issuing_country: row.card_issuing_country,
    card_type: row.card_type,
    card_holder_name: row.card_holder_name,
    expiry_month: row.expiry_month,
    expiry_year: row.expiry_year,
    display: row.upi_id,
    fingerprint: row.fingerprint,
  }
}
