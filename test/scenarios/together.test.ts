// Renewals of one business travel together: one transaction, one commit for all of them. What happens to one happens to it alone.
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { from } from '#core/scope.ts'
import { renewSubscription } from '#core/subscriptions/renew-subscription.ts'
import { newCompany } from '#core/together/company.ts'
import { adjustWallet } from '#core/wallets/adjust-wallet.ts'
import type { BusinessCtx } from '#src/context.ts'
import { crashPointsOf, runUntilKilled } from '#test/support/crash-points.ts'
import { dueRenewals } from '#test/support/due-renewals.ts'
import { endState } from '#test/support/end-state.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import { createWorld, type World } from '#test/support/world.ts'
import { runDue } from '#worker/loop.ts'

const begun = { startsAt: '2026-01-31T09:00:00Z' }
const { newWorld } = stage()

/** A database of its own, where everything may be counted and broken. */
async function ownWorld(): Promise<World> {
  const world = await createWorld(begun)
  onTestFinished(world.close)
  return world
}

const renewals = (world: World) => world.modes.test.jobs.filter(({ name }) => name === 'renew or end subscriptions')

/** As the worker has it done to what it claimed. */
async function renewTogether(ctx: BusinessCtx, ids: readonly string[]): Promise<void> {
  const company = newCompany()
  const done = await Promise.allSettled(ids.map((id) => renewSubscription({ ...ctx, company }, id)))
  const failed = done.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
}

/** As the owner of the database, who may do what no verb does. */
async function change(world: World, ...statements: string[]): Promise<void> {
  const client = await world.database.connections.connect()
  try {
    await client.query('set search_path = test, accounts')
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** So many that are due, of which one is declined. */
async function dueWithOneDeclined(world: World, count: number): Promise<string[]> {
  const ids = await dueRenewals(world, count)
  const its = `method_id = 'method1' and business_id = '${world.business_id}'`
  await change(world, `update sandbox.methods set off_session = 'INSUFFICIENT_FUNDS' where ${its}`)
  return ids
}

/** Of six that are due, one is declined, one ends, one has money in its wallet, and three are like any other. */
async function sixOfSomeKinds(world: World): Promise<string[]> {
  const ids = await dueWithOneDeclined(world, 6)
  const here = `business_id = '${world.business_id}'`
  await change(
    world,
    `update subscriptions set cancel_at_next_billing_date = true where subscription_id = 'sub_copy2' and ${here}`,
  )
  const money = { currency: 'USD', amount: 500, entry_type: 'credit', reason: null, idempotency_key: 'once' } as const
  await adjustWallet(await world.fresh(), 'cus_copy3', money)
  return ids
}

/** How many lines of dues were written in one transaction with another's. */
async function writtenTogether(world: World): Promise<number> {
  const { rows } = await sql<{ of: number }>`
    select count(*)::int as of from dues_lines where business_id = ${world.business_id} group by xmin::text having count(*) > 1
  `.execute((await world.fresh()).db)
  return rows.reduce((sum, { of }) => sum + of, 0)
}

async function numbersOf(world: World): Promise<string[]> {
  return (await rowsOf(world, 'invoices')).map(({ number }) => number).toSorted()
}

const upTo = (last: number) => Array.from({ length: last }, (_, n) => `LS-${String(n + 1).padStart(6, '0')}`)

test('together, each comes to the end it would have come to alone', async () => {
  const [together, alone] = [await newWorld(begun), await newWorld(begun)]
  const ids = await sixOfSomeKinds(together)
  await renewTogether(await together.fresh(), ids)
  for (const id of await sixOfSomeKinds(alone)) await renewSubscription(await alone.fresh(), id)
  expect(await endState(together)).toEqual(await endState(alone))
  // The one that ends and the one with a wallet went alone.
  expect([await writtenTogether(together), await writtenTogether(alone)]).toEqual([4, 0])
  // The purchase, and four renewals.
  expect([await numbersOf(together), await numbersOf(alone)]).toEqual([upTo(5), upTo(5)])
  expect([await brokenInvariants(together), await brokenInvariants(alone)]).toEqual([[], []])
})

test('who cannot be renewed keeps nobody from it, and is tried again', async () => {
  const world = await ownWorld()
  await dueRenewals(world, 5)
  await change(
    world,
    `create function refuse() returns trigger language plpgsql as $$ begin
       if new.subscription_id = 'sub_copy2' then raise exception 'not this one'; end if; return new; end $$`,
    'create trigger refuse before insert on subscription_periods for each row execute function refuse()',
  )
  await runDue(world.modes.test.ctx, renewals(world))
  const open = (await rowsOf(world, 'payments')).filter(({ settled_at }) => settled_at === null)
  expect(open.map(({ subscription_id }) => subscription_id)).toEqual(['sub_copy2'])
  expect(await numbersOf(world)).toEqual(upTo(5))
  await change(world, 'drop trigger refuse on subscription_periods')
  world.advanceWall({ minutes: 3 })
  await world.work()
  expect(await numbersOf(world)).toEqual(upTo(6))
  const captures = await capturesOf(world)
  expect([captures.length, new Set(captures.map(({ key }) => key)).size]).toEqual([6, 6])
  expect(await brokenInvariants(world)).toEqual([])
})

test('a customer who is at it is not waited for', async () => {
  const world = await newWorld(begun)
  const ids = await dueRenewals(world, 5)
  const ctx = await world.fresh()
  const held = Promise.withResolvers<void>()
  const holding = ctx.db.transaction().execute(async (db) => {
    await from({ ...ctx, db }, 'subscriptions')
      .select('version')
      .where('subscription_id', '=', 'sub_copy3')
      .forUpdate()
      .execute()
    await held.promise
  })
  const renewed = async () =>
    (await rowsOf(world, 'subscriptions')).filter(({ period_number }) => period_number === 1).length
  const work = renewTogether(await world.fresh(), ids)
  await expect.poll(renewed).toBe(4)
  held.resolve()
  await Promise.all([holding, work])
  expect(await renewed()).toBe(5)
  expect(await brokenInvariants(world)).toEqual([])
})

test('two workers on one business charge each period once and leave no gap in its numbers', async () => {
  const world = await ownWorld()
  await dueRenewals(world, 250)
  const run = () => runDue(world.modes.test.ctx, renewals(world))
  await Promise.all([run(), run()])
  await run()
  expect((await capturesOf(world)).length).toBe(251)
  expect(await numbersOf(world)).toEqual(upTo(251))
  expect(await brokenInvariants(world)).toEqual([])
})

describe('killed anywhere', () => {
  const recover = async (world: World) => {
    for (let round = 0; round < 3; round += 1) {
      world.advanceWall({ minutes: 6 })
      await world.work()
    }
  }
  const perish = async () => {
    const world = await newWorld(begun)
    const ids = await dueWithOneDeclined(world, 3)
    return { world, flow: (ctx: BusinessCtx) => renewTogether(ctx, ids) }
  }

  // How many commits they share depends on who arrives when, so every run is asked anew whether it came so far.
  test('they come to the same end', async () => {
    const whole = await perish()
    const points = await crashPointsOf(await whole.world.fresh(), whole.flow)
    await recover(whole.world)
    const end = await endState(whole.world)
    expect(points.filter((point) => point === 'before a commit').length).toBeGreaterThan(2)
    let killed = 0
    for (let alive = false; !alive; killed += alive ? 0 : 1) {
      const { world, flow } = await perish()
      alive = !(await runUntilKilled(await world.fresh(), killed, flow))
      await recover(world)
      expect(await endState(world), `killed at ${killed}`).toEqual(end)
      expect(await numbersOf(world)).toEqual(upTo(3))
    }
    expect(killed).toBeGreaterThan(points.length / 2)
    expect(await brokenInvariants(whole.world)).toEqual([])
  }, 90_000)
})
