// A link under which what is owed is paid with a method entered there, or another method is saved.
import { beforeEach, describe, expect, test } from 'vitest'
import { findPayLink } from '#core/recovery/pay-links.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { updatePaymentMethod } from '#core/subscriptions/update-payment-method.ts'
import { type Bought, buy, cards, plan, post } from '#test/support/buy.ts'
import { setLaterCharges } from '#test/support/later-charges.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const thirtyDays = plan({ payment_frequency_count: 30, payment_frequency_interval: 'Day' })

const { newWorld } = stage()

let world: World
let bought: Bought
let id: string

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  bought = await buy(world, thirtyDays, { card: cards.failsLater })
  id = bought.subscription_id
})

const ask = async (body: { return_url?: string } = {}) =>
  world.client().subscriptions.updatePaymentMethod(id, { payment_method: { type: 'new', ...body } })
const press = async (link: string) => (await post(world, link, {})).headers.get('location') ?? ''
const enter = (page: string, number: string = cards.good) =>
  post(world, page, { number, expiry: '12/34', cvc: '123', name: 'Mara Lindqvist' })
/** Enters a card on the processor's page and comes back; answers the page one ends on. */
async function payOn(page: string, number?: string): Promise<string> {
  const back = (await enter(page, number)).headers.get('location')
  const end = (await world.app.request(back ?? '')).headers.get('location')
  return (await world.app.request(end ?? '')).text()
}
const open = async (link: string) => (await world.app.request(link)).text()
const payments = async () =>
  (await rowsOf(world, 'payments')).slice(1).map(({ status, origin }) => `${origin} ${status}`)

describe('on hold since 31 January', () => {
  beforeEach(async () => {
    await world.advanceTo('2026-02-05T00:00:00Z')
    expect(await stateOf(world, id)).toBe('on_hold until 2026-01-31')
  })

  test('the standing link tells what is owed; paid with another card, it runs on to 7 March', async () => {
    const link = world.urls.pay((await findPayLink(await world.fresh(), id))?.pay_link_id ?? '')
    const page = await open(link)
    expect(page).toContain('$30.00')
    expect(page).toContain('Studio Basic')
    expect(await payOn(await press(link))).toContain('Thank you, it is paid')
    expect(await stateOf(world, id)).toBe('active until 2026-03-07')
    await world.advanceTo('2026-03-08T00:00:00Z')
    expect((await timeline(world, id)).slice(3)).toEqual([
      '2026-01-31 payment.failed 30.00 GENERIC_DECLINE',
      '2026-01-31 subscription.on_hold',
      '2026-02-05 payment.succeeded 30.00',
      '2026-02-05 subscription.active',
      '2026-02-05 subscription.renewed',
      '2026-02-05 subscription.update_payment_method',
      '2026-03-07 payment.succeeded 30.00',
      '2026-03-07 subscription.renewed',
    ])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('through the API: the payment is named, and the link expires after a day', async () => {
    const answer = await ask({ return_url: 'https://shop.example/account' })
    const [, , attempt] = await rowsOf(world, 'payments')
    expect(answer).toMatchObject({ payment_id: attempt?.payment_id, client_secret: null })
    expect(attempt).toMatchObject({ status: 'requires_customer_action', total_amount: 3000 })
    expect(await payOn(await press(answer.payment_link ?? ''))).toContain('https://shop.example/account')
    expect((await world.client().payments.retrieve(answer.payment_id ?? '')).status).toBe('succeeded')
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('fifty tabs lead to one page, and pay once', async () => {
    const { payment_link } = await ask()
    const pages = await Promise.all(Array.from({ length: 50 }, () => press(payment_link ?? '')))
    const [page = ''] = new Set(pages.filter((url) => url.includes('/sandbox/')))
    expect(new Set(pages.filter((url) => url.includes('/sandbox/'))).size).toBe(1)
    await Promise.all(Array.from({ length: 50 }, () => enter(page)))
    await Promise.all(
      Array.from({ length: 10 }, () => world.app.request(world.urls.payReturn(payment_link?.split('/').at(-1) ?? ''))),
    )
    await world.work()
    expect(await payments()).toEqual(['first failed', 'pay_page succeeded'])
    expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([3000, 3000])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('fifty tabs of a link nobody opened yet lead to one page as well', async () => {
    const link = world.urls.pay((await findPayLink(await world.fresh(), id))?.pay_link_id ?? '')
    const pages = await Promise.all(Array.from({ length: 50 }, () => press(link)))
    expect(new Set(pages.filter((url) => url.includes('/sandbox/'))).size).toBe(1)
    expect(await payments()).toEqual(['first failed', 'pay_page requires_customer_action'])
  })

  test('a second link closes the page of the first at the processor', async () => {
    const first = await press((await ask()).payment_link ?? '')
    const second = await press((await ask()).payment_link ?? '')
    expect(second).not.toBe(first)
    await enter(first)
    expect((await capturesOf(world)).length).toBe(1)
    await payOn(second)
    expect(await payments()).toEqual(['first failed', 'pay_page cancelled', 'pay_page succeeded'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('a saved method that is charged meanwhile closes the page first', async () => {
    const page = await press((await ask()).payment_link ?? '')
    await setLaterCharges(world, 'succeeds')
    const { payment_method_id } = await getSubscription(await world.fresh(), id)
    expect((await updatePaymentMethod(await world.fresh(), id, payment_method_id ?? ''))?.status).toBe('succeeded')
    await enter(page)
    expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([3000, 3000])
    expect(await payments()).toEqual(['first failed', 'pay_page cancelled', 'method_update succeeded'])
  })

  test('one that was left open is closed after a day, and what is owed stays owed', async () => {
    const page = await press((await ask()).payment_link ?? '')
    world.advanceWall({ hours: 25 })
    await world.work()
    expect(await payments()).toEqual(['first failed', 'pay_page cancelled'])
    await enter(page)
    expect((await capturesOf(world)).length).toBe(1)
    expect((await getSubscription(await world.fresh(), id)).status).toBe('on_hold')
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('one that was left open for what is owed no longer is closed too; the link says that it has ended', async () => {
    const { payment_link } = await ask()
    const page = await press(payment_link ?? '')
    await cancelSubscription(await world.fresh(), id, { timing: 'now' })
    world.advanceWall({ minutes: 16 })
    await world.work()
    await enter(page)
    expect((await capturesOf(world)).length).toBe(1)
    expect(await open(payment_link ?? '')).toContain('This subscription has ended')
    await expect(ask()).rejects.toMatchObject({ status: 422 })
  })

  test('paid after all on a page that was open when it was cancelled, the money goes back', async () => {
    const page = await press((await ask()).payment_link ?? '')
    await cancelSubscription(await world.fresh(), id, { timing: 'now' })
    await payOn(page)
    await world.work()
    expect((await capturesOf(world)).map(({ refunded_amount }) => refunded_amount)).toEqual([0, 3000])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('an expired link takes nothing; a forged one is nowhere', async () => {
    const { payment_link } = await ask()
    world.advanceWall({ hours: 25 })
    const page = await open(payment_link ?? '')
    expect(page).toContain('This link has expired')
    // After the sign-in one pays it there.
    expect(page).toContain(encodeURIComponent(`/${world.business_id}/subscriptions/${id}/payment-method`))
    expect((await world.app.request(world.urls.pay('pyl_0NsYeY7Sb4L4rMIxxKSBz'))).status).toBe(404)
  })

  test('in Arabic', async () => {
    const link = world.urls.pay((await findPayLink(await world.fresh(), id))?.pay_link_id ?? '')
    const page = await open(`${link}?locale=ar`)
    expect(page).toContain('dir="rtl"')
    expect(page).toContain('ادفع المبلغ المستحق')
  })

  test('a page of another site cannot begin a payment', async () => {
    const { payment_link } = await ask()
    const headers = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' }
    const answer = await world.app.request(payment_link ?? '', { method: 'POST', headers, body: new URLSearchParams() })
    expect(answer.status).toBe(403)
  })
})

describe('active', () => {
  test('another method is saved, nothing is charged, and the next renewal is', async () => {
    const answer = await ask()
    expect(answer.payment_id).toBeNull()
    expect(await open(answer.payment_link ?? '')).toContain('Nothing is charged today')
    expect(await payOn(await press(answer.payment_link ?? ''))).toContain('Your payment method is saved')
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect((await timeline(world, id)).slice(3)).toEqual([
      '2026-01-01 subscription.update_payment_method',
      '2026-01-31 payment.succeeded 30.00',
      '2026-01-31 subscription.renewed',
    ])
    expect((await capturesOf(world)).length).toBe(2)
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('a set-up page that was left open saves nothing after a day', async () => {
    const page = await press((await ask()).payment_link ?? '')
    world.advanceWall({ hours: 25 })
    await world.work()
    await enter(page)
    await world.work()
    expect((await rowsOf(world, 'payment_methods')).length).toBe(1)
    expect((await rowsOf(world, 'method_setups')).map(({ status }) => status)).toEqual(['failed'])
  })

  test('fallen on hold while it was open: the method that is saved pays what is owed', async () => {
    const page = await press((await ask()).payment_link ?? '')
    await world.advanceTo('2026-02-05T00:00:00Z')
    await payOn(page)
    expect(await stateOf(world, id)).toBe('active until 2026-03-07')
    expect(await payments()).toEqual(['first failed', 'method_update succeeded'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('the same card entered once more stays one method; the processor forgets what it was saved as before', async () => {
    const [before] = await rowsOf(world, 'payment_methods')
    await payOn(await press((await ask()).payment_link ?? ''), cards.failsLater)
    const after = await rowsOf(world, 'payment_methods')
    expect(after.map(({ payment_method_id }) => payment_method_id)).toEqual([before?.payment_method_id])
    expect(after[0]?.processor_reference).not.toBe(before?.processor_reference)
    await world.work()
    const known = await world.database.connections
      .pool('sandbox')
      .db.selectFrom('methods')
      .select(['method_id', 'status'])
      .execute()
    const status = (reference = '') => known.find(({ method_id }) => method_id === reference)?.status
    expect([status(before?.processor_reference), status(after[0]?.processor_reference)]).toEqual([
      'removed',
      'attached',
    ])
  })
})
