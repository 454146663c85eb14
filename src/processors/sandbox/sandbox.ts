// The sandbox: a small payment processor of its own. Portico knows it only through the port and its signed webhooks.

import type { Hono } from 'hono'
import type { Kysely } from 'kysely'
import type { NeverSeen, Processor } from '#processors/processor.ts'
import { MINIMUM_AMOUNT } from './amount.ts'
import { type Books, Misused } from './books.ts'
import { charge } from './charge.ts'
import { createLoop, type Deliver, deliverByFetch, deliverPending, type Log } from './deliver-hooks.ts'
import { type DisputeStep, moveDispute, retrieveDispute } from './disputes.ts'
import { forgetCustomer } from './forget-customer.ts'
import { verifyHook } from './hooks.ts'
import { closePage, openPage } from './hosted-page.ts'
import { findIntent } from './intents.ts'
import { offerOf, typesOf } from './offer.ts'
import { paymentOutcome, setupOutcome } from './outcomes.ts'
import { createPages } from './pages.tsx'
import { refund, retrieveRefund } from './refund.ts'
import type { IntentRow, SandboxDB } from './tables.ts'

export interface SandboxOptions {
  /** A pool of the schema `sandbox`. */
  db: Kysely<SandboxDB>
  /** Public URL of the mode, without a trailing slash; `pages` is mounted at its `/sandbox`. */
  baseUrl: string
  /** Where the webhooks of a business go. */
  hookUrl: (business_id: string) => string
  /** Signs the webhooks. */
  secret: Buffer
  deliver?: Deliver
  /** Wall time. */
  clock?: () => Temporal.Instant
  log?: Log
}

export interface Sandbox {
  processor: Processor
  pages: Hono
  /** Decides a dispute, as its page does. */
  moveDispute(dispute_id: string, step: DisputeStep): Promise<unknown>
  /** Sends the webhooks that are due now. */
  deliverPending(): Promise<void>
  /** Sends webhooks as they come and again where they failed, until `stop`. */
  start(): void
  stop(): Promise<void>
}

export function createSandbox(options: SandboxOptions): Sandbox {
  const { db, baseUrl, hookUrl, secret, deliver = deliverByFetch, clock = Temporal.Now.instant } = options
  const log = options.log ?? { warn: () => {} }
  const loop = createLoop(() => deliverPending(delivery), log)
  const books: Books = { db, baseUrl, now: clock, wake: loop.wake }
  const delivery = { books, secret, hookUrl, deliver, log }
  return {
    processor: createProcessor(books, secret, log),
    pages: createPages(books),
    moveDispute: (dispute_id, step) => moveDispute(books, dispute_id, step),
    deliverPending: () => deliverPending(delivery),
    start: loop.start,
    stop: loop.stop,
  }
}

function createProcessor(books: Books, secret: Buffer, log: Log): Processor {
  const ask = <Outcome>(work: () => Promise<Outcome>) => orUnknown(log, work)
  return {
    name: 'sandbox',
    provider: 'dodo',
    live: false,
    minimumAmount: () => MINIMUM_AMOUNT,
    offers: ({ currency, country }) =>
      typesOf(offerOf({ currency, country: country ?? ANYWHERE, allowed_types: null })),
    charge: (request) => ask(() => charge(books, request)),
    openPayment: (request) =>
      ask(async () => known(await paymentOutcome(books, await openPage(books, request, 'payment_page')))),
    openSetup: (request) =>
      ask(async () => known(await setupOutcome(books, await openPage(books, request, 'setup_page')))),
    refund: (request) => ask(() => refund(books, request)),
    retrievePayment: (business_id, key) => ask(() => retrieve(books, business_id, key, PAYMENTS, paymentOutcome)),
    retrieveSetup: (business_id, key) => ask(() => retrieve(books, business_id, key, ['setup_page'], setupOutcome)),
    retrieveRefund: (business_id, key) => ask(() => retrieveRefund(books, business_id, key)),
    retrieveDispute: (business_id, reference) => ask(() => retrieveDispute(books, business_id, reference)),
    closePayment: (business_id, key) => ask(() => closePage(books, business_id, key, PAYMENTS, paymentOutcome)),
    closeSetup: (business_id, key) => ask(() => closePage(books, business_id, key, ['setup_page'], setupOutcome)),
    removeMethod: (business_id, method) => removeMethod(books, business_id, method),
    forgetCustomer: (business_id, customer_id) => forgetCustomer(books, business_id, customer_id),
    readHook: async (business_id, hook) => verifyHook(secret, business_id, hook, books.now()),
  }
}

/** Whatever is offered to somebody is offered to whom nobody knows yet. */
const ANYWHERE = 'IN'

const PAYMENTS: IntentRow['kind'][] = ['charge', 'payment_page']

/** Books that cannot be reached have not answered: nobody knows yet what became of the request. */
async function orUnknown<Outcome>(log: Log, work: () => Promise<Outcome>) {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Misused) throw error
    log.warn({ err: error }, 'the books of the sandbox did not answer')
    return { status: 'unknown' as const, reason: 'The books of the sandbox did not answer' }
  }
}

async function retrieve<Outcome>(
  books: Books,
  business_id: string,
  key: string,
  kinds: IntentRow['kind'][],
  describe: (books: Books, intent: IntentRow) => Promise<Outcome>,
): Promise<Outcome | NeverSeen> {
  const intent = await findIntent(books, business_id, key)
  if (intent === undefined || !kinds.includes(intent.kind)) return { status: 'never_seen' }
  return describe(books, intent)
}

async function removeMethod(books: Books, business_id: string, method_id: string): Promise<void> {
  await books.db
    .updateTable('methods')
    .set({ status: 'removed' })
    .where('business_id', '=', business_id)
    .where('method_id', '=', method_id)
    .execute()
}

/** A page that was just opened or found cannot have been lost. */
function known<Outcome extends { status: string }>(outcome: Outcome | NeverSeen): Outcome {
  if (outcome.status === 'never_seen') throw new Error('A hosted page vanished')
  return outcome as Outcome
}
