// Ways to pay in the portal, through its door: what is refused, what happens once, and what is told.
import { beforeEach, describe, expect, test } from 'vitest'
import { archiveBusiness } from '#core/businesses/archive-business.ts'
import { findPayLink } from '#core/recovery/pay-links.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
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

const urls = () => world.urls.portal
const methodUrl = (of: Bought = bought) => urls().subscriptionPaymentMethod(world.business_id, of.subscription_id)
const methodsUrl = () => urls().paymentMethods(world.business_id)
const doneOf = (answer: Response) => {
  const to = new URL(answer.headers.get('location') ?? 'http://nowhere')
  return `${to.pathname.split('/').at(-1)} ${to.searchParams.get('done')}`
}
const idOf = async (four: string) =>
  (await rowsOf(world, 'payment_methods')).find(({ card_last_four }) => card_last_four === four)?.payment_method_id ??
  ''
/** The fields the page's form holds besides what is chosen. */
async function formOf(of: Bought = bought): Promise<Record<string, string>> {
  const page = await (await visit.get(methodUrl(of))).text()
  const hidden = [...page.matchAll(/type="hidden" name="(dues_id|times_declined|amount)" value="([^"]*)"/g)]
  return Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]))
}
const enter = (page: string, number: string = cards.good) =>
  post(world, page, { number, expiry: '12/34', cvc: '123', name: 'Mara Lindqvist' })
/** Enters a card on the processor's page a POST leads to, and comes back. */
async function enterAfter(answer: Response, number?: string): Promise<Response> {
  const back = (await enter(answer.headers.get('location') ?? '', number)).headers.get('location') ?? ''
  return visit.get(back)
}
const attempts = async () =>
  (await rowsOf(world, 'payments')).slice(1).map(({ status, origin }) => `${origin} ${status}`)

async function fallOnHold() {
  await world.advanceTo('2026-02-05T00:00:00Z')
  expect(await stateOf(world, bought.subscription_id)).toBe('on_hold until 2026-01-31')
}

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  bought = await buy(world, thirtyDays, { card: cards.failsLater })
  visit = await signIn(world, bought.customer_id)
})

describe('saved methods', () => {
  test('one is added on the processor’s page; the same card once more stays one', async () => {
    for (let round = 0; round < 2; round++) {
      expect(doneOf(await enterAfter(await visit.post(methodsUrl())))).toBe('payment-methods method_added')
      const saved = await rowsOf(world, 'payment_methods')
      expect(saved.map(({ card_last_four, is_default }) => [card_last_four, is_default])).toEqual([
        ['0341', true],
        ['4242', false],
      ])
    }
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('declined or left, nothing is saved, and it is said; pressed again it is the same page', async () => {
    const answer = await visit.post(methodsUrl())
    const page = answer.headers.get('location') ?? ''
    expect((await visit.post(methodsUrl())).headers.get('location')).toBe(page)
    await enter(page, cards.declined)
    const [setup] = await rowsOf(world, 'method_setups')
    const back = urls().paymentMethodsReturn(world.business_id, { setup_id: setup?.setup_id })
    expect(doneOf(await visit.get(back))).toBe('payment-methods method_not_added')
    expect((await rowsOf(world, 'payment_methods')).length).toBe(1)
  })

  test('pressed fifty times at once, there is one page', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => visit.post(methodsUrl())))
    const pages = answers.map((answer) => answer.headers.get('location') ?? '').filter((to) => to.includes('/sandbox/'))
    expect(new Set(pages).size).toBe(1)
    expect((await rowsOf(world, 'method_setups')).length).toBe(1)
  })

  test('another default; one in use is not removed and says why; one that is not, is', async () => {
    await enterAfter(await visit.post(methodsUrl()))
    const [used, free] = [await idOf('0341'), await idOf('4242')]
    expect(doneOf(await visit.post(urls().paymentMethodDefault(world.business_id, free)))).toContain('method_default')
    const refused = await visit.post(urls().paymentMethodRemoval(world.business_id, used))
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain(methodUrl())
    expect(doneOf(await visit.post(urls().paymentMethodRemoval(world.business_id, free)))).toContain('method_removed')
    const left = await rowsOf(world, 'payment_methods')
    expect(left.map(({ is_default, removed_at }) => [is_default, removed_at === null])).toEqual([
      [true, true],
      [false, false],
    ])
  })

  test('whoever pays in rupees in India may save a UPI id, and sees it', async () => {
    const rupees = plan({ currency: 'INR', price: 90000 }, { name: 'Indian plan' })
    const other = await buy(world, rupees, { email: 'asha@northwind.example', country: 'IN' })
    const asha = await signIn(world, other.customer_id)
    const page = (await asha.post(methodsUrl())).headers.get('location') ?? ''
    const entered = await post(world, page, { pay_with: 'upi', upi_id: 'success@upi' })
    expect(doneOf(await asha.get(entered.headers.get('location') ?? ''))).toBe('payment-methods method_added')
    expect(await (await asha.get(methodsUrl())).text()).toContain('success@upi')
  })

  test('somebody else’s method or set-up is nowhere, in a path, a query or a form', async () => {
    const other = await buy(world, thirtyDays, { email: 'noor@northwind.example' })
    const theirs = (await rowsOf(world, 'payment_methods')).find(({ customer_id }) => customer_id === other.customer_id)
    const id = theirs?.payment_method_id ?? ''
    const noor = await signIn(world, other.customer_id)
    await noor.post(methodsUrl())
    const [setup] = await rowsOf(world, 'method_setups')
    const answers = [
      visit.post(urls().paymentMethodDefault(world.business_id, id)),
      visit.post(urls().paymentMethodRemoval(world.business_id, id)),
      visit.get(urls().paymentMethodRemoval(world.business_id, id)),
      visit.get(urls().paymentMethodsReturn(world.business_id, { setup_id: setup?.setup_id })),
      visit.post(methodUrl(), { payment_method: id }),
      visit.post(methodUrl(other), { payment_method: 'new' }),
      visit.get(methodUrl(other)),
    ]
    for (const answer of await Promise.all(answers)) expect(answer.status).toBe(404)
  })
})

describe('a subscription that runs', () => {
  test('is paid with another card from then on, and all others too where that is wished', async () => {
    const second = await buy(world, plan({}, { name: 'Other' }), { card: cards.failsLater })
    const answer = await visit.post(methodUrl(), { payment_method: 'new', for_all: 'yes' })
    expect(doneOf(await enterAfter(answer))).toBe(`${bought.subscription_id} method_changed_for_all`)
    const good = await idOf('4242')
    const used = async () => (await rowsOf(world, 'subscriptions')).map(({ payment_method_id }) => payment_method_id)
    expect(await used()).toEqual([good, good])
    const old = await idOf('0341')
    expect(doneOf(await visit.post(methodUrl(second), { payment_method: old }))).toContain(' method_changed')
    expect(await used()).toEqual([good, old])
    expect((await capturesOf(world)).length).toBe(2)
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('one that owes something keeps its own method where the others get another', async () => {
    await fallOnHold()
    const running = await buy(world, plan({}, { name: 'Other' }))
    const answer = await visit.post(methodUrl(running), { payment_method: 'new', for_all: 'yes' })
    await enterAfter(answer, cards.mastercard)
    const rows = await rowsOf(world, 'subscriptions')
    expect(rows.map(({ payment_method_id }) => payment_method_id)).toEqual([await idOf('0341'), await idOf('4444')])
    expect(await attempts()).toEqual(['first failed', 'first succeeded'])
  })

  test('fallen on hold while the form was open: nothing is charged that was not shown', async () => {
    await fallOnHold()
    await buy(world, plan({}, { name: 'Other' }))
    for (const payment_method of ['new', await idOf('4242')]) {
      expect(doneOf(await visit.post(methodUrl(), { payment_method }))).toBe('payment-method changed_meanwhile')
    }
    expect(await attempts()).toEqual(['first failed', 'first succeeded'])
  })

  test('one that has ended needs none', async () => {
    await cancelSubscription(await world.fresh(), bought.subscription_id, { timing: 'now' })
    expect(await (await visit.get(methodUrl())).text()).toContain('no payment method is needed')
    const answer = await visit.post(methodUrl(), { payment_method: await idOf('0341') })
    expect(answer.status).toBe(303)
    expect((await rowsOf(world, 'payments')).length).toBe(1)
  })
})

describe('on hold', () => {
  beforeEach(fallOnHold)

  test('the page says what is owed, for which time, and only then how', async () => {
    const page = await (await visit.get(methodUrl())).text()
    expect(page).toContain('Studio Basic')
    // 30 days from now, which is a moment after midnight.
    expect(page.replaceAll(/[\u2066-\u2069]/g, '')).toContain('it covers Feb 5 – Mar 7, 2026')
    expect(page.indexOf('What is owed')).toBeLessThan(page.indexOf('Pay with'))
    expect(page).toContain('Pay $30.00 and reactivate')
  })

  test('another card pays it; Back and the button once more pay nothing', async () => {
    const form = { ...(await formOf()), payment_method: 'new' }
    expect(doneOf(await enterAfter(await visit.post(methodUrl(), form)))).toBe(`${bought.subscription_id} dues_paid`)
    expect(await stateOf(world, bought.subscription_id)).toBe('active until 2026-03-07')
    for (const payment_method of ['new', await idOf('4242')]) {
      const again = await visit.post(methodUrl(), { ...form, payment_method })
      expect(doneOf(again)).toBe(`${bought.subscription_id} dues_settled`)
    }
    expect(await attempts()).toEqual(['first failed', 'pay_page succeeded'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('fifty tabs with a saved card charge it once', async () => {
    await setLaterCharges(world, 'succeeds')
    const form = { ...(await formOf()), payment_method: await idOf('0341') }
    const answers = await Promise.all(Array.from({ length: 50 }, () => visit.post(methodUrl(), form)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]))
    expect(answers.filter((answer) => doneOf(answer).endsWith(' dues_paid')).length).toBe(1)
    expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([3000, 3000])
    expect(await attempts()).toEqual(['first failed', 'method_update succeeded'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('declined, a press is one attempt: the same form again asks nobody', async () => {
    const form = { ...(await formOf()), payment_method: await idOf('0341') }
    expect(doneOf(await visit.post(methodUrl(), form))).toBe('payment-method payment_declined')
    expect(doneOf(await visit.post(methodUrl(), form))).toBe('payment-method changed_meanwhile')
    expect(await attempts()).toEqual(['first failed', 'method_update failed'])
    expect(doneOf(await visit.post(methodUrl(), { ...(await formOf()), payment_method: form.payment_method }))).toBe(
      'payment-method payment_declined',
    )
  })

  test('a card that the bank refused for good is not asked again', async () => {
    await setLaterCharges(world, 'STOLEN_CARD')
    const four = await idOf('0341')
    await visit.post(methodUrl(), { ...(await formOf()), payment_method: four })
    const again = await visit.post(methodUrl(), { ...(await formOf()), payment_method: four })
    expect(again.status).toBe(422)
    expect(await again.text()).not.toMatch(/stolen/i)
    expect(await attempts()).toEqual(['first failed', 'method_update failed'])
  })

  test('an answer that does not come: still checking, and no second button', async () => {
    await setLaterCharges(world, 'times_out_captured')
    const form = { ...(await formOf()), payment_method: await idOf('0341') }
    expect(doneOf(await visit.post(methodUrl(), form))).toBe('payment-method null')
    const page = await (await visit.get(methodUrl())).text()
    expect(page).toContain('We are still checking')
    expect(page).not.toContain('name="payment_method"')
    const return_url = urls().subscriptionPaymentMethodReturn(world.business_id, bought.subscription_id)
    expect(doneOf(await visit.get(return_url))).toBe(`${bought.subscription_id} null`)
    expect(doneOf(await visit.post(methodUrl(), { ...form, payment_method: 'new' }))).toContain(' dues_settled')
    expect(await stateOf(world, bought.subscription_id)).toBe('active until 2026-03-07')
    expect((await capturesOf(world)).length).toBe(2)
  })

  test('less is taken than was shown, or more: nothing is', async () => {
    const form = { ...(await formOf()), payment_method: 'new', amount: '100' }
    expect(doneOf(await visit.post(methodUrl(), form))).toBe('payment-method changed_meanwhile')
    expect(await attempts()).toEqual(['first failed'])
  })

  test('left without paying, it is still owed; the mail’s link takes over and leads to its own end', async () => {
    const opened = await visit.post(methodUrl(), { ...(await formOf()), payment_method: 'new' })
    const [, , attempt] = await rowsOf(world, 'payments')
    const { payment_id = '' } = attempt ?? {}
    const back = urls().subscriptionPaymentMethodReturn(world.business_id, bought.subscription_id, { payment_id })
    expect(doneOf(await visit.get(back))).toBe('payment-method payment_left')
    const link = world.urls.pay((await findPayLink(await world.fresh(), bought.subscription_id))?.pay_link_id ?? '')
    const page = (await post(world, link, {})).headers.get('location') ?? ''
    await enter(opened.headers.get('location') ?? '')
    const end = (await enter(page)).headers.get('location') ?? ''
    expect(end).toContain(link)
    await world.app.request(end)
    expect(await attempts()).toEqual(['first failed', 'pay_page cancelled', 'pay_page succeeded'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('a business that is closed says so, and still lets one pay', async () => {
    await archiveBusiness(await world.fresh())
    expect(await (await visit.get(methodsUrl())).text()).toContain('is closed for new purchases')
    const answer = await visit.post(methodUrl(), { ...(await formOf()), payment_method: 'new' })
    expect(doneOf(await enterAfter(answer))).toBe(`${bought.subscription_id} dues_paid`)
  })

  test('several at once: the overview tells the sum, each leads to its own page', async () => {
    const second = await buy(world, plan({ price: 450 }, { name: 'Textures' }), { card: cards.failsLater })
    await world.advanceTo('2026-03-20T00:00:00Z')
    const page = await (await visit.get(urls().overview(world.business_id))).text()
    expect(page).toContain('2 payments are open')
    // 30.00 + 4.50
    expect(page).toContain('$34.50')
    for (const one of [bought, second]) expect(page).toContain(`href="${methodUrl(one)}"`)
  })
})
