// One intent per key: claiming it, locking it, deciding it. The primary key is what makes a key move money at most once.

import type { DeclineCode } from '#processors/processor.ts'
import { type Books, KeyReused, newReference, recordHook } from './books.ts'
import { openDispute } from './disputes.ts'
import type { IntentRow, MethodRow } from './tables.ts'

/** What a key stands for; asking again with anything else here is refused. */
export interface IntentRequest {
  business_id: string
  key: string
  kind: IntentRow['kind']
  amount: number
  currency: string
  customer_id: string
  description: string
  statement_descriptor: string | null
}

/**
 * Inserts the intent of a key or locks the one that is there; call inside a transaction. A concurrent call with the same key waits
 * here for the first one to commit. Throws KeyReused where the key stands for something else.
 */
export async function claimIntent(
  books: Books,
  request: IntentRequest,
): Promise<{ intent: IntentRow; isNew: boolean }> {
  const inserted = await books.db
    .insertInto('intents')
    .values({ ...request, intent_id: newReference('pay'), status: 'open', created_at: books.now() })
    .onConflict((conflict) => conflict.columns(['business_id', 'key']).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (inserted !== undefined) return { intent: inserted, isNew: true }
  const intent = await lockIntent(books, request.business_id, request.key)
  assertSame(intent, request)
  return { intent, isNew: false }
}

export function lockIntent(books: Books, business_id: string, key: string): Promise<IntentRow> {
  return books.db
    .selectFrom('intents')
    .selectAll()
    .where('business_id', '=', business_id)
    .where('key', '=', key)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

export function findIntent(books: Books, business_id: string, key: string): Promise<IntentRow | undefined> {
  return books.db
    .selectFrom('intents')
    .selectAll()
    .where('business_id', '=', business_id)
    .where('key', '=', key)
    .executeTakeFirst()
}

/** Takes the money (nothing where the amount is 0) and finishes the intent; the caller holds its lock. `method` where it was read. */
export async function succeed(
  books: Books,
  intent: IntentRow,
  method_id: string,
  method?: Pick<MethodRow, 'off_session'>,
): Promise<IntentRow> {
  const { business_id, key, amount, currency } = intent
  if (intent.kind !== 'setup_page' && amount > 0) {
    await books.db
      .insertInto('captures')
      .values({ business_id, key, amount, currency, captured_at: books.now() })
      .execute()
  }
  const decided = await decide(books, intent, { status: 'succeeded', method_id, decline_code: null })
  if (intent.kind !== 'setup_page' && amount > 0) {
    const used = method ?? (await findMethod(books, business_id, method_id))
    if (used?.off_session === 'disputed') await openDispute(books, intent)
  }
  return decided
}

function findMethod(books: Books, business_id: string, method_id: string) {
  return books.db
    .selectFrom('methods')
    .select('off_session')
    .where('business_id', '=', business_id)
    .where('method_id', '=', method_id)
    .executeTakeFirst()
}

export function decline(
  books: Books,
  intent: IntentRow,
  decline_code: DeclineCode,
  method_id: string | null = null,
): Promise<IntentRow> {
  return decide(books, intent, { status: 'declined', method_id, decline_code })
}

async function decide(
  books: Books,
  { business_id, key, kind }: IntentRow,
  decision: Pick<IntentRow, 'status' | 'method_id' | 'decline_code'>,
): Promise<IntentRow> {
  const decided = await books.db
    .updateTable('intents')
    .set({ ...decision, decided_at: books.now() })
    .where('business_id', '=', business_id)
    .where('key', '=', key)
    .where('status', 'in', ['open', 'lost'])
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordHook(books, { business_id, key, kind: kind === 'setup_page' ? 'setup' : 'payment' })
  return decided
}

function assertSame(intent: IntentRow, request: IntentRequest): void {
  const same =
    intent.kind === request.kind &&
    intent.amount === request.amount &&
    intent.currency === request.currency &&
    intent.customer_id === request.customer_id
  if (!same) throw new KeyReused(request.key, describe(intent), describe(request))
}

function describe({
  kind,
  amount,
  currency,
  customer_id,
}: Pick<IntentRequest, 'kind' | 'amount' | 'currency' | 'customer_id'>) {
  return `a ${kind} of ${amount} ${currency} by ${customer_id}`
}
