// From one card to another, through a renewal that fails, and out of it again: at a desk, on a phone, by keyboard.
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { phone, useBrowser } from '#test/support/browser.ts'
import { type Bought, buy, cards, plan } from '#test/support/buy.ts'
import { signedIn } from '#test/support/everyday.ts'
import { useWorld } from '#test/support/listen-world.ts'
import { expectHeading, payWithCard } from '#test/support/person.ts'
import { rowsOf } from '#test/support/story.ts'

const world = useWorld({ startsAt: '2026-01-01T10:00:00Z' })
const open = useBrowser(() => world().url)

const product = (name: string) => plan({}, { name })
let mara: Bought
let noor: Bought
let yuki: Bought
let olga: Bought

beforeAll(async () => {
  mara = await buy(world(), product('Studio Pro'))
  const failing = { card: cards.failsLater }
  noor = await buy(world(), product('Studio Pro'), { email: 'noor@northwind.example', ...failing })
  yuki = await buy(world(), product('Studio Pro'), { email: 'yuki@northwind.example', ...failing })
  await buy(world(), plan({ payment_frequency_interval: 'Year' }, { name: 'Fonts' }), {
    email: 'yuki@northwind.example',
  })
  olga = await buy(world(), product('Studio Pro'), { email: 'olga@northwind.example', ...failing })
})

const portal = () => world().urls.portal
const overview = () => portal().overview(world().business_id)
const pageOf = ({ subscription_id }: Bought) => portal().subscriptionPaymentMethod(world().business_id, subscription_id)
const statusOf = async ({ subscription_id }: Bought) =>
  (await world().client().subscriptions.retrieve(subscription_id)).status
const paymentsOf = async ({ subscription_id }: Bought) =>
  (await rowsOf(world(), 'payments'))
    .filter((row) => row.subscription_id === subscription_id)
    .map(({ status }) => status)
const cookiesOf = ({ customer_id }: Bought) => signedIn(world(), customer_id)
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()

describe('while all is well', () => {
  test('another card from the subscription’s page: told when it is charged next, and nothing is charged', async () => {
    const page = await open({ cookies: await cookiesOf(mara) })
    await page.goto(overview())
    await page.getByRole('link', { name: /^Manage subscription/ }).click()
    await page.getByRole('link', { name: /^Edit.*Payment method/i }).click()
    await expectHeading(page, 'Payment method for Studio Pro')
    await page.getByText('Renews on February 1, 2026 for $30.00.').waitFor()
    await page.getByLabel(/^Another payment method/).check()
    await press(page, 'Use this payment method')
    await payWithCard(page, cards.failsLater)
    await page.getByText('Your payment method is changed').waitFor()
    await page.getByText('Visa •••• 0341').first().waitFor()
    expect(await paymentsOf(mara)).toEqual(['succeeded'])
  })

  test('saved methods: one more, another default, one less; one in use says for what', async () => {
    const page = await open({ cookies: await cookiesOf(mara) })
    await page.goto(portal().paymentMethods(world().business_id))
    await press(page, 'Add payment method')
    await page.getByRole('link', { name: 'Back to Linden Studio' }).click()
    await page.getByText('No payment method was saved').waitFor()
    await press(page, 'Add payment method')
    await payWithCard(page, cards.mastercard)
    await page.getByText('Your payment method is saved').waitFor()
    await press(page, /^Make default.*4444/)
    await page.getByText('Your default is changed').waitFor()
    const item = page.getByRole('listitem').filter({ hasText: '4444' })
    expect(await item.textContent()).toContain('Default')

    await page.getByRole('link', { name: /^Remove.*0341/ }).click()
    const inUse = page.getByRole('dialog', { name: /0341.* is in use/ })
    await inUse.getByText('Studio Pro', { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: /^Remove.*4242/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByText('The payment method is removed').waitFor()
    expect(await page.getByRole('listitem').filter({ hasText: '4242' }).count()).toBe(0)
  })
})

describe('on hold', () => {
  beforeAll(async () => {
    await world().advanceTo('2026-02-05T10:00:00Z')
    for (const one of [mara, noor, yuki, olga]) expect(await statusOf(one)).toBe('on_hold')
  })

  test('from the overview to what is owed, and out of it with a good card', async () => {
    const page = await open({ cookies: await cookiesOf(mara) })
    await page.goto(overview())
    await page.getByRole('link', { name: 'Pay $30.00 now' }).click()
    await expectHeading(page, 'Pay for Studio Pro')
    await page.getByRole('heading', { name: 'What is owed' }).waitFor()
    await page.getByLabel(/^Another payment method/).check()
    await press(page, 'Pay $30.00 and reactivate')
    await payWithCard(page, cards.good)
    await page.getByText('Thank you, it is paid').waitFor()
    await page.getByText(/^Renews on March \d+, 2026 for \$30\.00/).waitFor()
    expect(await statusOf(mara)).toBe('active')
    // Back to the form that was sent: it pays nothing once more.
    await page.goto(pageOf(mara))
    await expectHeading(page, 'Payment method for Studio Pro')
    expect(await paymentsOf(mara)).toEqual(['succeeded', 'failed', 'succeeded'])
  })

  test('refused at the bank, what is owed stays; approved, it is paid', async () => {
    const page = await open({ cookies: await cookiesOf(noor) })
    for (const answer of ['Refuse', 'Approve']) {
      await page.goto(pageOf(noor))
      await page.getByLabel(/^Another payment method/).check()
      await press(page, 'Pay $30.00 and reactivate')
      await payWithCard(page, cards.challenge)
      await press(page, answer)
      if (answer === 'Refuse') {
        await page.getByRole('link', { name: 'Back to Linden Studio' }).click()
        await page.getByText('Nothing was paid').waitFor()
        expect(await statusOf(noor)).toBe('on_hold')
      }
    }
    await page.getByText('Thank you, it is paid').waitFor()
    expect(await statusOf(noor)).toBe('active')
  })

  test('on a phone without JavaScript: the saved card that failed is told, another saved one pays', async () => {
    const page = await open({ javascript: false, viewport: phone, cookies: await cookiesOf(yuki) })
    await page.goto(pageOf(yuki))
    await page.getByLabel(/0341/).check()
    await press(page, 'Pay $30.00 and reactivate')
    await page.getByText('The payment did not go through').waitFor()
    await page.getByText('Your bank did not approve the payment.').waitFor()
    expect(await page.getByLabel(/4242/).isChecked()).toBe(true)
    await press(page, 'Pay $30.00 and reactivate')
    await page.getByText('Thank you, it is paid').waitFor()
    expect(await statusOf(yuki)).toBe('active')
    expect(await paymentsOf(yuki)).toEqual(['succeeded', 'failed', 'failed', 'succeeded'])
  })

  test('by keyboard alone', async () => {
    const page = await open({ cookies: await cookiesOf(olga) })
    await page.goto(overview())
    await tabTo(page, 'Pay $30.00 now')
    await page.keyboard.press('Enter')
    await expectHeading(page, 'Pay for Studio Pro')
    // The only saved card was declined, so another one is chosen already.
    expect(await page.getByLabel(/^Another payment method/).isChecked()).toBe(true)
    await tabTo(page, 'Pay $30.00 and reactivate')
    await page.keyboard.press('Enter')
    await page.getByLabel('Card number').focus()
    await page.keyboard.type(cards.good)
    for (const text of ['12/34', '123']) {
      await page.keyboard.press('Tab')
      await page.keyboard.type(text)
    }
    await page.keyboard.press('Enter')
    await page.getByText('Thank you, it is paid').waitFor()
    expect(await statusOf(olga)).toBe('active')
  })
})

async function tabTo(page: Page, text: string) {
  for (let presses = 0; presses < 60; presses += 1) {
    const focused = await page.evaluate(() => document.activeElement?.textContent?.trim())
    if (focused === text) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the Tab key never reaches “${text}”`)
}
