// A sandbox on a database of its own, and hands to play the person at its pages. For tests only.

import { Hono } from 'hono'
import type { Kysely } from 'kysely'
import type { ProcessorUnderTest } from '#processors/contract-world.ts'
import type { HostedPageRequest } from '#processors/processor.ts'
import { createTestDatabase, type TestDatabase } from '#test/support/database.ts'
import type { Deliver } from './deliver-hooks.ts'
import { createSandbox, type Sandbox } from './sandbox.ts'
import type { SandboxDB } from './tables.ts'

export const BASE_URL = 'http://localhost:3000'
export const RETURN_URL = 'https://linden.example/done'

export interface SandboxWorld {
  database: TestDatabase
  db: Kysely<SandboxDB>
  sandbox: Sandbox
  /** Wall time of the sandbox; tests may move it. */
  time: { now: Temporal.Instant }
  /** Every delivery that was tried; `answer` says what it got. */
  deliveries: { url: string; headers: Record<string, string>; body: string }[]
  endpoint: { answer: Deliver }
  get(url: string): Promise<Response>
  /** A POST of any body. */
  send(url: string, body: string, headers: Record<string, string>): Promise<Response>
  post(url: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Response>
  /** A business and customer of their own, as `describeProcessor` wants them. */
  newBusiness(): Promise<ProcessorUnderTest>
}

export async function openSandbox(): Promise<SandboxWorld> {
  const database = await createTestDatabase()
  const { db, pool } = database.connections.pool('sandbox')
  // A connection that is lost while in use tells its own listeners, not the pool's.
  pool.on('connect', (client) => client.on('error', () => {}))
  const time = { now: Temporal.Instant.from('2026-11-23T09:00:00Z') }
  const deliveries: SandboxWorld['deliveries'] = []
  const endpoint: SandboxWorld['endpoint'] = { answer: async () => ({ status: 200 }) }
  const sandbox = createSandbox({
    db,
    baseUrl: BASE_URL,
    hookUrl: (business_id) => `${BASE_URL}/hooks/sandbox/${business_id}`,
    secret: Buffer.alloc(32, 7),
    clock: () => time.now,
    deliver: async (url, hook) => {
      deliveries.push({ url, ...hook })
      return endpoint.answer(url, hook)
    },
  })
  const app = new Hono().route('/sandbox', sandbox.pages)
  const world: SandboxWorld = {
    database,
    db,
    sandbox,
    time,
    deliveries,
    endpoint,
    get: async (url) => app.request(pathOf(url)),
    send: async (url, body, headers) => app.request(pathOf(url), { method: 'POST', headers, body }),
    post: async (url, fields, headers = { origin: BASE_URL }) =>
      app.request(pathOf(url), { method: 'POST', headers, body: new URLSearchParams(fields) }),
    newBusiness: () => newBusiness(world),
  }
  return world
}

/** A card as a person types it. */
export function card(number: string, rest: Record<string, string> = {}): Record<string, string> {
  return { number, expiry: '06/32', cvc: '123', name: 'Mara Lindqvist', ...rest }
}

export function pageRequest(at: Pick<ProcessorUnderTest, 'business_id' | 'customer'>, key: string): HostedPageRequest {
  return {
    key,
    business_id: at.business_id,
    business_name: 'Linden & Söhne <b>',
    amount: 123456,
    currency: 'USD',
    customer: at.customer,
    description: 'Team plan',
    return_url: RETURN_URL,
    locale: 'en',
    save_method: true,
    statement_descriptor: null,
    allowed_types: null,
    challenge: false,
  }
}

/** Saves a card on a hosted page; its reference. */
export async function saveCard(
  { sandbox, post }: SandboxWorld,
  at: Owner,
  number: string,
  key = `setup of ${number.slice(-4)}`,
): Promise<string> {
  const { business_id } = at
  const opened = await sandbox.processor.openSetup({ ...pageRequest(at, key), amount: 0 })
  if (opened.status !== 'requires_action') throw new Error(`the page is ${opened.status}`)
  await post(opened.url, card(number))
  const setup = await sandbox.processor.retrieveSetup(business_id, key)
  if (setup.status !== 'succeeded') throw new Error(`the card ${number} was not saved: ${setup.status}`)
  return setup.method.reference
}

type Owner = Pick<ProcessorUnderTest, 'business_id' | 'customer'>

let businesses = 0

async function newBusiness(world: SandboxWorld): Promise<ProcessorUnderTest> {
  const business_id = `bus_${++businesses}`
  const customer = { customer_id: 'cus_mara', email: 'mara@linden.example', name: 'Mara Lindqvist', country: 'SE' }
  const owner = { business_id, customer }
  const { sandbox, db, deliveries } = world
  return {
    ...owner,
    processor: sandbox.processor,
    currency: 'USD',
    methods: {
      succeeds: await saveCard(world, owner, '4242424242424242'),
      declines: await saveCard(world, owner, '4000000000000341'),
      timesOutCaptured: await saveCard(world, owner, '4000000000004087'),
      timesOutLost: await saveCard(world, owner, '4000000000005043'),
    },
    pay: async (url, funding = 'credit') => {
      await world.post(url, card(funding === 'credit' ? '4242424242424242' : '5555555555554444'))
    },
    answerBank: async (url, approved) => {
      const number = /name="try_number" value="(\d+)"/.exec(await (await world.get(`${url}/challenge`)).text())?.[1]
      await world.post(`${url}/challenge`, { try_number: number ?? '', decision: approved ? 'approve' : 'refuse' })
    },
    statement: async (key) => {
      const { statement_descriptor } = await db
        .selectFrom('intents')
        .select('statement_descriptor')
        .where('business_id', '=', business_id)
        .where('key', '=', key)
        .executeTakeFirstOrThrow()
      return statement_descriptor
    },
    captures: async (key) => {
      const rows = await db
        .selectFrom('captures')
        .select('amount')
        .where('business_id', '=', business_id)
        .where('key', '=', key)
        .execute()
      return rows.map(({ amount }) => amount)
    },
    takeHooks: async () => {
      await sandbox.deliverPending()
      const mine = deliveries.filter(({ url }) => url.endsWith(`/${business_id}`))
      deliveries.length = 0
      return mine.map(({ headers, body }) => ({ headers: new Headers(headers), body }))
    },
  }
}

function pathOf(url: string): string {
  return url.replace(BASE_URL, '')
}
