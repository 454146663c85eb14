// What the customer reads while a subscription is paused, in grace, paid by usage, discounted, or over and still owing.
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { createRefund } from '#core/refunds/create-refund.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { pauseSubscription } from '#core/subscriptions/pause-subscription.ts'
import { depositToWallet } from '#core/wallets/deposit-to-wallet.ts'
import { useBrowser } from '#test/support/browser.ts'
import { buy, cards, plan } from '#test/support/buy.ts'
import { signedIn } from '#test/support/everyday.ts'
import { useWorld } from '#test/support/listen-world.ts'
import { overflows, violations } from '#test/support/measure.ts'
import { makeMeter, makeMetered, use } from '#test/support/metered.ts'
import { subscribeTo } from '#test/support/plans.ts'
import { rowsOf } from '#test/support/story.ts'

const world = useWorld({ startsAt: '2026-01-01T10:00:00Z' })
const open = useBrowser(() => world().url)
const ids: Record<'paused' | 'grace' | 'metered' | 'over', string> = { paused: '', grace: '', metered: '', over: '' }
let customer_id = ''

beforeAll(async () => {
  await setSettings(await world().fresh(), { grace_period: true, grace_period_days: 5 })
  const meter_id = await makeMeter(world())
  const by = (name: string) => makeMetered(world(), [{ meter_id, free_threshold: 0, price_per_unit: '5' }], { name })
  const paused = await buy(world(), plan({ price: 2900 }, { name: 'Studio Pro' }))
  customer_id = paused.customer_id
  ids.paused = paused.subscription_id
  ids.over = await subscribeTo(world(), await by('Old Render'), { card: cards.failsLater })
  await use(world(), 200)
  await cancelSubscription(await world().fresh(), ids.over, { timing: 'now' })
  ids.metered = await subscribeTo(world(), await by('Render Farm'))
  ids.grace = (
    await buy(world(), plan({ price: 450 }, { name: 'Textures' }), { card: cards.failsLater })
  ).subscription_id
  const [first] = await rowsOf(world(), 'payments')
  const items = [{ item_id: paused.product_id, amount: 900, tax_inclusive: true }]
  const how = { reason: null, metadata: {}, items }
  await createRefund(await world().fresh(), { payment_id: first?.payment_id ?? '', ...how })
  await world().advanceTo('2026-01-20T10:00:00Z')
  await pauseSubscription(await world().fresh(), ids.paused, {
    resumes_at: Temporal.Instant.from('2026-03-01T12:00:00Z'),
  })
  const money = { currency: 'USD', amount: 1400, event_type: 'refund' as const, reason_key: 'test:wallet' }
  await depositToWallet(await world().fresh(), customer_id, money)
  await world().advanceTo('2026-02-03T10:00:00Z')
  await use(world(), 100)
})

const seen = async (path: string, cookies: Record<string, string> = {}): Promise<Page> => {
  const page = await open({ cookies: { ...cookies, ...(await signedIn(world(), customer_id)) } })
  await page.goto(path)
  return page
}
const portal = () => world().urls.portal
const subscription = (which: keyof typeof ids) => portal().subscription(world().business_id, ids[which])
const textOf = async (page: Page) =>
  ((await page.locator('main').textContent()) ?? '').replaceAll(/[\u2066-\u2069]/g, '')

test('paused: until when, and no renewal', async () => {
  const text = await textOf(await seen(subscription('paused')))
  expect(text).toContain('Paused until March 1, 2026')
  expect(text).not.toContain('Renews')
  expect(text).not.toContain('Valid until')
})

test('in grace: what is owed, until when access lasts, and what comes then', async () => {
  // The wallet would have paid the other 4.00.
  const text = await textOf(await seen(subscription('grace')))
  expect(text).toContain('You keep your access until February 6, 2026; unpaid, it is put on hold then.')
  expect(text).toContain('Your payment of $0.50 for Textures did not go through')
})

test('by usage: the price, what was used, what the wallet pays, what cancelling now charges', async () => {
  const text = await textOf(await seen(subscription('metered')))
  // The renewal of 31 January took 10.00 of the 14.00.
  expect(text).toContain(
    'Renews on March 2, 2026 for $6.00 plus usage. Another $4.00 comes from your credit or wallet.',
  )
  expect(text).toContain('$5.00 for usage so far, before discounts and tax. It is billed on March 2, 2026.')
  expect(text).toContain('$10.00 from your credit or wallet')
  const page = await seen(portal().cancellation(world().business_id, ids.metered))
  expect(await textOf(page)).toContain('What you have used so far is charged once more: $5.00.')
})

test('over, and its last usage still owed: it can be paid', async () => {
  const page = await seen(subscription('over'))
  expect(await textOf(page)).toContain('Your payment of $10.00')
  await page.getByRole('link', { name: 'Pay $10.00 now' }).click()
  await page.getByText('Old Render has ended').waitFor()
})

test('the history tells refunds, wallet and usage apart, each with its paper', async () => {
  const page = await seen(portal().billingHistory(world().business_id))
  const text = await textOf(page)
  expect(text).toContain('Partly refunded')
  expect(text).toContain('$9.00 given back')
  expect(text).toContain('$10.00 from your credit or wallet')
  const note = page.getByRole('link', { name: /Credit note/ })
  const answer = await page.request.get((await note.getAttribute('href')) ?? '')
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf'])
  await page.getByLabel('Type').selectOption({ label: 'Usage' })
  await page.getByRole('button', { name: 'Filter' }).click()
  await expect.poll(() => page.getByRole('row').count()).toBe(2)
})

// The same pages in other states are measured on every run.
test.runIf(process.env.PORTICO_TEST_FULL === '1').each([
  { locale: 'en', colors: 'light' },
  { locale: 'ar', colors: 'dark' },
] as const)(
  'nothing sticks out and axe is content ($locale, $colors)',
  async ({ locale, colors }) => {
    const page = await open({ colors, cookies: { NEXT_LOCALE: locale, ...(await signedIn(world(), customer_id)) } })
    const { business_id } = world()
    const all = [portal().overview(business_id), portal().billingHistory(business_id)]
    for (const path of [...all, subscription('paused'), subscription('grace'), subscription('metered')]) {
      await page.goto(path)
      expect(await violations(page)).toEqual([])
      expect(await overflows(page)).toEqual([])
    }
  },
  120_000,
)
