// A whole Portico for one test file: app, database, clocks, sandbox, one business with its key. Nothing listens; mails stay in the inbox.

import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import DodoPayments from 'dodopayments'
import { pino } from 'pino'
import { createApiKey } from '#core/api-keys/create-api-key.ts'
import { createBusiness } from '#core/businesses/create-business.ts'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { advanceTestClock, startTestClock } from '#core/test-clock/advance-test-clock.ts'
import { createApp } from '#src/app.ts'
import type { Clock } from '#src/clock.ts'
import { readConfig } from '#src/config.ts'
import { type BusinessCtx, withActor } from '#src/context.ts'
import { assembleModes, type Modes } from '#src/modes.ts'
import { localStorage } from '#storage/local.ts'
import { runDue } from '#worker/loop.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

const ORIGIN = 'http://localhost:3000'
const SECRET = 'a secret key of the tests, 32 or more characters'

export interface WorldOptions {
  /** Where the business's own time begins; the wall's otherwise. */
  startsAt?: string
  business?: Partial<Parameters<typeof createBusiness>[1]>
  /** The public URL of test mode. */
  url?: string
  /** Outside of a run of the tests: a migrated database to live in. */
  database?: TestDatabase
}

export type World = Awaited<ReturnType<typeof createWorld>>

/** A wall clock that a test can push. */
export function createWall() {
  let ahead = 0
  const wall: Clock = { now: () => Temporal.Now.instant().add({ milliseconds: ahead }) }
  return {
    wall,
    advance: (duration: Temporal.DurationLike) => {
      ahead += Temporal.Duration.from(duration).total('milliseconds')
    },
  }
}

export async function createWorld({ startsAt, business = {}, url = ORIGIN, ...given }: WorldOptions = {}) {
  const database = given.database ?? (await createTestDatabase())
  const config = readConfig({ PORTICO_TEST_URL: url, SECRET_KEY: SECRET })
  const log = pino({ level: process.env.TEST_LOG ?? 'silent' })
  const { wall, advance } = createWall()
  const filesAt = join(tmpdir(), `portico-files-${randomUUID()}`)
  let app: ReturnType<typeof createApp> | undefined
  const deliverHook = async (to: string, init: { headers: Record<string, string>; body: string }) =>
    (await app?.request(to, { method: 'POST', ...init })) ?? new Response(null, { status: 503 })
  const modes: Modes = assembleModes({
    config,
    connections: database.connections,
    secretKey: SECRET,
    log,
    wall,
    storage: localStorage(filesAt),
    deliverHook,
  })
  app = createApp({ modes, config })
  const operator = withActor(modes.test.ctx, { type: 'operator', id: 'cli' })
  const made = await createBusiness(operator, { name: 'Linden Studio', email: 'hello@linden.example', ...business })
  const ctx = startsAt === undefined ? made : await startTestClock(made, Temporal.Instant.from(startsAt))
  await operator.db
    .updateTable('businesses')
    .set({ rate_limit_tier: 'unlimited' })
    .where('business_id', '=', ctx.business.business_id)
    .execute()
  const { key } = await createApiKey(ctx, { name: 'test' })
  return worldOf({ app, ctx, key, modes, database, advance, url, filesAt })
}

interface Parts {
  app: ReturnType<typeof createApp>
  ctx: BusinessCtx
  key: string
  modes: Modes
  database: Awaited<ReturnType<typeof createTestDatabase>>
  advance: (duration: Temporal.DurationLike) => void
  url: string
  filesAt: string
}

function worldOf({ app, ctx, key, modes, database, advance, url, filesAt }: Parts) {
  const business_id = ctx.business.business_id
  const fresh = () => getBusinessCtx(withActor(modes.test.ctx, ctx.actor), business_id)
  return {
    app,
    ctx,
    modes,
    database,
    /** Where the files of this world lie; made with the first. */
    filesAt,
    business_id,
    api_key: key,
    urls: ctx.urls,
    /** The context with the business's clock as it is now. */
    fresh,
    /** Pushes wall time: links expire, leases end, retries come due. */
    advanceWall: advance,
    /** Plays the business's own time up to an instant. */
    advanceTo: async (to: string) => advanceTestClock(await fresh(), Temporal.Instant.from(to)),
    /** Does all background work that is due now. */
    work: () => runDue(modes.test.ctx, modes.test.jobs),
    /** The published SDK against this app. */
    client: (api_key = key) =>
      new DodoPayments({
        bearerToken: api_key,
        baseURL: `${url}/api`,
        maxRetries: 0,
        fetch: async (to: string | URL | Request, init?: RequestInit) => app.request(to as string, init as RequestInit),
      }),
    close: async () => {
      await database.drop()
      await rm(filesAt, { recursive: true, force: true })
    },
  }
}
