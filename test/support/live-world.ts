// A Portico with both modes on, live by a processor of the tests: one app, one business, a key and a customer in each.
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { createApiKey } from '#core/api-keys/create-api-key.ts'
import { createBusiness } from '#core/businesses/create-business.ts'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { createCustomer } from '#core/customers/create-customer.ts'
import { createApp } from '#src/app.ts'
import { readConfig } from '#src/config.ts'
import { type BusinessCtx, withActor } from '#src/context.ts'
import { assembleModes, type ModeRuntime } from '#src/modes.ts'
import { localStorage } from '#storage/local.ts'
import { runDue } from '#worker/loop.ts'
import { createTestDatabase } from './database.ts'
import { createFakeProcessor } from './fake-processor.ts'

const SECRET = 'a secret key of the tests, 32 or more characters'

export interface LiveWorldOptions {
  business?: Partial<Parameters<typeof createBusiness>[1]>
  smtpUrl?: string
  testUrl?: string
}

export type LiveWorld = Awaited<ReturnType<typeof createLiveWorld>>

export async function createLiveWorld(options: LiveWorldOptions = {}) {
  const { business = {}, smtpUrl = 'smtp://127.0.0.1:9', testUrl = 'http://localhost:3000' } = options
  const database = await createTestDatabase()
  const config = readConfig({
    PORTICO_TEST_URL: testUrl,
    PORTICO_LIVE_URL: 'https://billing.linden.example',
    SECRET_KEY: SECRET,
    SMTP_URL: smtpUrl,
    MAIL_FROM: 'portal@linden.example',
  })
  const processor = createFakeProcessor()
  const filesAt = join(tmpdir(), `portico-files-${randomUUID()}`)
  const modes = assembleModes({
    config,
    connections: database.connections,
    secretKey: SECRET,
    log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    liveProcessors: [processor],
    storage: localStorage(filesAt),
  })
  const { live, test } = modes
  if (live === undefined) throw new Error('live mode is on')
  const app = createApp({ modes, config })
  const operator = withActor(test.ctx, { type: 'operator', id: 'cli' })
  const made = await createBusiness(operator, { name: 'Linden Studio', email: 'hello@linden.example', ...business })
  const { business_id } = made.business
  return {
    app,
    modes,
    processor,
    business_id,
    test: await sideOf(test, business_id),
    live: await sideOf(live, business_id),
    /** Does all background work of live mode that is due. */
    work: () => runDue(live.ctx, live.jobs),
    close: async () => {
      await database.drop()
      await rm(filesAt, { recursive: true, force: true })
    },
  }
}

export interface Side {
  ctx: BusinessCtx
  key: string
  customer_id: string
}

async function sideOf(runtime: ModeRuntime, business_id: string): Promise<Side> {
  const ctx = await getBusinessCtx(withActor(runtime.ctx, { type: 'operator', id: 'cli' }), business_id)
  const { key } = await createApiKey(ctx, { name: 'test' })
  const { customer_id } = await createCustomer(ctx, { email: 'mara@northwind.example', name: `Mara in ${ctx.mode}` })
  return { ctx, key, customer_id }
}
