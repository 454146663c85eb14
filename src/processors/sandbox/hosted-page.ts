// Opening and closing a hosted page.

import type { HostedPageRequest, NeverSeen } from '#processors/processor.ts'
import { MINIMUM_AMOUNT } from './amount.ts'
import { type Books, inBooks, Misused, newReference, recordHook } from './books.ts'
import { claimIntent, decline, findIntent } from './intents.ts'
import { isNothing, offerOf } from './offer.ts'
import type { IntentRow } from './tables.ts'

/** Opens the page of a key, or finds it. An amount of 0 is a page that saves a method and takes nothing. */
export function openPage(
  books: Books,
  request: HostedPageRequest,
  kind: 'payment_page' | 'setup_page',
): Promise<IntentRow> {
  const { business_id, key, amount, currency, customer, description, statement_descriptor } = request
  assertReturnUrl(request.return_url)
  return inBooks(books, async (tx) => {
    const { customer_id, country } = customer
    const claim = { business_id, key, kind, amount, currency, customer_id, description, statement_descriptor }
    const { intent, isNew } = await claimIntent(tx, claim)
    if (!isNew) return intent
    if (kind === 'payment_page' && amount > 0 && amount < MINIMUM_AMOUNT) return decline(tx, intent, 'INVALID_AMOUNT')
    const allowed_types = request.allowed_types === null ? null : [...request.allowed_types]
    if (isNothing(offerOf({ currency, country, allowed_types })))
      return decline(tx, intent, 'PAYMENT_METHOD_UNSUPPORTED')
    await tx.db
      .insertInto('pages')
      .values({
        business_id,
        key,
        page_id: newReference('page'),
        business_name: request.business_name,
        customer_name: customer.name,
        country,
        return_url: request.return_url,
        save_method: kind === 'setup_page' || request.save_method,
        allowed_types,
        challenge: request.challenge,
      })
      .execute()
    return intent
  })
}

/** One conditional update: a page that was finished stays so, a page that was closed can never be. */
export function closePage<Outcome>(
  books: Books,
  business_id: string,
  key: string,
  kinds: readonly IntentRow['kind'][],
  describe: (books: Books, intent: IntentRow) => Promise<Outcome>,
): Promise<Outcome | NeverSeen> {
  return inBooks(books, async (tx) => {
    const closed = await tx.db
      .updateTable('intents')
      .set((eb) => ({
        status: 'declined' as const,
        decline_code: eb.fn.coalesce('decline_code', eb.val('CUSTOMER_CANCELLED')),
        decided_at: tx.now(),
      }))
      .where('business_id', '=', business_id)
      .where('key', '=', key)
      .where('kind', 'in', kinds)
      .where('status', '=', 'open')
      .returningAll()
      .executeTakeFirst()
    if (closed !== undefined) {
      await recordHook(tx, { business_id, key, kind: closed.kind === 'setup_page' ? 'setup' : 'payment' })
    }
    const intent = closed ?? (await findIntent(tx, business_id, key))
    return intent !== undefined && kinds.includes(intent.kind) ? describe(tx, intent) : { status: 'never_seen' }
  })
}

function assertReturnUrl(url: string): void {
  const protocol = URL.parse(url)?.protocol
  if (protocol !== 'https:' && protocol !== 'http:') throw new Misused(`return_url is not an http(s) address: ${url}`)
}
