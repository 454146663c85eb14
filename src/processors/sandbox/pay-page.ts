// What a person does on a hosted page. Each try is recorded; a declined one leaves the page open for another.
import type { ChargeRequest } from '#processors/processor.ts'
import { type Books, inBooks, newReference } from './books.ts'
import { decline, lockIntent, succeed } from './intents.ts'
import type { IntentRow, MethodRow, PageRow, TryRow } from './tables.ts'
import type { OnPage } from './test-cards.ts'

/** A test card or UPI id as typed and checked; the number is gone by here. */
export type EnteredMethod = { on_page: OnPage } & Pick<
  MethodRow,
  | 'type'
  | 'off_session'
  | 'card_network'
  | 'card_last_four'
  | 'card_issuing_country'
  | 'card_type'
  | 'card_holder_name'
  | 'expiry_month'
  | 'expiry_year'
  | 'upi_id'
  | 'fingerprint'
>

export type PageResult =
  | { status: 'paid' }
  | { status: 'closed' }
  | { status: 'challenge' }
  | { status: 'refused' }
  | { status: 'declined'; code: string }

export function payPage(books: Books, page: PageRow, entered: EnteredMethod): Promise<PageResult> {
  return inBooks(books, async (tx) => {
    const intent = await lockIntent(tx, page.business_id, page.key)
    if (intent.status !== 'open') return finished(intent)
    if (entered.on_page === 'challenge' || (page.challenge && entered.type === 'card'))
      return challenge(tx, intent, entered)
    if (entered.on_page !== 'succeeds') {
      await recordTry(tx, intent, {
        outcome: 'declined',
        decline_code: entered.on_page,
        card_last_four: entered.card_last_four,
      })
      await remember(tx, intent, entered.on_page)
      return { status: 'declined', code: entered.on_page }
    }
    const method_id = await insertMethod(tx, intent, entered, page.save_method ? 'attached' : 'single_use')
    await recordTry(tx, intent, { outcome: 'succeeded', method_id, card_last_four: entered.card_last_four })
    await succeed(tx, intent, method_id)
    return { status: 'paid' }
  })
}

/** The person's answer to the 3-D Secure challenge of one try; an answer to an older try changes nothing. */
export function answerChallenge(
  books: Books,
  page: PageRow,
  try_number: number,
  approved: boolean,
): Promise<PageResult> {
  return inBooks(books, async (tx) => {
    const intent = await lockIntent(tx, page.business_id, page.key)
    if (intent.status !== 'open') return finished(intent)
    const pending = await findChallenge(tx, page)
    if (pending?.method_id == null || pending.try_number !== try_number) return { status: 'challenge' }
    const code = approved ? pending.declined_after : 'AUTHENTICATION_FAILURE'
    await decideTry(tx, pending, code === null ? { outcome: 'succeeded' } : { outcome: 'declined', decline_code: code })
    if (code !== null) {
      // There is no other card to try: the charge was for this one.
      if (intent.kind === 'charge') {
        await decline(tx, intent, code, pending.method_id)
        return { status: 'refused' }
      }
      await remember(tx, intent, code)
      return { status: 'declined', code }
    }
    await attach(tx, pending.business_id, pending.method_id, page.save_method ? 'attached' : 'single_use')
    await succeed(tx, intent, pending.method_id)
    return { status: 'paid' }
  })
}

/** The challenge that waits for an answer: always that of the last try. */
export async function findChallenge(books: Books, { business_id, key }: PageRow): Promise<TryRow | undefined> {
  const last = await books.db
    .selectFrom('tries')
    .selectAll()
    .where('business_id', '=', business_id)
    .where('key', '=', key)
    .orderBy('try_number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.outcome === 'challenge' ? last : undefined
}

/** A saved card is charged while its holder is there: the page holds nothing but the bank's question. */
export async function askHolder(
  tx: Books,
  intent: IntentRow,
  { method_id, card_last_four }: MethodRow,
  holder: NonNullable<ChargeRequest['present']> & Pick<ChargeRequest, 'customer'>,
): Promise<void> {
  const { business_id, key } = intent
  const { business_name, return_url, customer } = holder
  const { name: customer_name, country } = customer
  const page = { page_id: newReference('page'), business_name, customer_name, country, return_url, save_method: true }
  await tx.db
    .insertInto('pages')
    .values({ business_id, key, ...page })
    .execute()
  await recordTry(tx, intent, { outcome: 'challenge', method_id, card_last_four })
  await remember(tx, intent, 'AUTHENTICATION_TIMEOUT')
}

async function challenge(tx: Books, intent: IntentRow, entered: EnteredMethod): Promise<PageResult> {
  const method_id = await insertMethod(tx, intent, entered, 'pending')
  const { on_page, card_last_four } = entered
  const declined_after = on_page === 'challenge' || on_page === 'succeeds' ? null : on_page
  await recordTry(tx, intent, { outcome: 'challenge', method_id, card_last_four, declined_after })
  await remember(tx, intent, 'AUTHENTICATION_TIMEOUT')
  return { status: 'challenge' }
}

function finished(intent: IntentRow): PageResult {
  return { status: intent.status === 'succeeded' ? 'paid' : 'closed' }
}

async function insertMethod(
  tx: Books,
  { business_id, customer_id }: IntentRow,
  { on_page: _, ...columns }: EnteredMethod,
  status: MethodRow['status'],
): Promise<string> {
  const method_id = newReference('pm')
  const created_at = tx.now()
  await tx.db
    .insertInto('methods')
    .values({ ...columns, business_id, method_id, customer_id, status, created_at })
    .execute()
  return method_id
}

async function attach(
  tx: Books,
  business_id: string,
  method_id: string,
  status: 'attached' | 'single_use',
): Promise<void> {
  await tx.db
    .updateTable('methods')
    .set({ status })
    .where('business_id', '=', business_id)
    .where('method_id', '=', method_id)
    .execute()
}

async function recordTry(
  tx: Books,
  { business_id, key }: IntentRow,
  made: Pick<TryRow, 'outcome' | 'card_last_four'> &
    Partial<Pick<TryRow, 'decline_code' | 'method_id' | 'declined_after'>>,
): Promise<void> {
  const { count } = await tx.db
    .selectFrom('tries')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('business_id', '=', business_id)
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  const try_number = Number(count) + 1
  await tx.db
    .insertInto('tries')
    .values({ ...made, business_id, key, try_number, created_at: tx.now() })
    .execute()
}

async function decideTry(
  tx: Books,
  { business_id, key, try_number }: TryRow,
  decision: { outcome: 'succeeded' } | { outcome: 'declined'; decline_code: string },
): Promise<void> {
  await tx.db
    .updateTable('tries')
    .set(decision)
    .where('business_id', '=', business_id)
    .where('key', '=', key)
    .where('try_number', '=', try_number)
    .execute()
}

async function remember(tx: Books, { business_id, key }: IntentRow, decline_code: string): Promise<void> {
  await tx.db
    .updateTable('intents')
    .set({ decline_code })
    .where('business_id', '=', business_id)
    .where('key', '=', key)
    .execute()
}
