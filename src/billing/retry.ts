// Asking a declined renewal's method again, unasked: when, how often, and after which answers never.
import { notAfter } from './period.ts'

const soft = `AUTHENTICATION_FAILURE AUTHENTICATION_REQUIRED AUTHENTICATION_TIMEOUT CARD_NOT_ACTIVATED CARD_VELOCITY_EXCEEDED
  CUSTOMER_CANCELLED GENERIC_DECLINE INCORRECT_CVC INCORRECT_NUMBER INSUFFICIENT_FUNDS INVALID_AMOUNT INVALID_CARD_NUMBER
  INVALID_CARD_OWNER INVALID_CVC INVALID_EXPIRY_YEAR INVALID_PIN INVALID_REQUEST INVALID_UPI_ID LIMIT_EXCEEDED LIVE_MODE_TEST_CARD
  MANDATE_INVALID MANDATE_REQUIRED NETWORK_ERROR NETWORK_TIMEOUT ORDER_CREATION_FAILED PROCESSING_ERROR REENTER_TRANSACTION
  TRY_AGAIN_LATER UNKNOWN_ERROR`

const hard = `CARD_DECLINED DO_NOT_HONOR EXPIRED_CARD FRAUDULENT INVALID_ACCOUNT LOST_CARD MANDATE_REQUIRED_SYSTEM
  PAYMENT_METHOD_PROVIDER_DECLINED PAYMENT_METHOD_UNSUPPORTED PICKUP_CARD PROVIDER_UNSUPPORTED REVOCATION_OF_AUTHORIZATION
  STOLEN_CARD TRANSACTION_NOT_ALLOWED TRANSACTION_NOT_APPROVED`

export const softDeclines: readonly string[] = soft.split(/\s+/)
export const hardDeclines: readonly string[] = hard.split(/\s+/)

/**
 * Whether nothing is asked again by itself after this answer: a hard decline, one that only the customer can lift, and a code that
 * nobody knows. Example: INSUFFICIENT_FUNDS → false; STOLEN_CARD and AUTHENTICATION_REQUIRED → true.
 */
export function endsChain(code: string | null): boolean {
  return code === null || code === 'AUTHENTICATION_REQUIRED' || !softDeclines.includes(code)
}

/** Hours between one attempt and the next. */
const WAITS = [12, 24, 48, 72, 96, 120, 168, 168]

/** A renewal is retried this often at most, by hand and by itself together. */
export const MAX_RETRIES = 10

export interface DeclinedRenewal {
  /** Of the attempt that was declined last. */
  code: string | null
  /** When the first attempt was declined: the window counts from here. */
  declined_at: Temporal.Instant
  /** Automatic retries made so far. */
  automatic: number
  /** All retries made so far. */
  retries: number
}

/**
 * When to ask again, after an attempt was declined at `now`; undefined where the chain ends: after an answer that ends it, after the
 * last of eight, or where the next would fall behind the window.
 * Example: declined on 31 Jan 09:00, window 13 days → 31 Jan 21:00; then 1 Feb 21:00, 3 Feb 21:00, 6 Feb 21:00, 10 Feb 21:00, and no more.
 */
export function nextRetry(
  declined: DeclinedRenewal,
  windowDays: number,
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  if (endsChain(declined.code)) return undefined
  const wait = WAITS[declined.automatic]
  if (wait === undefined || declined.retries >= MAX_RETRIES) return undefined
  const at = now.add({ hours: wait })
  return notAfter(at, declined.declined_at.add({ hours: 24 * windowDays })) ? at : undefined
}

/** A merchant may send an invoice again this often by hand, and not again within this time. */
export const MANUAL_SENDS = 3
const COOLDOWN = Temporal.Duration.from({ hours: 1 })

export interface ManualRetries {
  sends_used: number
  /** All retries made so far. */
  retries: number
  last_sent_at: Temporal.Instant | null
}

export type ManualRetryDecision =
  | { type: 'allowed' }
  | { type: 'used_up' }
  | { type: 'cooling_down'; until: Temporal.Instant }

/**
 * Whether the merchant may send it once more.
 * Example: sent at 09:00 → at 09:30 cooling down until 10:00; after the third send, used up.
 */
export function decideManualRetry(made: ManualRetries, now: Temporal.Instant): ManualRetryDecision {
  if (made.sends_used >= MANUAL_SENDS || made.retries >= MAX_RETRIES) return { type: 'used_up' }
  const until = made.last_sent_at?.add(COOLDOWN)
  return until === undefined || notAfter(until, now) ? { type: 'allowed' } : { type: 'cooling_down', until }
}
