// A saved card that the bank lets pay only with its owner there: what is owed is paid with it in the portal, and nowhere else.
import { beforeEach, describe, expect, test } from 'vitest'
import { updatePaymentMethod } from '#core/subscriptions/update-payment-method.ts'
import { type Bought, buy, cards, plan, post } from '#test/support/buy.ts'
import { setLaterCharges } from '#test/support/later-charges.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import { signIn, type Visit } from '#test/support/visit.ts'
import type { World } from '#test/support/world.ts'

const thirtyDays = plan({ payment_frequency_count: 30, payment_frequency_interval: 'Day' })

const { newWorld } = stage()

let world: World
let bought: Bought
let visit: Visit
let saved: string

const url = () => world.urls.portal.subscriptionPaymentMethod(world.business_id, bought.subscription_id)
const state = () => stateOf(world, bought.subscription_id)
const attempts = async () =>
  (await rowsOf(world, 'payments')).slice(1).map(({ status, origin }) => `${origin} ${status}`)
const whereTo = (answer: Response) => new URL(answer.headers.get('location') ?? 'http://nowhere')

/** Presses Pay with the saved card, or with another one. */
async function press(payment_method = saved): Promise<Response> {
  const page = await (await visit.get(url())).text()
  const hidden = [...page.matchAll(/type="hidden" name="(dues_id|times_declined|amount)" value="([^"]*)"/g)]
  const fields = Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]))
  return visit.post(url(), { ...fields, payment_method })
}
const answer = async (bank: URL, decision: 'approve' | 'refuse') =>
  whereTo(await post(world, `${bank.href}/challenge`, { try_number: '1', decision }))

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  bought = await buy(world, thirtyDays)
  visit = await signIn(world, bought.customer_id)
  saved = (await rowsOf(world, 'payment_methods'))[0]?.payment_method_id ?? ''
  await setLaterCharges(world, 'AUTHENTICATION_REQUIRED')
  await world.advanceTo('2026-02-05T00:00:00Z')
  expect([await state(), await attempts()]).toEqual(['on_hold until 2026-01-31', ['first failed']])
})

describe('the customer is led to their bank', () => {
  test('approved: it is paid, once, and the subscription runs on', async () => {
    const bank = whereTo(await press())
    expect(bank.pathname).toMatch(/^\/sandbox\//)
    expect(await attempts()).toEqual(['first failed', 'method_update requires_customer_action'])
    const back = await answer(bank, 'approve')
    expect(back.pathname).toMatch(/\/payment-method\/return$/)
    expect(whereTo(await visit.get(back.href)).searchParams.get('done')).toBe('dues_paid')
    expect([await state(), await attempts()]).toEqual([
      expect.stringMatching(/^active/),
      ['first failed', 'method_update succeeded'],
    ])
    expect((await capturesOf(world)).length).toBe(2)
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('refused: it is owed as before, and said', async () => {
    const back = await answer(whereTo(await press()), 'refuse')
    expect(whereTo(await visit.get(back.href)).searchParams.get('done')).toBe('payment_left')
    expect([await state(), (await attempts()).at(-1)]).toEqual(['on_hold until 2026-01-31', 'method_update failed'])
    const page = await (await visit.get(url())).text()
    expect(page).toContain('did not go through')
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('pressed again, or with another card: the page before takes nothing any more', async () => {
    const first = whereTo(await press())
    const second = whereTo(await press())
    expect(second.href).not.toBe(first.href)
    const fresh = whereTo(await press('new'))
    expect(fresh.pathname).toMatch(/^\/sandbox\//)
    for (const left of [first, second]) await answer(left, 'approve')
    expect([await state(), (await capturesOf(world)).length]).toEqual(['on_hold until 2026-01-31', 1])
    await post(world, fresh.href, { number: cards.good, expiry: '12/34', cvc: '123', name: 'Mara Lindqvist' })
    await visit.get(world.urls.portal.subscriptionPaymentMethodReturn(world.business_id, bought.subscription_id))
    expect([await state(), (await capturesOf(world)).length]).toEqual([expect.stringMatching(/^active/), 2])
    expect(await attempts()).toEqual([
      'first failed',
      'method_update cancelled',
      'method_update cancelled',
      'pay_page succeeded',
    ])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('never answered: after an hour it is given up, and owed as before', async () => {
    const bank = whereTo(await press())
    world.advanceWall({ hours: 2 })
    await world.work()
    expect(await attempts()).toEqual(['first failed', 'method_update failed'])
    await answer(bank, 'approve')
    expect([await state(), (await capturesOf(world)).length]).toEqual(['on_hold until 2026-01-31', 1])
    expect(await brokenInvariants(world)).toEqual([])
  })
})

test('pressed in ten windows at once, one page of the bank can still be answered and is paid once', async () => {
  await Promise.all(Array.from({ length: 10 }, () => press().catch(() => undefined)))
  const open = (await rowsOf(world, 'payments')).filter(({ settled_at }) => settled_at === null)
  expect(open.length).toBeLessThanOrEqual(1)
  const bank = open[0]?.action_url == null ? whereTo(await press()) : new URL(open[0].action_url)
  await visit.get((await answer(bank, 'approve')).href)
  expect([await state(), (await capturesOf(world)).length]).toEqual([expect.stringMatching(/^active/), 2])
  expect(await brokenInvariants(world)).toEqual([])
})

test('by the API nobody is there: the bank’s question is a decline', async () => {
  const payment = await updatePaymentMethod(await world.fresh(), bought.subscription_id, saved)
  expect([payment?.status, payment?.error_code]).toEqual(['failed', 'AUTHENTICATION_REQUIRED'])
})
