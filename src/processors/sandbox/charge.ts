// A charge of a saved method: decided and booked in one transaction, so that a killed process leaves all of it or nothing.

import { sql } from 'kysely'
import type { ChargeRequest, DeclineCode, PaymentOutcome } from '#processors/processor.ts'
import { MINIMUM_AMOUNT } from './amount.ts'
import { type Books, inBooks, newReference } from './books.ts'
import { claimIntent, decline, succeed } from './intents.ts'
import { describeMethod, paymentOutcome } from './outcomes.ts'
import { askHolder } from './pay-page.ts'
import type { IntentRow, MethodRow } from './tables.ts'
import type { OffSession } from './test-cards.ts'

const TIMED_OUT: PaymentOutcome = { status: 'unknown', reason: 'The sandbox did not answer in time' }

type Decision = { to: 'capture' | 'lose' | 'ask' } | { to: 'decline'; code: DeclineCode }

export async function charge(books: Books, request: ChargeRequest): Promise<PaymentOutcome> {
  return (await captureAtOnce(books, request)) ?? decideInBooks(books, request)
}

/** The usual: a new key and a card that pays and is valid, in one statement. Undefined where it is anything else. */
async function captureAtOnce(books: Books, request: ChargeRequest): Promise<PaymentOutcome | undefined> {
  const { business_id, key, amount, currency, customer, description, statement_descriptor } = request
  const now = books.now()
  const { year, month } = now.toZonedDateTimeISO('UTC')
  if (amount < MINIMUM_AMOUNT || request.present?.challenge) return undefined
  const { rows } = await sql<MethodRow & { intent_id: string }>`
    with method as (
      select * from methods where business_id = ${business_id} and method_id = ${request.method}
         and customer_id = ${customer.customer_id} and status = 'attached' and off_session = 'succeeds'
         and type = 'card' and expiry_year * 12 + expiry_month >= ${year * 12 + month}
    ), intent as (
      insert into intents (business_id, key, kind, amount, currency, customer_id, description, statement_descriptor, intent_id,
        status, method_id, created_at, decided_at)
      select business_id, ${key}, 'charge', ${amount}, ${currency}, customer_id, ${description}, ${statement_descriptor},
             ${newReference('pay')}, 'succeeded', method_id, ${now}, ${now} from method
      on conflict (business_id, key) do nothing returning business_id, key, intent_id
    ), capture as (
      insert into captures (business_id, key, amount, currency, captured_at)
      select business_id, key, ${amount}, ${currency}, ${now} from intent
    ), hook as (
      insert into hook_events (business_id, event_id, kind, key, created_at, next_attempt_at)
      select business_id, ${newReference('evt')}, 'payment', key, ${now}, ${now} from intent
    ) select method.*, intent_id from intent, method
  `.execute(books.db)
  const [method] = rows
  if (method === undefined) return undefined
  books.wake()
  return { status: 'succeeded', reference: method.intent_id, method: describeMethod(method) }
}

function decideInBooks(books: Books, request: ChargeRequest): Promise<PaymentOutcome> {
  const { business_id, key, amount, currency, customer, description, statement_descriptor } = request
  return inBooks(books, async (tx) => {
    const claim = {
      business_id,
      key,
      kind: 'charge' as const,
      amount,
      currency,
      customer_id: customer.customer_id,
      description,
      statement_descriptor,
    }
    const { intent, isNew } = await claimIntent(tx, claim)
    if (!isNew && intent.status !== 'lost') return answer(tx, intent)

    const method = await findAttached(tx, request)
    const decision = decideCharge(method, request, tx.now(), isNew)
    if (decision.to === 'lose') return lose(tx, intent)
    if (method === undefined || decision.to === 'decline') {
      const code = decision.to === 'decline' ? decision.code : 'INVALID_ACCOUNT'
      return answer(tx, await decline(tx, intent, code, method?.method_id))
    }
    if (decision.to === 'ask' && request.present !== undefined) {
      await askHolder(tx, intent, method, { ...request.present, customer })
      return answer(tx, intent)
    }
    const captured = await succeed(tx, intent, method.method_id, method)
    return isNew && method.off_session === 'times_out_captured' ? TIMED_OUT : answer(tx, captured, method)
  })
}

function decideCharge(
  method: MethodRow | undefined,
  request: ChargeRequest,
  now: Temporal.Instant,
  isNew: boolean,
): Decision {
  if (request.amount < MINIMUM_AMOUNT) return { to: 'decline', code: 'INVALID_AMOUNT' }
  if (method === undefined) return { to: 'decline', code: 'INVALID_ACCOUNT' }
  if (hasExpired(method, now)) return { to: 'decline', code: 'EXPIRED_CARD' }
  if (method.type === 'upi' && request.currency !== 'INR') return { to: 'decline', code: 'PAYMENT_METHOD_UNSUPPORTED' }
  if (asksHolder(method, request)) return { to: 'ask' }
  switch (method.off_session) {
    case 'succeeds':
    case 'disputed':
    case 'times_out_captured':
      return { to: 'capture' }
    case 'times_out_lost':
      return { to: isNew ? 'lose' : 'capture' }
    default:
      return { to: 'decline', code: method.off_session }
  }
}

/** Whoever is there is asked where the bank wants it, and where the request does of a card that pays. */
function asksHolder({ type, off_session }: MethodRow, { present }: ChargeRequest): boolean {
  if (present === undefined) return false
  if (off_session === 'AUTHENTICATION_REQUIRED') return true
  return present.challenge && type === 'card' && pays.includes(off_session)
}

const pays: readonly OffSession[] = ['succeeds', 'disputed', 'times_out_captured', 'times_out_lost']

/** A card is good to the end of its month. */
export function hasExpired(
  { expiry_month, expiry_year }: Pick<MethodRow, 'expiry_month' | 'expiry_year'>,
  now: Temporal.Instant,
): boolean {
  if (expiry_month === null || expiry_year === null) return false
  const { year, month } = now.toZonedDateTimeISO('UTC')
  return expiry_year * 12 + expiry_month < year * 12 + month
}

function findAttached(tx: Books, { business_id, method, customer }: ChargeRequest): Promise<MethodRow | undefined> {
  return tx.db
    .selectFrom('methods')
    .selectAll()
    .where('business_id', '=', business_id)
    .where('method_id', '=', method)
    .where('customer_id', '=', customer.customer_id)
    .where('status', '=', 'attached')
    .executeTakeFirst()
}

async function lose(tx: Books, { business_id, key }: IntentRow): Promise<PaymentOutcome> {
  await tx.db
    .updateTable('intents')
    .set({ status: 'lost' })
    .where('business_id', '=', business_id)
    .where('key', '=', key)
    .execute()
  return TIMED_OUT
}

async function answer(tx: Books, intent: IntentRow, method?: MethodRow): Promise<PaymentOutcome> {
  const outcome = await paymentOutcome(tx, intent, method)
  return outcome.status === 'never_seen' ? TIMED_OUT : outcome
}
