import { beforeEach, describe, expect, test } from 'vitest'
import { createCustomer } from '#core/customers/create-customer.ts'
import { consumeCode } from '#core/sessions/consume-code.ts'
import { consumeLink } from '#core/sessions/consume-link.ts'
import { getMailedLink } from '#core/sessions/queries.ts'
import { requestSignIn } from '#core/sessions/request-sign-in.ts'
import { linkToken } from '#core/sessions/tokens.ts'
import { besides } from '#test/support/besides.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

const email = 'mara@northwind.example'
let world: World

beforeEach(async () => {
  world = await newWorld()
  await createCustomer(await world.fresh(), { email, name: 'Mara' })
})

const ask = async (to = email, flow?: string, return_path?: string) =>
  requestSignIn(await world.fresh(), { email: to, locale: 'en', flow, return_path: return_path ?? null })
const enter = async (code: string, flow: string) =>
  consumeCode(await world.fresh(), { code, flow, cookie: undefined, user_agent: null })

/** What the newest mail says. */
async function mailed() {
  await world.work()
  const mail = (await rowsOf(world, 'emails')).at(-1)
  if (mail === undefined) throw new Error('no mail was sent')
  const { resource_id } = mail.data as { resource_id: string }
  const { url, code } = await getMailedLink(await world.fresh(), resource_id)
  return { token: url.split('/').at(-1) ?? '', code: code ?? '', recipient: mail.recipient }
}

const other = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

describe('the code of the mail', () => {
  test('opens in the browser that asked, once', async () => {
    const flow = await ask()
    const { code } = await mailed()
    expect(code).toMatch(/^\d{6}$/)
    expect((await enter(code, flow)).type).toBe('opened')
    expect((await enter(code, flow)).type).not.toBe('opened')
  })

  test('is nothing in another browser, even one that asked for the same address', async () => {
    await ask()
    const { code } = await mailed()
    const elsewhere = await ask(email, undefined)
    expect((await enter(code, elsewhere)).type).toBe('wrong')
    expect((await enter(code, 'x'.repeat(43))).type).toBe('exhausted')
  })

  test('is nothing at another business', async () => {
    const flow = await ask()
    const { code } = await mailed()
    const theirs = await besides(world, {})
    const answer = await consumeCode(await theirs.fresh(), { code, flow, cookie: undefined, user_agent: null })
    expect(answer.type).toBe('exhausted')
    expect((await enter(code, flow)).type).toBe('opened')
  })

  test('may be wrong four times; the fifth wrong one ends it, and the link of the mail still opens', async () => {
    const flow = await ask()
    const { code, token } = await mailed()
    const answers = []
    for (let n = 0; n < 6; n += 1) answers.push((await enter(other(code), flow)).type)
    expect(answers).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'exhausted', 'exhausted'])
    expect((await enter(code, flow)).type).toBe('exhausted')
    const link = await consumeLink(world.modes.test.ctx, token, { cookie: undefined, user_agent: null })
    expect(link.type).toBe('opened')
  })

  test('guessed fifty times at once is guessed five times', async () => {
    const flow = await ask()
    const { code } = await mailed()
    const answers = await Promise.all(Array.from({ length: 50 }, () => enter(other(code), flow)))
    expect(answers.filter(({ type }) => type === 'wrong').length).toBe(4)
    expect((await rowsOf(world, 'sign_in_requests')).map(({ code_tries }) => code_tries)).toEqual([5])
    expect((await enter(code, flow)).type).toBe('exhausted')
  })

  test('of the latest mail counts, in the same browser', async () => {
    const flow = await ask()
    const first = await mailed()
    world.advanceWall({ seconds: 61 })
    expect(await ask(email, flow)).toBe(flow)
    const second = await mailed()
    expect(second.code).not.toBe(first.code)
    expect((await enter(first.code, flow)).type).toBe('wrong')
    expect((await enter(second.code, flow)).type).toBe('opened')
  })

  test('lasts a quarter of an hour, and its link as well', async () => {
    const flow = await ask()
    const { code, token } = await mailed()
    world.advanceWall({ minutes: 15, seconds: 1 })
    expect((await enter(code, flow)).type).toBe('wrong')
    const link = await consumeLink(world.modes.test.ctx, token, { cookie: undefined, user_agent: null })
    expect(link).toMatchObject({ type: 'unusable', view: { state: 'expired' } })
  })

  test('is spent with the link: whichever is used first, the other opens nothing', async () => {
    const flow = await ask()
    const { code, token } = await mailed()
    const browser = { cookie: undefined, user_agent: null }
    const both = await Promise.all([enter(code, flow), consumeLink(world.modes.test.ctx, token, browser)])
    expect(both.filter(({ type }) => type === 'opened').length).toBe(1)
  })
})

describe('asking for a link', () => {
  test('leaves the same rows for a known and an unknown address, and mails only the known one', async () => {
    await ask()
    await ask('nobody@northwind.example')
    const shape = (await rowsOf(world, 'sign_in_requests')).map((row) =>
      Object.entries(row).map(([name, value]) => `${name} ${value === null ? 'null' : typeof value}`),
    )
    expect(shape[0]).toEqual(shape[1])
    await world.work()
    expect((await rowsOf(world, 'emails')).map(({ recipient }) => recipient)).toEqual([email])
    const answered = await rowsOf(world, 'sign_in_requests')
    expect(answered.map(({ answered_at }) => answered_at === null)).toEqual([false, false])
  })

  test('mails the address the customer has, however it was typed', async () => {
    await ask('  MARA@Northwind.Example ')
    expect((await mailed()).recipient).toBe(email)
  })

  test('again within a minute sends nothing new; from another browser it does', async () => {
    const flow = await ask()
    await ask(email, flow)
    await world.work()
    expect((await rowsOf(world, 'emails')).length).toBe(1)
    await ask()
    await world.work()
    expect((await rowsOf(world, 'emails')).length).toBe(2)
  })

  test('a hundred times by strangers floods no inbox, and never locks the owner out', async () => {
    const strangersAsk = async (times: number) => {
      for (let n = 0; n < times; n += 1) await ask()
      await world.work()
    }
    const mails = async () => (await rowsOf(world, 'emails')).length
    await strangersAsk(100)
    expect(await mails()).toBeLessThanOrEqual(20)
    for (let round = 0; round < 5; round += 1) {
      world.advanceWall({ minutes: 5 })
      await strangersAsk(10)
      const ctx = await world.fresh()
      const now = ctx.wall.now()
      const usable = (await rowsOf(world, 'access_links')).findLast(
        ({ used_at, expires_at }) => used_at === null && Temporal.Instant.compare(expires_at, now) > 0,
      )
      if (usable === undefined) throw new Error(`round ${round}: the owner has no link that opens`)
      const opened = await consumeLink(ctx, linkToken(ctx, usable), { cookie: undefined, user_agent: null })
      expect(opened.type).toBe('opened')
    }
    expect(await mails()).toBeLessThanOrEqual(25)
  })

  test('keeps a way back inside the business only', async () => {
    const inside = `/${world.business_id}/subscriptions/sub_1`
    for (const path of [inside, '//evil.example', '/\\evil.example', '/bus_000000000000000000000/']) {
      await ask(email, undefined, path)
    }
    const paths = (await rowsOf(world, 'sign_in_requests')).map(({ return_path }) => return_path)
    expect(paths).toEqual([inside, null, null, null])
  })
})
