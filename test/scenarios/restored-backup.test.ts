import { expect, test } from 'vitest'
import { buy } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf, skipTo, stateOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

const tables = [
  'period_values',
  'subscription_periods',
  'invoices',
  'payments',
  'dues_lines',
  'dues',
  'invoice_counters',
  'emails',
  'events',
  'audit_entries',
]

/** Puts our side back to how it was when `work` had not been done yet; the processor's books stay. */
async function forgetting(world: World, work: () => Promise<unknown>): Promise<void> {
  const owner = await world.database.connections.connect()
  const where = `business_id = '${world.business_id}'`
  try {
    await owner.query('set search_path = test, accounts; set timezone = UTC')
    for (const table of [...tables, 'subscriptions']) {
      await owner.query(`create temp table kept_${table} as select * from ${table} where ${where}`)
    }
    await work()
    for (const table of tables) await owner.query(`delete from ${table} where ${where}`)
    for (const table of tables.toReversed()) await owner.query(`insert into ${table} select * from kept_${table}`)
    await owner.query(`update subscriptions s set status = k.status, anchor = k.anchor, period_number = k.period_number,
      previous_billing_date = k.previous_billing_date, next_billing_date = k.next_billing_date,
      next_attempt_at = k.next_attempt_at, version = k.version
      from kept_subscriptions k where s.subscription_id = k.subscription_id`)
  } finally {
    await owner.end()
  }
}

test('a backup from before a renewal does not charge that renewal again', async () => {
  const world = await newWorld({ startsAt: '2026-01-31T09:00:00Z' })
  const { subscription_id } = await buy(world)
  await skipTo(world, '2026-02-28T10:00:00Z')
  let charged: string | undefined
  await forgetting(world, async () => {
    await world.work()
    charged = (await rowsOf(world, 'payments')).at(-1)?.payment_id
  })
  expect(await stateOf(world, subscription_id)).toBe('active until 2026-02-28')
  expect((await capturesOf(world)).length).toBe(2)

  await world.work()
  expect(await stateOf(world, subscription_id)).toBe('active until 2026-03-31')
  expect((await rowsOf(world, 'payments')).at(-1)?.payment_id).not.toBe(charged)
  expect((await capturesOf(world)).length).toBe(2)
  expect(await brokenInvariants(world)).toEqual([])
})
