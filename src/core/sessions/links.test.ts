import { beforeEach, describe, expect, test } from 'vitest'
import { createCustomer } from '#core/customers/create-customer.ts'
import { consumeLink, viewLink } from '#core/sessions/consume-link.ts'
import { createInvite } from '#core/sessions/create-invite.ts'
import { findVisitor } from '#core/sessions/find-visitor.ts'
import { signOut } from '#core/sessions/sign-out.ts'
import { besides } from '#test/support/besides.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
let customer_id: string

const browser = { cookie: undefined, user_agent: 'a browser' }
const customerOf = async (place: World, email = 'mara@northwind.example') =>
  (await createCustomer(await place.fresh(), { email, name: 'Mara' })).customer_id
const invite = async (place = world, id = customer_id) =>
  (await createInvite(await place.fresh(), { customer_id: id })).split('/').at(-1) ?? ''
const consume = (token: string, cookie?: string) => consumeLink(world.modes.test.ctx, token, { ...browser, cookie })

async function open(place = world, id = customer_id, cookie?: string) {
  const consumed = await consume(await invite(place, id), cookie)
  if (consumed.type !== 'opened') throw new Error(consumed.type)
  return consumed.session.token
}

const visitor = async (cookie: string, place = world) => findVisitor(await place.fresh(), cookie)
const sees = async (cookie: string, place = world) => (await visitor(cookie, place))?.customer.customer_id

beforeEach(async () => {
  world = await newWorld()
  customer_id = await customerOf(world)
})

describe('a personal link', () => {
  test('opens once, whatever number of browsers press at the same moment', async () => {
    const token = await invite()
    const answers = await Promise.all(Array.from({ length: 50 }, () => consume(token)))
    const counts = Object.groupBy(answers, ({ type }) => type)
    expect([counts.opened?.length, counts.unusable?.length]).toEqual([1, 49])
    expect((await rowsOf(world, 'session_grants')).length).toBe(1)
  })

  test('stays usable however often it is looked at, and lasts a day', async () => {
    const token = await invite()
    for (let n = 0; n < 20; n += 1) expect((await viewLink(world.modes.test.ctx, token))?.state).toBe('usable')
    world.advanceWall({ hours: 23, minutes: 59 })
    expect((await viewLink(world.modes.test.ctx, token))?.state).toBe('usable')
    world.advanceWall({ minutes: 2 })
    expect((await viewLink(world.modes.test.ctx, token))?.state).toBe('expired')
    expect(await consume(token)).toMatchObject({ type: 'unusable', view: { state: 'expired' } })
  })

  test('pressed again by the browser it signed in leads into the portal; by another, nowhere', async () => {
    const token = await invite()
    const first = await consume(token)
    if (first.type !== 'opened') throw new Error(first.type)
    expect((await consume(token, first.session.token)).type).toBe('already_open')
    expect(await consume(token)).toMatchObject({ type: 'unusable', view: { state: 'used' } })
    expect(await consume(token, await open())).toMatchObject({ type: 'unusable', view: { state: 'used' } })
    expect((await rowsOf(world, 'session_grants')).length).toBe(2)
  })

  test('that nobody made, or that was changed by a letter, is unknown', async () => {
    const token = await invite()
    const changed = `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`
    for (const wrong of [changed, `${token}A`, token.slice(1), '', '\0', 'x'.repeat(5000)]) {
      expect(await viewLink(world.modes.test.ctx, wrong)).toBeUndefined()
    }
  })

  test('is nowhere in the database: only its hash is', async () => {
    const token = await invite()
    const owner = await world.database.connections.connect()
    const { rows } = await owner.query('select row_to_json(l)::text as row from test.access_links l')
    await owner.end()
    expect(token.length).toBeGreaterThanOrEqual(22)
    expect(JSON.stringify(rows)).not.toContain(token)
  })
})

describe('a session', () => {
  test('ends after two idle hours, and not before while somebody is there', async () => {
    const cookie = await open()
    for (let n = 0; n < 5; n += 1) {
      world.advanceWall({ hours: 1, minutes: 59 })
      expect(await sees(cookie)).toBe(customer_id)
    }
    world.advanceWall({ hours: 2, minutes: 1 })
    expect(await visitor(cookie)).toBeUndefined()
  })

  test('ends after a day, however busy', async () => {
    const cookie = await open()
    for (let hours = 1; hours < 24; hours += 1) {
      world.advanceWall({ hours: 1 })
      expect(await sees(cookie), `after ${hours} hours`).toBe(customer_id)
    }
    world.advanceWall({ hours: 1, seconds: 1 })
    expect(await visitor(cookie)).toBeUndefined()
  })

  test('signed out is over at once, in every business', async () => {
    const other = await besides(world, {})
    const first = await open()
    const cookie = await open(other, await customerOf(other), first)
    const here = await visitor(cookie)
    if (here === undefined) throw new Error('signed in')
    await signOut(here)
    expect([await visitor(cookie), await visitor(cookie, other)]).toEqual([undefined, undefined])
  })

  test('is a new one at each sign-in; what it may see elsewhere comes along, and the old one is over', async () => {
    const other = await besides(world, {})
    const theirs = await customerOf(other)
    const first = await open()
    const second = await open(other, theirs, first)
    expect(second).not.toBe(first)
    expect(await visitor(first)).toBeUndefined()
    expect([await sees(second), await sees(second, other)]).toEqual([customer_id, theirs])
    const colleague = await customerOf(world, 'noor@northwind.example')
    const third = await open(world, colleague, second)
    expect([await sees(third), await sees(third, other)]).toEqual([colleague, theirs])
  })

  test('that idled too long gives nothing to the next one', async () => {
    const other = await besides(world, {})
    const first = await open()
    world.advanceWall({ hours: 3 })
    const second = await open(other, await customerOf(other), first)
    expect(await visitor(second)).toBeUndefined()
  })

  test('cannot be kept alive for longer than a day by signing in elsewhere', async () => {
    const other = await besides(world, {})
    const theirs = await customerOf(other)
    let cookie = await open()
    for (let hours = 0; hours < 26; hours += 1) {
      world.advanceWall({ hours: 1 })
      cookie = await open(other, theirs, cookie)
    }
    expect(await sees(cookie, other)).toBe(theirs)
    expect(await visitor(cookie)).toBeUndefined()
  })

  test('of one business is nobody in another', async () => {
    const other = await besides(world, {})
    const cookie = await open()
    expect(await visitor(cookie, other)).toBeUndefined()
    for (const wrong of ['', 'x', '\0', 'x'.repeat(101)]) expect(await visitor(wrong)).toBeUndefined()
  })
})
