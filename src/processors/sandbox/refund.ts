// Refunds: whole or in parts, never above what was captured, once per key.

import type { NeverSeen, RefundOutcome, RefundRequest } from '#processors/processor.ts'
import { type Books, inBooks, KeyReused, newReference, recordHook } from './books.ts'
import { refundOutcome } from './outcomes.ts'
import type { RefundRow } from './tables.ts'

export function refund(books: Books, request: RefundRequest): Promise<RefundOutcome> {
  return inBooks(books, async (tx) => {
    const capture = await lockCapture(tx, request)
    if (capture === undefined)
      return { status: 'declined', reference: null, message: 'There is no such captured payment' }
    const earlier = await findRefund(tx, request.business_id, request.key)
    if (earlier !== undefined) {
      assertSame(earlier, capture.key, request)
      return refundOutcome(earlier)
    }
    const message = refusalOf(capture, request)
    if (message === null) await payBack(tx, request, capture.key)
    return refundOutcome(await insertRefund(tx, request, capture.key, message))
  })
}

export async function retrieveRefund(
  books: Books,
  business_id: string,
  key: string,
): Promise<RefundOutcome | NeverSeen> {
  const found = await findRefund(books, business_id, key)
  return found === undefined ? { status: 'never_seen' } : refundOutcome(found)
}

/** Every refund of a payment takes this lock first, so that refunds of one payment, and of one key, come one after the other. */
function lockCapture(tx: Books, { business_id, payment }: RefundRequest) {
  return tx.db
    .selectFrom('captures')
    .innerJoin('intents', (join) =>
      join.onRef('intents.business_id', '=', 'captures.business_id').onRef('intents.key', '=', 'captures.key'),
    )
    .select(['captures.key', 'captures.amount', 'captures.currency', 'captures.refunded_amount'])
    .where('captures.business_id', '=', business_id)
    .where('intents.intent_id', '=', payment)
    .forUpdate('captures')
    .executeTakeFirst()
}

type Capture = NonNullable<Awaited<ReturnType<typeof lockCapture>>>

function refusalOf(capture: Capture, { amount, currency }: RefundRequest): string | null {
  if (currency !== capture.currency) return `The payment was in ${capture.currency}`
  const left = capture.amount - capture.refunded_amount
  return amount > left ? `Only ${left} of ${capture.amount} is left to refund` : null
}

async function payBack(tx: Books, { business_id, amount }: RefundRequest, payment_key: string): Promise<void> {
  await tx.db
    .updateTable('captures')
    .set((eb) => ({ refunded_amount: eb('refunded_amount', '+', amount) }))
    .where('business_id', '=', business_id)
    .where('key', '=', payment_key)
    .execute()
}

async function insertRefund(
  tx: Books,
  { business_id, key, amount, currency }: RefundRequest,
  payment_key: string,
  message: string | null,
): Promise<RefundRow> {
  const status = message === null ? 'succeeded' : 'declined'
  const refund_id = newReference('ref')
  const row = await tx.db
    .insertInto('refunds')
    .values({ business_id, key, refund_id, payment_key, amount, currency, status, message, created_at: tx.now() })
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordHook(tx, { business_id, key, kind: 'refund' })
  return row
}

function findRefund(books: Books, business_id: string, key: string): Promise<RefundRow | undefined> {
  return books.db
    .selectFrom('refunds')
    .selectAll()
    .where('business_id', '=', business_id)
    .where('key', '=', key)
    .executeTakeFirst()
}

function assertSame(earlier: RefundRow, payment_key: string, { key, amount, currency }: RefundRequest): void {
  if (earlier.payment_key === payment_key && earlier.amount === amount && earlier.currency === currency) return
  throw new KeyReused(key, `a refund of ${earlier.amount} ${earlier.currency}`, `a refund of ${amount} ${currency}`)
}
