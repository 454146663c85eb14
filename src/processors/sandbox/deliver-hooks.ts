// Sends webhooks at least once. Claiming a row sets the time of its next attempt, so that a killed sender's rows come back by themselves.

import { sql } from 'kysely'
import type { Books } from './books.ts'
import { signHook } from './hooks.ts'

const BATCH = 20
const MAX_ATTEMPTS = 100
const POLL_MILLISECONDS = 5_000
const TIMEOUT_MILLISECONDS = 10_000

export type Deliver = (
  url: string,
  hook: { headers: Record<string, string>; body: string },
) => Promise<{ status: number }>

export interface Log {
  warn(details: object, message: string): void
}

export interface Delivery {
  books: Books
  secret: Buffer
  hookUrl: (business_id: string) => string
  deliver: Deliver
  log: Log
}

/** Sends what is due now; what fails is due again after 15 s, 30 s, 1 min … up to an hour. */
export async function deliverPending(delivery: Delivery): Promise<void> {
  for (;;) {
    const events = await claimDue(delivery.books)
    await Promise.all(events.map((event) => deliverOne(delivery, event)))
    if (events.length < BATCH) return
  }
}

export async function deliverByFetch(...[url, { headers, body }]: Parameters<Deliver>): ReturnType<Deliver> {
  const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS)
  const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
  await response.body?.cancel()
  return { status: response.status }
}

function claimDue({ db, now }: Books) {
  const at = now()
  const due = db
    .selectFrom('hook_events')
    .select(['business_id', 'event_id'])
    .where('delivered_at', 'is', null)
    .where('next_attempt_at', '<=', at)
    .where('attempts', '<', MAX_ATTEMPTS)
    .orderBy('next_attempt_at')
    .limit(BATCH)
    .forUpdate()
    .skipLocked()
  return db
    .updateTable('hook_events')
    .set((eb) => ({
      attempts: eb('attempts', '+', 1),
      next_attempt_at: sql<Temporal.Instant>`${at}::timestamptz + make_interval(secs => least(3600, 15 * power(2, attempts)))`,
    }))
    .where((eb) => eb(eb.refTuple('business_id', 'event_id'), 'in', due.$asTuple('business_id', 'event_id')))
    .returning(['business_id', 'event_id', 'kind', 'key'])
    .execute()
}

type ClaimedEvent = Awaited<ReturnType<typeof claimDue>>[number]

async function deliverOne({ books, secret, hookUrl, deliver, log }: Delivery, event: ClaimedEvent): Promise<void> {
  const { business_id, event_id } = event
  try {
    const { status } = await deliver(hookUrl(business_id), signHook(secret, business_id, event, books.now()))
    if (status < 200 || status > 299)
      return log.warn({ business_id, event_id, status }, 'a sandbox webhook was refused')
  } catch (error) {
    return log.warn({ business_id, event_id, err: error }, 'a sandbox webhook could not be delivered')
  }
  await books.db
    .updateTable('hook_events')
    .set({ delivered_at: books.now() })
    .where('business_id', '=', business_id)
    .where('event_id', '=', event_id)
    .execute()
}

/** Runs `work` when woken and every five seconds, never twice at once. */
export function createLoop(work: () => Promise<void>, log: Log) {
  let isStarted = false
  let isWoken = false
  let running: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  const wake = (): void => {
    isWoken = true
    if (isStarted) running ??= turn()
  }

  const turn = async (): Promise<void> => {
    clearTimeout(timer)
    while (isWoken && isStarted) {
      isWoken = false
      await work().catch((error: unknown) => log.warn({ err: error }, 'sandbox webhooks could not be sent'))
    }
    running = undefined
    if (isStarted) timer = setTimeout(wake, POLL_MILLISECONDS).unref()
  }

  const start = (): void => {
    isStarted = true
    wake()
  }

  const stop = async (): Promise<void> => {
    isStarted = false
    clearTimeout(timer)
    await running
  }

  return { wake, start, stop }
}
