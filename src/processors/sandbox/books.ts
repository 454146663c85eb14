// What every verb of the sandbox is handed, and the few writes they share.

import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { SandboxDB } from './tables.ts'

export interface Books {
  readonly db: Kysely<SandboxDB>
  /** Public URL of the mode, without a trailing slash. */
  readonly baseUrl: string
  now(): Temporal.Instant
  /** Tells the delivery loop that there is a webhook to send. */
  wake(): void
}

/** The caller's mistake: thrown, never an outcome. */
export class Misused extends Error {}

export class KeyReused extends Misused {
  constructor(key: string, first: string, second: string) {
    super(`The key ${key} was first used for ${first}; it cannot be used again for ${second}`)
    this.name = 'KeyReused'
  }
}

/** An id that nobody can guess: 'sbx_pay_…', 192 random bits. */
export function newReference(kind: 'pay' | 'pm' | 'ref' | 'evt' | 'page' | 'dsp'): string {
  return `sbx_${kind}_${randomBytes(24).toString('base64url')}`
}

/** Whether a text from an address could be one of ours. */
export function isReference(text: string): boolean {
  return /^sbx_[a-z]+_[\w-]{1,64}$/.test(text)
}

/** Runs `work` in one transaction and wakes the delivery loop once it is committed. */
export async function inBooks<T>(books: Books, work: (books: Books) => Promise<T>): Promise<T> {
  const result = await books.db.transaction().execute((db) => work({ ...books, db }))
  books.wake()
  return result
}

/** Writes a webhook to be sent; belongs into the transaction of the change it tells of. */
export async function recordHook(
  books: Books,
  { business_id, key, kind }: { business_id: string; key: string; kind: 'payment' | 'refund' | 'setup' | 'dispute' },
): Promise<void> {
  const now = books.now()
  await books.db
    .insertInto('hook_events')
    .values({ business_id, event_id: newReference('evt'), kind, key, created_at: now, next_attempt_at: now })
    .execute()
}
