import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createCustomer } from '#core/customers/create-customer.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { prune } from '#core/retention/prune.ts'
import { rules } from '#core/retention/rules.ts'
import type { OwnedTable } from '#core/scope.ts'
import { consumeLink } from '#core/sessions/consume-link.ts'
import { createInvite } from '#core/sessions/create-invite.ts'
import { requestSignIn } from '#core/sessions/request-sign-in.ts'
import { createWebhook } from '#core/webhooks/create-webhook.ts'
import { besides } from '#test/support/besides.ts'
import { rowsOf } from '#test/support/story.ts'
import { createWorld, type World } from '#test/support/world.ts'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const ctx = () => world.modes.test.ctx
const count = async (table: OwnedTable, place = world) => (await rowsOf(place, table)).length
const counts = async (...tables: OwnedTable[]) =>
  Object.fromEntries(await Promise.all(tables.map(async (table) => [table, await count(table)])))

async function someTraffic(place = world) {
  const business = await place.fresh()
  const email = 'mara@northwind.example'
  const { customer_id } = await createCustomer(business, { email, name: 'Mara' })
  await requestSignIn(business, { email, locale: 'en', flow: undefined })
  const invite = await createInvite(business, { customer_id, send_email: true })
  await world.work()
  await consumeLink(ctx(), invite.split('/').at(-1) ?? '', { cookie: undefined, user_agent: 'x' })
  return customer_id
}

const traffic = ['emails', 'events', 'access_links', 'sign_in_requests', 'session_grants'] as const

describe('what nobody needs any more', () => {
  test('stays for a month, and goes with what points at it first', async () => {
    await someTraffic()
    await prune(ctx())
    const all = { emails: 2, events: 2, access_links: 2, sign_in_requests: 1, session_grants: 1 }
    expect(await counts(...traffic)).toEqual(all)
    world.advanceWall({ hours: 24 * 29 })
    await prune(ctx())
    expect(await counts(...traffic)).toEqual(all)
    world.advanceWall({ hours: 24 * 4 })
    await prune(ctx())
    const left = { emails: 0, events: 2, access_links: 0, sign_in_requests: 0, session_grants: 0 }
    expect(await counts(...traffic)).toEqual(left)
    world.advanceWall({ hours: 24 * 150 })
    await prune(ctx())
    expect(await counts(...traffic)).toEqual({ ...left, events: 0 })
    expect(await count('customers')).toBe(1)
    expect(await count('audit_entries')).toBeGreaterThan(0)
  })

  test('is told from what is needed: nothing that waits ever goes, however old', async () => {
    const business = await world.fresh()
    await createWebhook(business, { url: 'https://shop.example.com/hooks' })
    const customer_id = await someTraffic()
    await requestSignIn(business, { email: 'late@northwind.example', locale: 'en', flow: undefined })
    await recordEvent(business, { type: 'customer.erased', resource_id: customer_id, customer_id })
    await sql`update emails set status = 'queued', next_attempt_at = now() where template = 'invite'`.execute(ctx().db)
    world.advanceWall({ hours: 24 * 400 })
    await prune(ctx())
    const mails = await rowsOf(world, 'emails')
    expect(mails.map(({ template }) => template)).toEqual(['invite'])
    // The event of the mail that waits, and the one nobody read.
    const events = await rowsOf(world, 'events')
    expect(events.map(({ type }) => type).sort()).toEqual(['access_link.invited', 'customer.erased'])
    const asked = await rowsOf(world, 'sign_in_requests')
    expect(asked.map(({ email }) => email)).toEqual(['late@northwind.example'])
  })

  test('goes wherever it is, and what is young at another business stays', async () => {
    const other = await besides(world, {})
    await someTraffic()
    world.advanceWall({ hours: 24 * 40 })
    await someTraffic(other)
    await prune(ctx())
    expect(await count('access_links')).toBe(0)
    expect(await count('access_links', other)).toBe(2)
    expect(await count('session_grants', other)).toBe(1)
  })
})

test('a turn comes back in an hour, and soon where more is left than it takes', async () => {
  const business = await world.fresh()
  const dueIn = async () => {
    const { due_at } = await ctx().db.selectFrom('chores').select('due_at').executeTakeFirstOrThrow()
    return Math.round(due_at.since(ctx().wall.now()).total('seconds'))
  }
  await prune(ctx())
  expect(await dueIn()).toBeGreaterThan(3500)
  // 20 batches of 500 are a turn: of 10,600 rows it leaves 600.
  await sql`
    insert into processor_events (business_id, processor, processor_event_id, kind, processor_key, received_at, read_at)
    select ${business.business.business_id}, 'sandbox', 'e' || n, 'payment', 'k', now() - interval '60 days', now()
    from generate_series(1, 10600) n`.execute(ctx().db)
  expect(await prune(ctx())).toBe(10_000)
  expect(await dueIn()).toBeLessThan(30)
  world.advanceWall({ seconds: 15 })
  await world.work()
  expect(await count('processor_events')).toBe(0)
})

test('no rule can stumble over another: every table it deletes from has its children before it', async () => {
  const { rows } = await sql<{ child: string; parent: string }>`
    select c.conrelid::regclass::text as child, c.confrelid::regclass::text as parent from pg_constraint c
    where c.contype = 'f' and c.confrelid::regclass::text = any (${rules.map(({ table }) => table)})`.execute(ctx().db)
  const last = (table: string) => rules.findLastIndex((rule) => rule.table === table)
  expect(rows.length).toBeGreaterThan(3)
  for (const { child, parent } of rows) {
    expect(last(child), `${child} points at ${parent}`).toBeGreaterThanOrEqual(0)
    expect(last(child)).toBeLessThan(last(parent))
  }
})
