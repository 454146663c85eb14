import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { updateSubscriptionRow } from '#core/subscriptions/store.ts'
import { json } from '#db/temporal.ts'
import { inTransaction, LostClaim } from '#src/context.ts'
import { besides } from '#test/support/besides.ts'
import { buy } from '#test/support/buy.ts'
import { dueRenewals } from '#test/support/due-renewals.ts'
import { rowsOf, skipTo } from '#test/support/story.ts'
import { createWorld, type World } from '#test/support/world.ts'
import { type Claimable, claimDue, releaseClaim, releaseClaims } from './claim.ts'

const renewals: Claimable = {
  table: 'subscriptions',
  key: ['subscription_id'],
  due: 'next_attempt_at',
  clock: 'business',
}

let world: World

beforeEach(async () => {
  world = await createWorld({ startsAt: '2026-01-31T09:00:00Z' })
  onTestFinished(world.close)
})

const claim = async (limit = 100) => claimDue(world.modes.test.ctx, renewals, limit)
const idsOf = (rows: Awaited<ReturnType<typeof claim>>) => rows.map(({ key }) => key.subscription_id)

describe('a claim', () => {
  beforeEach(async () => {
    await dueRenewals(world, 12)
  })

  test('takes no more than asked, and nobody else gets those rows while the lease lasts', async () => {
    const first = await claim(5)
    const rest = await claim()
    expect([first.length, rest.length, (await claim()).length]).toEqual([5, 7, 0])
    expect(new Set([...idsOf(first), ...idsOf(rest)]).size).toBe(12)
    world.advanceWall({ seconds: 119 })
    expect(await claim()).toEqual([])
    world.advanceWall({ seconds: 2 })
    const again = await claim()
    expect(again.map(({ claim }) => claim.token)).toEqual(Array(12).fill(2))
  })

  test('that is being made is passed over without waiting for it', async () => {
    await inTransaction(world.modes.test.ctx, async (other) => {
      const theirs = await claimDue(other, renewals, 5)
      const ours = await claim()
      expect([theirs.length, ours.length]).toEqual([5, 7])
      expect(idsOf(ours).filter((id) => idsOf(theirs).includes(id))).toEqual([])
    })
  })

  test('is given back at once, or after a pause', async () => {
    const [one, two] = await claim(2)
    if (one === undefined || two === undefined) throw new Error('two rows are due')
    await releaseClaims(world.modes.test.ctx, [one.claim])
    await releaseClaim(world.modes.test.ctx, two.claim, Temporal.Duration.from({ seconds: 30 }))
    expect(idsOf(await claim()).includes(one.key.subscription_id)).toBe(true)
    world.advanceWall({ seconds: 31 })
    expect(idsOf(await claim())).toEqual([two.key.subscription_id])
  })

  test('that was taken over cannot be given back by the one who lost it', async () => {
    const [stale] = await claim(1)
    if (stale === undefined) throw new Error('a row is due')
    world.advanceWall({ minutes: 3 })
    await claim()
    await releaseClaims(world.modes.test.ctx, [stale.claim])
    expect(await claim()).toEqual([])
  })

  test('that was taken over cannot commit', async () => {
    const [stale] = await claim(1)
    if (stale === undefined) throw new Error('a row is due')
    world.advanceWall({ minutes: 3 })
    await claim()
    const ctx = { ...(await world.fresh()), claim: stale.claim }
    const subscription_id = stale.key.subscription_id ?? ''
    const late = inTransaction(ctx, (inner) =>
      updateSubscriptionRow(inner, subscription_id, { metadata: json({ late: 'yes' }) }),
    )
    await expect(late).rejects.toThrow(LostClaim)
    expect((await rowsOf(world, 'subscriptions')).every(({ metadata }) => !('late' in metadata))).toBe(true)
  })
})

describe('what is due', () => {
  test('is so by the clock of its own business, ahead of or behind everybody else’s', async () => {
    const ahead = await besides(world, {})
    const { subscription_id } = await buy(ahead)
    const behind = await buy(world)
    expect(await claim()).toEqual([])
    const due = (await ahead.fresh()).clock.now().add({ hours: 24 * 32 })
    await ahead.advanceTo(due.subtract({ hours: 24 * 5 }).toString())
    expect(await claim()).toEqual([])
    await ahead.fresh().then((ctx) =>
      ctx.db
        .updateTable('test_clocks')
        .set((eb) => ({ offset_ms: eb('offset_ms', '+', 6 * 24 * 3600 * 1000) }))
        .where('business_id', '=', ahead.business_id)
        .execute(),
    )
    expect(idsOf(await claim())).toEqual([subscription_id])
    await skipTo(world, '2026-02-28T08:59:00Z')
    expect(await claim()).toEqual([])
    await skipTo(world, '2026-02-28T09:01:00Z')
    expect(idsOf(await claim())).toEqual([behind.subscription_id])
  })

  test('comes oldest first', async () => {
    const ids = await dueRenewals(world, 6)
    const ctx = await world.fresh()
    const shuffled = [3, 1, 5, 0, 4, 2].map((n) => ids[n] ?? '')
    for (const [minutes, id] of shuffled.entries()) {
      const next_attempt_at = Temporal.Instant.from('2026-02-28T09:00:00Z').add({ minutes })
      await updateSubscriptionRow(ctx, id, { next_attempt_at })
    }
    expect(new Set(idsOf(await claim(3)))).toEqual(new Set(shuffled.slice(0, 3)))
  })
})
