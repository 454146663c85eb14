// Changing plan as people do it: with a mouse, on a phone without JavaScript, by keyboard alone.
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { createCollection } from '#core/collections/create-collection.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { phone, useBrowser } from '#test/support/browser.ts'
import { signedIn } from '#test/support/everyday.ts'
import { setLaterCharges } from '#test/support/later-charges.ts'
import { useWorld } from '#test/support/listen-world.ts'
import { expectHeading } from '#test/support/person.ts'
import { makePlans, type Plans, subscribeTo } from '#test/support/plans.ts'
import { capturesOf } from '#test/support/story.ts'

const world = useWorld({ startsAt: '2026-01-01T00:00:00Z' })
const open = useBrowser(() => world().url)

let plans: Plans
/** Basic, half of its 30 days gone; one for each test. */
const half: string[] = []

beforeAll(async () => {
  plans = await makePlans(world())
  const ctx = await world().fresh()
  await setSettings(ctx, { allow_subscription_updates: true })
  const items = (ids: string[]) => ids.map((product_id) => ({ product_id }))
  const groups = [
    { group_name: 'Every 30 days', items: items([plans.starter, plans.basic, plans.pro]) },
    { group_name: 'Every year', items: items([plans.yearly]) },
  ]
  await createCollection(ctx, { name: 'Plans', groups })
  for (let buyer = 1; buyer <= 4; buyer += 1) {
    half.push(await subscribeTo(world(), plans.basic, { email: `changes${buyer}@northwind.example` }))
  }
  await world().client().discounts.create({ type: 'percentage', amount: 2500, code: 'QUARTER' })
  await world().advanceTo('2026-01-16T00:00:00Z')
}, 60_000)

const subscriptionOf = async (id: string) => getSubscription(await world().fresh(), id)
const taken = async () => (await capturesOf(world())).map(({ amount }) => amount).slice(4)

/** On the page of the subscription of the next customer. */
async function visit(options: Parameters<typeof open>[0] = {}) {
  const id = half.shift() ?? ''
  const { customer_id } = await subscriptionOf(id)
  const page = await open({ ...options, cookies: await signedIn(world(), customer_id) })
  await page.goto(world().urls.portal.subscription(world().business_id, id))
  return { page, id }
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
const choosePlan = async (page: Page, name: RegExp) => {
  await page.getByRole('link', { name: 'Change plan' }).click()
  await expectHeading(page, 'Change plan')
  await page.getByRole('radio', { name }).check()
}

test('up with a code and seats, by the figures that were shown; then down at the next billing date, and undone', async () => {
  const { page, id } = await visit()
  const before = (await taken()).length
  await choosePlan(page, /^Pro Upgrade/)
  await page.getByLabel('Seat').fill('3')
  await page.getByLabel('Discount code').fill('quarter')
  await press(page, 'See what changes')
  await expectHeading(page, 'Change to Pro')
  // Half of 80.00 and of 30.00 less a quarter, less half of 30.00: 55.00 − 13.75 − 15.00.
  const sums = page.getByRole('region', { name: 'What it costs' })
  for (const line of [/^Pro, 15 of 30 days/, /^Seat × 3, 15 of 30 days/, /^Unused 15 of 30 days of Basic/]) {
    await sums.getByText(line).waitFor()
  }
  await sums.getByText('QUARTER').waitFor()
  await page.getByText(/You have \d:\d\d left/).waitFor()
  await press(page, 'Confirm and pay $26.25')
  await page.getByText('Your plan has changed').waitFor()
  expect((await taken()).slice(before)).toEqual([2625])

  await page.goBack()
  await expectHeading(page, 'This change is made')
  await page.getByRole('link', { name: 'Back to the subscription' }).click()
  await choosePlan(page, /^Starter Downgrade/)
  await press(page, 'See what changes')
  await page.getByText('Ends with this change: Seat.').waitFor()
  await press(page, 'Change on January 31, 2026')
  await page.getByText('Your change of plan is scheduled').waitFor()
  expect((await subscriptionOf(id)).scheduled_change?.product_name).toBe('Starter')
  await press(page, /^Undo/)
  await page.getByText('You stay on your plan').waitFor()
  expect([(await subscriptionOf(id)).scheduled_change, (await taken()).length]).toEqual([null, before + 1])
})

test('declined: why, and the plan stays; then the bank asks, and back from there it is done', async () => {
  const { page, id } = await visit()
  const before = (await taken()).length
  await setLaterCharges(world(), 'INSUFFICIENT_FUNDS')
  await choosePlan(page, /^Pro Upgrade/)
  await press(page, 'See what changes')
  await press(page, 'Confirm and pay $25.00')
  await expectHeading(page, 'The payment did not go through')
  await page.getByText('There was not enough money on the account.').waitFor()
  expect([(await subscriptionOf(id)).product_name, (await taken()).length]).toEqual(['Basic', before])

  await setLaterCharges(world(), 'AUTHENTICATION_REQUIRED')
  await page.getByRole('link', { name: 'Choose again' }).click()
  await page.getByRole('radio', { name: /^Pro Upgrade/ }).check()
  await press(page, 'See what changes')
  await press(page, 'Confirm and pay $25.00')
  await expectHeading(page, 'Confirm with your bank')
  await press(page, 'Approve')
  await page.getByText('Your plan has changed').waitFor()
  expect([(await subscriptionOf(id)).product_name, (await taken()).slice(before)]).toEqual(['Pro', [2500]])
  await setLaterCharges(world(), 'succeeds')
})

test('on a phone without JavaScript', async () => {
  const { page, id } = await visit({ javascript: false, viewport: phone })
  const before = (await taken()).length
  await choosePlan(page, /^Pro Upgrade/)
  await press(page, 'See what changes')
  await page.getByText('Unused 15 of 30 days of Basic').waitFor()
  await press(page, 'Confirm and pay $25.00')
  await page.getByText('Your plan has changed').waitFor()
  expect([(await subscriptionOf(id)).product_name, (await taken()).slice(before)]).toEqual(['Pro', [2500]])
})

test('by keyboard alone', async () => {
  const { page, id } = await visit()
  const tabTo = async (text: string | RegExp) => {
    for (let presses = 0; presses < 60; presses += 1) {
      const told = await page.evaluate(() => {
        const on = document.activeElement
        return (on instanceof HTMLInputElement ? on.labels?.[0]?.textContent : on?.textContent)?.trim() ?? ''
      })
      if (typeof text === 'string' ? told === text : text.test(told)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`the Tab key never reaches ${text}`)
  }
  await tabTo('Change plan')
  await page.keyboard.press('Enter')
  await expectHeading(page, 'Change plan')
  await tabTo(/^Basic ?Current/)
  await page.keyboard.press('ArrowDown')
  await tabTo(/^Quantity/)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('2')
  await tabTo('See what changes')
  await page.keyboard.press('Enter')
  await expectHeading(page, 'Change to Pro')
  // Half of twice 80.00, less half of 30.00.
  await tabTo('Confirm and pay $65.00')
  await page.keyboard.press('Enter')
  await page.getByText('Your plan has changed').waitFor()
  expect(await subscriptionOf(id)).toMatchObject({ product_name: 'Pro', quantity: 2 })
})
