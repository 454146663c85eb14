// A change of plan that the customer pays for under a link: the merchant asks through the published SDK, the customer is at our page and at
// the processor's.
import { beforeEach, describe, expect, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { eraseCustomer } from '#core/erasure/erase-customer.ts'
import { listOpenDues } from '#core/payments/list-open-dues.ts'
import { pauseSubscription } from '#core/subscriptions/pause-subscription.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { adjustWallet } from '#core/wallets/adjust-wallet.ts'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { cards, post } from '#test/support/buy.ts'
import { makePlans, type Plans, paid, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import { signIn } from '#test/support/visit.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
let plans: Plans
let id: string

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  plans = await makePlans(world)
  await setSettings(await world.fresh(), { collect_plan_change_payments_by_payment_link: true })
})

async function halfWay(product_id: string, card: string = cards.failsLater): Promise<void> {
  id = await subscribeTo(world, product_id, { card })
  await world.advanceTo('2026-01-16T00:00:00Z')
}

const ask = async (product_id: string, more: object = {}) =>
  checkedClient(world).subscriptions.changePlan(id, {
    product_id,
    quantity: 1,
    proration_billing_mode: 'prorated_immediately',
    collect_via_payment_link: true,
    ...more,
  })
const linkTo = async (product_id: string) => (await ask(product_id)).payment_link ?? ''
const open = async (link: string) => (await world.app.request(link)).text()
const press = async (link: string) => (await post(world, link, {})).headers.get('location') ?? ''
const enter = (page: string, number: string = cards.good) =>
  post(world, page, { number, expiry: '12/34', cvc: '123', name: 'Mara Lindqvist' })
/** Where the processor's page leads back to, and where that leads. */
async function back(answer: Response): Promise<string> {
  const end = (await world.app.request(answer.headers.get('location') ?? '')).headers.get('location')
  return open(end ?? '')
}
const planOf = async () => (await getSubscription(await world.fresh(), id)).product_name
const changes = async () => (await rowsOf(world, 'plan_changes')).map(({ status }) => status)
const attempts = async () => (await rowsOf(world, 'payments')).slice(1).map(({ status }) => status)
const takenOf = async () => (await capturesOf(world)).map(({ amount, refunded_amount }) => amount - refunded_amount)

describe('Basic to Pro on 16 January', () => {
  beforeEach(() => halfWay(plans.basic))

  test('nothing is charged; paid at the link with another card, the plan changes and that card pays from then on', async () => {
    const before = await getSubscription(await world.fresh(), id)
    const answer = await ask(plans.pro)
    const [, offered] = await rowsOf(world, 'payments')
    expect(answer).toEqual({
      payment_id: offered?.payment_id,
      payment_link: expect.stringContaining('/pay/'),
      client_secret: null,
      expires_on: (await rowsOf(world, 'pay_links')).at(-1)?.expires_at.toString({ fractionalSecondDigits: 6 }),
    })
    expect([await planOf(), await attempts(), await takenOf()]).toEqual(['Basic', ['requires_customer_action'], [3000]])
    const page = await open(answer.payment_link ?? '')
    // Half of 80.00 less half of the 30.00 that was paid.
    for (const text of ['From Basic to Pro', '$40.00', '$15.00', 'Pay $25.00', '$80.00']) expect(page).toContain(text)
    expect(await back(await enter(await press(answer.payment_link ?? '')))).toContain('Your plan is changed')
    expect((await world.client().payments.retrieve(answer.payment_id ?? '')).status).toBe('succeeded')
    expect([await planOf(), await stateOf(world, id)]).toEqual(['Pro', 'active until 2026-01-31'])
    expect((await timeline(world, id)).slice(3)).toEqual([
      '2026-01-16 payment.succeeded 25.00',
      '2026-01-16 subscription.plan_changed',
      '2026-01-16 subscription.update_payment_method',
    ])
    const { payment_method_id } = await getSubscription(await world.fresh(), id)
    expect(payment_method_id).not.toBe(before.payment_method_id)
    // The saved card would be declined: the new one pays the renewal.
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 30.00', '01-16 25.00', '01-31 80.00'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('declined, given up, tried again, proved to the bank: one charge, and the link always leads to the next try', async () => {
    const link = await linkTo(plans.pro)
    expect((await enter(await press(link), cards.declined)).status).toBe(422)
    // Somebody closes the page: the card had been declined there.
    await world.client().subscriptions.updatePaymentMethod(id, { payment_method: { type: 'new' } })
    expect([await planOf(), await changes(), await attempts()]).toEqual([
      'Basic',
      ['pending'],
      ['failed', 'requires_customer_action'],
    ])
    const offered = await open(link)
    for (const text of ['The last payment did not go through', 'Pay $25.00']) expect(offered).toContain(text)
    const bank = await press(link)
    await enter(bank, cards.challenge)
    expect(await planOf()).toBe('Basic')
    const proved = await post(world, `${bank}/challenge`, { try_number: '1', decision: 'approve' })
    expect(await back(proved)).toContain('Your plan is changed')
    expect([await planOf(), await attempts(), await takenOf()]).toEqual(['Pro', ['failed', 'succeeded'], [3000, 2500]])
    expect((await timeline(world, id)).slice(3)).toEqual([
      '2026-01-16 payment.failed 25.00 GENERIC_DECLINE',
      '2026-01-16 payment.succeeded 25.00',
      '2026-01-16 subscription.plan_changed',
      '2026-01-16 subscription.update_payment_method',
    ])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('fifty tabs lead to one page, which is paid once; after that the link says so', async () => {
    const link = await linkTo(plans.pro)
    const pages = new Set(await Promise.all(Array.from({ length: 50 }, () => press(link))))
    expect(pages.size).toBe(1)
    const [page = ''] = pages
    await Promise.all(Array.from({ length: 10 }, () => enter(page)))
    await Promise.all(Array.from({ length: 10 }, () => world.app.request(`${link}/return`)))
    expect([await planOf(), await changes(), await takenOf()]).toEqual(['Pro', ['applied'], [3000, 2500]])
    expect(await press(link)).toBe(`${link}/return`)
    expect(await open(link)).toContain('Your plan is changed')
    expect((await rowsOf(world, 'invoices')).length).toBe(2)
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('nobody comes back from the page: the worker learns that it was paid', async () => {
    await enter(await press(await linkTo(plans.pro)))
    world.advanceWall({ minutes: 16 })
    await world.work()
    expect([await planOf(), await changes()]).toEqual(['Pro', ['applied']])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('not paid for 24 hours: the change is dropped, its page is closed, and what is paid there after all goes back', async () => {
    const link = await linkTo(plans.pro)
    const page = await press(link)
    await world.advanceTo('2026-01-17T00:05:00Z')
    expect([await changes(), await planOf()]).toEqual([['cancelled'], 'Basic'])
    expect(await open(link)).toContain('This change is not open any more')
    await enter(page)
    await world.work()
    expect(await takenOf()).toEqual([3000, 0])
    expect([await planOf(), (await rowsOf(world, 'dues')).map(({ status }) => status)]).toEqual([
      'Basic',
      ['paid', 'void'],
    ])
    expect(await press(link)).toBe(`${link}/return`)
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('nobody pressed Pay for 24 hours: the try is given up with the change, and another link can be asked for', async () => {
    await ask(plans.pro)
    await world.advanceTo('2026-01-17T00:05:00Z')
    expect([await changes(), await attempts()]).toEqual([['cancelled'], ['cancelled']])
    expect(await open(await linkTo(plans.pro))).toContain('From Basic to Pro')
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('meanwhile another change and a moved date are refused', async () => {
    await ask(plans.pro)
    await expect(ask(plans.starter)).rejects.toMatchObject({
      status: 409,
      error: { code: 'PENDING_PLAN_CHANGE_EXISTS' },
    })
    const moved = world.client().subscriptions.update(id, { next_billing_date: '2026-02-05T00:00:00Z' })
    await expect(moved).rejects.toMatchObject({ status: 409, error: { code: 'PREVIOUS_PAYMENT_PENDING' } })
    expect(await brokenInvariants(world)).toEqual([])
  })

  const ends: [string, () => Promise<unknown>][] = [
    ['cancelled at once', () => world.client().subscriptions.update(id, { status: 'cancelled' })],
    [
      'cancelled for the billing date',
      () => world.client().subscriptions.update(id, { cancel_at_next_billing_date: true }),
    ],
    ['paused', async () => pauseSubscription(await world.fresh(), id)],
  ]

  test.each(ends)(
    '%s while its page is open: the change is over, and the page takes no money that is kept',
    async (_, end) => {
      const link = await linkTo(plans.pro)
      const page = await press(link)
      await end()
      expect(await changes()).toEqual(['cancelled'])
      await enter(page)
      await world.work()
      await world.work()
      expect([await planOf(), (await takenOf()).slice(1).reduce((sum, one) => sum + one, 0)]).toEqual(['Basic', 0])
      expect(await open(link)).not.toContain('Pay $25.00')
      expect(await brokenInvariants(world)).toEqual([])
    },
  )

  test.each([false, true])('erasing the customer drops it, page open: %s', async (opened) => {
    const link = await linkTo(plans.pro)
    if (opened) await press(link)
    const { customer_id } = await getSubscription(await world.fresh(), id)
    await eraseCustomer(await world.fresh(), customer_id)
    expect([await changes(), await attempts(), await takenOf()]).toEqual([['cancelled'], ['cancelled'], [3000]])
    expect(await open(link)).toContain('This subscription has ended')
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('a renewal in between drops it', async () => {
    await world.advanceTo('2026-01-30T12:00:00Z')
    const { expires_on } = await ask(plans.pro, { proration_billing_mode: 'difference_immediately' })
    // Twelve hours to 31 January.
    expect(Temporal.Instant.from(expires_on ?? '').since((await world.fresh()).wall.now()).hours).toBeLessThanOrEqual(
      12,
    )
    await world.advanceTo('2026-01-31T00:05:00Z')
    expect([await changes(), await attempts()]).toEqual([['cancelled'], ['cancelled', 'failed']])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('another method can be saved meanwhile, and the link still pays', async () => {
    const link = await linkTo(plans.pro)
    const first = await press(link)
    const update = await world.client().subscriptions.updatePaymentMethod(id, { payment_method: { type: 'new' } })
    expect(update.payment_id).toBeNull()
    await enter(first)
    expect(await takenOf()).toEqual([3000])
    await back(await enter(await press(link)))
    expect([await planOf(), await takenOf()]).toEqual(['Pro', [3000, 2500]])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('signed in, the customer is led to it, and owes nothing', async () => {
    const link = await linkTo(plans.pro)
    const { customer_id } = await getSubscription(await world.fresh(), id)
    const visit = await signIn(world, customer_id)
    const page = await (await visit.get(world.urls.portal.subscription(world.business_id, id))).text()
    expect(page).toContain('Your change to')
    expect(page).toContain(`href="${link}"`)
    expect(await listOpenDues(await world.fresh(), customer_id)).toEqual([])
  })

  test('in Arabic, and only for who comes from our own page', async () => {
    const link = await linkTo(plans.pro)
    expect(await open(`${link}?locale=ar`)).toContain('ادفع مقابل تغيير خطتك')
    const headers = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' }
    expect((await world.app.request(link, { method: 'POST', headers, body: new URLSearchParams() })).status).toBe(403)
  })
})

describe('nothing is left for a card to pay', () => {
  test('a cheaper plan is changed to at once, and the credit is granted', async () => {
    await halfWay(plans.pro)
    expect(await ask(plans.starter)).toEqual({
      payment_id: null,
      payment_link: null,
      client_secret: null,
      expires_on: null,
    })
    expect([await planOf(), (await getSubscription(await world.fresh(), id)).credit_balance]).toEqual(['Starter', 3000])
  })

  test('so is one that the wallet pays for', async () => {
    await halfWay(plans.basic)
    const { customer_id } = await getSubscription(await world.fresh(), id)
    await adjustWallet(await world.fresh(), customer_id, {
      currency: 'USD',
      amount: 2500,
      entry_type: 'credit',
      reason: null,
      idempotency_key: null,
    })
    expect((await ask(plans.pro)).payment_link).toBeNull()
    expect([await planOf(), await paid(world)]).toEqual(['Pro', ['01-01 30.00', '01-16 0.00 + 25.00 wallet']])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('what the wallet pays of it stays reserved through a decline, and comes back when the change is dropped', async () => {
    await halfWay(plans.basic)
    const { customer_id } = await getSubscription(await world.fresh(), id)
    await adjustWallet(await world.fresh(), customer_id, {
      currency: 'USD',
      amount: 1000,
      entry_type: 'credit',
      reason: null,
      idempotency_key: null,
    })
    const link = await linkTo(plans.pro)
    const wallet = async () => (await rowsOf(world, 'wallets'))[0]?.balance
    await back(await enter(await press(link), cards.declined))
    expect([await wallet(), (await open(link)).includes('Pay $15.00')]).toEqual([0, true])
    await world.advanceTo('2026-01-17T00:05:00Z')
    await world.work()
    expect([await wallet(), await changes()]).toEqual([1000, ['cancelled']])
    expect(await brokenInvariants(world)).toEqual([])
  })
})

test.each([
  [{}, false, /allow it in its settings/],
  [{ effective_at: 'next_billing_date', proration_billing_mode: 'full_immediately' }, true, /effective_at immediately/],
  [{ on_payment_failure: 'apply_change' }, true, /on_payment_failure prevent_change/],
])('%j, allowed %s: refused', async (more, allowed, message) => {
  await halfWay(plans.basic)
  await setSettings(await world.fresh(), { collect_plan_change_payments_by_payment_link: allowed })
  await expect(ask(plans.pro, more)).rejects.toMatchObject({
    status: 422,
    error: { message: expect.stringMatching(message) },
  })
  expect([await changes(), await attempts()]).toEqual([[], []])
  // The preview takes the same body and says nothing of it.
  const preview = world.client().subscriptions.previewChangePlan(id, {
    product_id: plans.pro,
    quantity: 1,
    proration_billing_mode: 'prorated_immediately',
    collect_via_payment_link: true,
  })
  expect((await preview).immediate_charge.summary.total_amount).toBe(2500)
})
