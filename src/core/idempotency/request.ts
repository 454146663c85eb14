// A request to the API as it is compared and noted.
import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'

/** A client that sends requests again by itself does so within seconds; what is older was meant anew. */
export const RETRIED_WITHIN = Temporal.Duration.from({ minutes: 10 })
/** Whoever works on a request says so more often than this; a process that ended does not. */
export const LEASE = Temporal.Duration.from({ seconds: 20 })

export interface AskedRequest {
  /** As the API names it: 'createRefund'. */
  operation: string
  /** As it was asked: '/api/customers/cus_…'. */
  path: string
  /** Whose request it is where no key says so. */
  caller_id: string
  /** Whoever names keys of their own, apart from the business's: who holds a license key. */
  key_owner: string | null
  /** Null: the client sent none. */
  idempotency_key: string | null
  /** How often the client sent this very request before, by its own word. */
  retry_count: number
  /** Query and body, in one text. */
  content: string
  /** Told that it is retried, the verb finds what it did: it may be done again where nobody knows how far it came. */
  may_repeat: boolean
}

/** What was noted of a request. */
export type NotedRequest = Selectable<DB['api_requests']>

/** A request that is being worked on, by whoever has the token. */
export interface HeldRequest {
  request_id: string
  token: number
  retry_count: number
  /** It was begun before. */
  again: boolean
}

export interface KeptAnswer {
  status: number
  body: string
}

/** The same key on another route, of another business or of another holder is another key. */
export function keyHashOf({ operation, path, key_owner, idempotency_key }: AskedRequest): string | null {
  if (idempotency_key === null) return null
  return hashOf(operation, path, idempotency_key, ...(key_owner === null ? [] : [key_owner]))
}

export function requestHashOf({ operation, path, caller_id, idempotency_key, content }: AskedRequest): string {
  // With a key, any API key of the business may repeat it.
  return hashOf(operation, path, idempotency_key === null ? caller_id : '', content)
}

function hashOf(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}
