// The commands as an operator runs them: beside this process, on the same database.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { businessCreate } from '#cli/commands/business-create.ts'
import { findCaller } from '#core/api-keys/find-caller.ts'
import { createBusiness } from '#core/businesses/create-business.ts'
import { findBusiness, getBusinessCtx, getSettings } from '#core/businesses/queries.ts'
import { createCustomer } from '#core/customers/create-customer.ts'
import { viewLink } from '#core/sessions/consume-link.ts'
import { requestSignIn } from '#core/sessions/request-sign-in.ts'
import type { Processor } from '#processors/processor.ts'
import type { BusinessCtx } from '#src/context.ts'
import { makeDataDirectory, postmasterPid, removeDataDirectory } from '#test/support/data-directory.ts'
import { runDue } from '#worker/loop.ts'
import { createOperatorWorld, type OperatorWorld } from './operator-world.ts'
import { jsonOf, runPortico } from './run.ts'

let world: OperatorWorld
let ctx: BusinessCtx
beforeAll(async () => {
  world = await createOperatorWorld()
  ctx = await createBusiness(world.modes.test.ctx, { name: 'Linden Studio', email: 'hello@linden.example' })
})
afterAll(() => world.close())

const portico = (...args: string[]) => runPortico(args, world.env)

describe('portico', () => {
  it('business create makes a business whose key opens the API', async () => {
    const line = [
      'business',
      'create',
      '--name',
      'Tide & Söhne',
      '--email',
      'hi@tide.example',
      '--country',
      'DE',
      '--json',
    ]
    const made = jsonOf(await portico(...line)) as { business_id: string; test_api_key: string; login_url: string }
    expect(Object.keys(made)).toEqual(['business_id', 'test_api_key', 'login_url'])
    expect(made.login_url).toBe(`http://localhost:3000/login/${made.business_id}`)
    const caller = await findCaller(world.modes.test.ctx, made.test_api_key)
    expect(caller?.ctx.business).toMatchObject({
      business_id: made.business_id,
      name: 'Tide & Söhne',
      country: 'DE',
      currency: 'USD',
      support_email: 'hi@tide.example',
      invoice_prefix: 'TS',
    })
    expect(caller?.read_only).toBe(false)
    const { rows } = await world.database.connections
      .pool('test')
      .pool.query('select key_hash from api_keys where business_id = $1', [made.business_id])
    expect(rows).toHaveLength(1)
    expect(String(rows[0].key_hash)).not.toContain(made.test_api_key)
  })

  it('business set changes what is named, settings of the portal too', async () => {
    const { business_id } = ctx.business
    const change = [
      '--support-email',
      '',
      '--rate-limit-tier',
      'unlimited',
      '--allow-subscription-cancellation',
      'false',
    ]
    const answer = jsonOf(await portico('business', 'set', '--business', business_id, ...change, '--json'))
    expect(answer).toMatchObject({ business_id, name: 'Linden Studio', allow_subscription_cancellation: false })
    expect(await findBusiness(ctx, business_id)).toMatchObject({ support_email: null, rate_limit_tier: 'unlimited' })
    expect(await getSettings(ctx)).toMatchObject({
      allow_subscription_cancellation: false,
      allow_cancellation_at_next_billing_date: true,
    })
  })

  it('api-key create makes a key that may only read', async () => {
    const line = [
      'api-key',
      'create',
      '--business',
      ctx.business.business_id,
      '--name',
      'reports',
      '--read-only',
      '--json',
    ]
    const { api_key, ...rest } = jsonOf(await portico(...line))
    expect(rest).toMatchObject({ name: 'reports', mode: 'test', read_only: true })
    expect(await findCaller(world.modes.test.ctx, String(api_key))).toMatchObject({ read_only: true })
  })

  it('mail list shows the link and the code of a mail, and both work', async () => {
    await createCustomer(ctx, { email: 'mara@linden.example', name: 'Mara' })
    await requestSignIn(ctx, { email: 'mara@linden.example', locale: 'en', flow: undefined })
    await runDue(world.modes.test.ctx, world.modes.test.jobs)
    const { emails } = jsonOf(await portico('mail', 'list', '--json')) as { emails: Record<string, string>[] }
    expect(emails).toMatchObject([
      { to: 'mara@linden.example', subject: expect.stringContaining('Linden Studio'), status: 'sent' },
    ])
    expect(emails[0]?.code).toMatch(/^\d{6}$/)
    const token = emails[0]?.link?.split('/session/')[1] ?? ''
    expect(await viewLink(world.modes.test.ctx, token)).toMatchObject({ state: 'usable' })
  })

  it('time advance moves a business’s own time and nobody else’s', async () => {
    const { business_id } = ctx.business
    const before = Temporal.Now.instant()
    const { now } = jsonOf(await portico('time', 'advance', '--business', business_id, '--by', '30d', '--json'))
    const moved = await getBusinessCtx(ctx, business_id)
    const ahead = moved.clock.now().since(before).total('hours')
    expect(ahead).toBeGreaterThanOrEqual(720)
    expect(ahead).toBeLessThan(721)
    expect(Temporal.Instant.compare(Temporal.Instant.from(String(now)), moved.clock.now())).toBeLessThan(0)
    const back = await portico('time', 'advance', '--business', business_id, '--to', '2020-01-01T00:00:00Z')
    expect(back).toMatchObject({ code: 1, stdout: '' })
    expect(back.stderr).toMatch(/^The clock only moves forward; it is \S+ now\.\n$/)
  })

  it('says in one sentence what is wrong, on standard error, and fails', async () => {
    const unknown = await portico('api-key', 'create', '--business', 'bus_nobody', '--name', 'x', '--json')
    expect(unknown).toEqual({
      code: 2,
      stdout: '',
      stderr: 'There is no business bus_nobody here; portico business create makes one and prints its id.\n',
    })
    const live = await portico(
      'api-key',
      'create',
      '--business',
      ctx.business.business_id,
      '--name',
      'x',
      '--mode',
      'live',
    )
    expect(live).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^Live mode is off; .*\.\n$/) })
  })

  it('migrates a new data directory, prints one line, and leaves nothing running', { timeout: 90_000 }, async () => {
    const dataDir = makeDataDirectory()
    try {
      const { applied } = jsonOf(await runPortico(['migrate', '--json'], { DATA_DIR: dataDir }))
      expect(applied).toContain('accounts/0001_businesses')
      expect(postmasterPid(dataDir)).toBeUndefined()
    } finally {
      removeDataDirectory(dataDir)
    }
  })
})

it('business create hands out keys and addresses of both modes where live is on', async () => {
  const env = {
    PORTICO_LIVE_URL: 'https://billing.linden.example',
    SMTP_URL: 'smtp://localhost:2525',
    MAIL_FROM: 'billing@linden.example',
  }
  const processor = { name: 'bank', provider: 'dodo', live: true } as unknown as Processor
  const { modes, close } = await createOperatorWorld({ env, liveProcessors: [processor] })
  try {
    const values = { name: 'Linden Studio', email: 'hello@linden.example' }
    const { data } = await businessCreate.run({ applied: [], modes: () => modes }, values)
    expect(data.live_login_url).toBe(`https://billing.linden.example/login/${data.business_id}`)
    expect(data.login_url).toBe(`http://localhost:3000/login/${data.business_id}`)
    if (modes.live === undefined) throw new Error('live is off')
    expect(await findCaller(modes.live.ctx, String(data.live_api_key))).toMatchObject({ read_only: false })
    expect(await findCaller(modes.live.ctx, String(data.test_api_key))).toBeUndefined()
    expect(await findCaller(modes.test.ctx, String(data.test_api_key))).toMatchObject({ read_only: false })
  } finally {
    await close()
  }
})
