// T4, S2: everything an address has opens by a mail to that address, and by nothing else.
import { beforeEach, describe, expect, test } from 'vitest'
import { answerAddressSignIn } from '#core/addresses/answer-address-sign-in.ts'
import { consumeAddressCode, consumeAddressLink, viewAddressLink } from '#core/addresses/consume-address-link.ts'
import { enterBusiness } from '#core/addresses/enter-business.ts'
import { businessOfOwnPayment } from '#core/addresses/find-own-payment.ts'
import { findReader } from '#core/addresses/find-reader.ts'
import { listHistoryOfAddress, listPlaces } from '#core/addresses/list-places.ts'
import { getMailedAddressLink } from '#core/addresses/queries.ts'
import { requestAddressSignIn } from '#core/addresses/request-address-sign-in.ts'
import { createCustomer } from '#core/customers/create-customer.ts'
import { updateCustomer } from '#core/customers/update-customer.ts'
import { consumeCode } from '#core/sessions/consume-code.ts'
import { consumeLink } from '#core/sessions/consume-link.ts'
import { createInvite } from '#core/sessions/create-invite.ts'
import { findVisitor } from '#core/sessions/find-visitor.ts'
import { getMailedLink } from '#core/sessions/queries.ts'
import { requestSignIn } from '#core/sessions/request-sign-in.ts'
import { besides } from '#test/support/besides.ts'
import { buy, download, plan } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
const browser = { cookie: undefined, user_agent: 'a browser' }
let world: World
let other: World
let turn = 0
/** A new address for each test: what is asked across businesses sees all of the file's. */
let email: string

beforeEach(async () => {
  world = await newWorld()
  other = await besides(world, {})
  turn += 1
  email = `mara${turn}@northwind.example`
})

const ctx = () => world.modes.test.ctx
const customerOf = async (place: World, address = email, name = 'Mara') =>
  (await createCustomer(await place.fresh(), { email: address, name })).customer_id
const ask = (address = email, flow?: string) => requestAddressSignIn(ctx(), { email: address, locale: 'en', flow })

/** The row of the latest request for an address. */
async function latest(address = email) {
  return ctx()
    .db.selectFrom('address_sign_ins')
    .selectAll()
    .where('email_key', '=', address.trim().toLowerCase())
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow()
}

async function mailed(address = email) {
  await world.work()
  const { url, code } = await getMailedAddressLink(ctx(), (await latest(address)).sign_in_id)
  return { token: url.split('/').at(-1) ?? '', code }
}

async function signIn(address = email) {
  await ask(address)
  const opened = await consumeAddressLink(ctx(), (await mailed(address)).token, browser)
  if (opened.type !== 'opened') throw new Error(opened.type)
  return opened.session.token
}

async function reader(cookie: string) {
  const found = await findReader(ctx(), cookie)
  if (found === undefined) throw new Error('proven')
  return found
}

describe('a mail to the address', () => {
  test('opens its customers at every business, and nobody else’s', async () => {
    const here = await customerOf(world)
    const there = await customerOf(other, email.toUpperCase())
    await customerOf(other, 'noor@northwind.example')
    const places = await listPlaces(await reader(await signIn()), { page_number: 0, page_size: 10 })
    expect(places.map(({ customer_id }) => customer_id)).toEqual([here, there])
    const second = await listPlaces(await reader(await signIn()), { page_number: 1, page_size: 1 })
    expect(second.map(({ customer_id }) => customer_id)).toEqual([there])
  })

  test('is one mail, to the address as its customer wrote it, in the name of no business', async () => {
    await customerOf(world)
    await customerOf(other)
    await ask(` ${email.toUpperCase()}`)
    await world.work()
    const mails = [...(await rowsOf(world, 'emails')), ...(await rowsOf(other, 'emails'))]
    expect(mails.map(({ recipient, template }) => [recipient, template])).toEqual([[email, 'address-sign-in']])
  })

  test('is written for a known address only, and leaves the same row for an unknown one', async () => {
    await customerOf(world)
    await ask()
    await ask('nobody@northwind.example')
    const shape = (row: object) => Object.entries(row).map(([name, value]) => `${name} ${value === null}`)
    expect(shape(await latest())).toEqual(shape(await latest('nobody@northwind.example')))
    await world.work()
    const answered = await latest('nobody@northwind.example')
    expect([answered.answered_at === null, answered.nonce]).toEqual([false, null])
    expect((await latest()).nonce).not.toBeNull()
  })

  test('that was on its way when the customer’s address changed is not sent to the new one', async () => {
    const customer_id = await customerOf(world)
    await ask()
    const { sign_in_id } = await latest()
    await answerAddressSignIn(ctx(), sign_in_id)
    await updateCustomer(await world.fresh(), customer_id, { email: 'somebody.else@northwind.example' })
    await world.work()
    expect(await rowsOf(world, 'emails')).toEqual([])
  })

  test('opens once, for a quarter of an hour; its code only in the browser that asked, five times', async () => {
    await customerOf(world)
    const flow = await ask()
    const { token, code } = await mailed()
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
    const enter = (typed: string, by = flow) => consumeAddressCode(ctx(), { code: typed, flow: by, ...browser })
    expect((await enter(code, 'x'.repeat(43))).type).toBe('exhausted')
    const answers = []
    for (let n = 0; n < 5; n += 1) answers.push((await enter(wrong)).type)
    expect(answers).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'exhausted'])
    expect((await enter(code)).type).toBe('exhausted')
    const presses = await Promise.all(Array.from({ length: 10 }, () => consumeAddressLink(ctx(), token, browser)))
    expect(presses.filter(({ type }) => type === 'opened').length).toBe(1)
    expect((await viewAddressLink(ctx(), token))?.state).toBe('used')
    await ask()
    const later = await mailed()
    world.advanceWall({ minutes: 15, seconds: 1 })
    expect((await viewAddressLink(ctx(), later.token))?.state).toBe('expired')
    expect((await consumeAddressLink(ctx(), later.token, browser)).type).toBe('unusable')
  })

  test('opens by its code in the browser that asked', async () => {
    await customerOf(world)
    const flow = await ask()
    const { code } = await mailed()
    const opened = await consumeAddressCode(ctx(), { code, flow, ...browser })
    expect(opened.type).toBe('opened')
    expect((await consumeAddressCode(ctx(), { code, flow, ...browser })).type).toBe('wrong')
  })

  test('is not written a hundred times because strangers ask', async () => {
    await customerOf(world)
    for (let n = 0; n < 40; n += 1) await ask()
    await world.work()
    expect((await rowsOf(world, 'emails')).length).toBe(20)
  })
})

describe('nothing else opens it', () => {
  test('not a merchant’s link, nor the mail of one business, by link or by code', async () => {
    const customer_id = await customerOf(world)
    await customerOf(other)
    const invite = await createInvite(await world.fresh(), { customer_id })
    const invited = await consumeLink(ctx(), invite.split('/').at(-1) ?? '', browser)
    if (invited.type !== 'opened') throw new Error(invited.type)
    expect(await findReader(ctx(), invited.session.token)).toBeUndefined()

    const flow = await requestSignIn(await world.fresh(), { email, locale: 'en', flow: undefined })
    await world.work()
    const mail = (await rowsOf(world, 'emails')).at(-1)
    const { resource_id = '' } = (mail?.data ?? {}) as { resource_id?: string }
    const { code } = await getMailedLink(await world.fresh(), resource_id)
    const entered = await consumeCode(await world.fresh(), { code: code ?? '', flow, ...browser })
    if (entered.type !== 'opened') throw new Error(entered.type)
    expect(await findReader(ctx(), entered.session.token)).toBeUndefined()
    expect(await findVisitor(await other.fresh(), entered.session.token)).toBeUndefined()
  })

  test('not an invitation opened in the browser of somebody else’s proof: each keeps their own', async () => {
    await customerOf(world)
    const proven = await signIn()
    const noor = await customerOf(other, `noor${turn}@northwind.example`)
    const invite = await createInvite(await other.fresh(), { customer_id: noor })
    const invited = await consumeLink(ctx(), invite.split('/').at(-1) ?? '', { ...browser, cookie: proven })
    if (invited.type !== 'opened') throw new Error(invited.type)
    expect((await reader(invited.session.token)).email_key).toBe(email)
    expect(await findReader(ctx(), proven)).toBeUndefined()
    const visitor = await findVisitor(await other.fresh(), invited.session.token)
    expect([visitor?.customer.customer_id, visitor?.proven_email_key, visitor?.has_choice]).toEqual([noor, null, false])
  })
})

describe('whoever proved an address', () => {
  test('enters each business as its customer, and no other', async () => {
    const here = await customerOf(world)
    const there = await customerOf(other)
    const noor = await customerOf(other, `noor${turn}@northwind.example`)
    const cookie = await signIn()
    const me = await reader(cookie)
    expect(await findVisitor(await other.fresh(), cookie)).toBeUndefined()
    await enterBusiness(me, { business_id: other.business_id })
    expect((await findVisitor(await other.fresh(), cookie))?.customer.customer_id).toBe(there)
    for (const customer_id of [noor, here, 'cus_none']) {
      const place = { business_id: other.business_id, customer_id }
      await expect(enterBusiness(me, place)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    const third = await besides(world, {})
    await expect(enterBusiness(me, { business_id: third.business_id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await findVisitor(await other.fresh(), cookie))?.customer.customer_id).toBe(there)
  })

  test('is let in nowhere for longer than the proof lasts', async () => {
    await customerOf(world)
    const cookie = await signIn()
    for (let hours = 0; hours < 23; hours += 1) {
      world.advanceWall({ hours: 1 })
      await enterBusiness(await reader(cookie), { business_id: world.business_id })
    }
    world.advanceWall({ hours: 1, seconds: 1 })
    expect(await findReader(ctx(), cookie)).toBeUndefined()
    expect(await findVisitor(await world.fresh(), cookie)).toBeUndefined()
  })

  test('reads one billing history of all businesses, newest first, and the papers of it only', async () => {
    const first = await buy(world, plan(), { email })
    await buy(other, download(900), { email })
    await buy(world, download(1200), { email })
    const noor = await buy(other, download(700), { email: `noor${turn}@northwind.example` })
    const me = await reader(await signIn())
    const all = await listHistoryOfAddress(me, { page_number: 0, page_size: 10 })
    expect(all.entries.map(({ ctx: at }) => at.business.business_id)).toEqual([
      world.business_id,
      other.business_id,
      world.business_id,
    ])
    const pages = [0, 1].map((page_number) => listHistoryOfAddress(me, { page_number, page_size: 2 }))
    const [newer, older] = await Promise.all(pages)
    expect([newer?.has_more, older?.has_more]).toEqual([true, false])
    expect([...(newer?.entries ?? []), ...(older?.entries ?? [])].map(({ entry }) => entry.payment_id)).toEqual(
      all.entries.map(({ entry }) => entry.payment_id),
    )
    const mine = all.entries.at(-1)?.entry
    expect(mine?.subscription_id).toBe(first.subscription_id)
    const payment_id = mine?.payment_id ?? ''
    expect((await businessOfOwnPayment(me, world.business_id, payment_id)).business.business_id).toBe(world.business_id)
    const theirs = (await rowsOf(other, 'payments')).find((row) => row.customer_id === noor.customer_id)
    for (const [business_id, id] of [
      [other.business_id, theirs?.payment_id ?? ''],
      [other.business_id, payment_id],
      [world.business_id, 'pay_none'],
    ] as const) {
      await expect(businessOfOwnPayment(me, business_id, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
  })

  test('loses it at once when a customer with the address is erased', async () => {
    const customer_id = await customerOf(world)
    const cookie = await signIn()
    await world.client().post(`/portico/customers/${customer_id}/erase`)
    expect(await findReader(ctx(), cookie)).toBeUndefined()
  })
})
