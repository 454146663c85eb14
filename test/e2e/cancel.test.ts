import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { phone, useBrowser } from '#test/support/browser.ts'
import { buy, cards, plan } from '#test/support/buy.ts'
import { signedIn } from '#test/support/everyday.ts'
import { useWorld } from '#test/support/listen-world.ts'
import { expectHeading } from '#test/support/person.ts'

const world = useWorld({ startsAt: '2026-03-05T09:20:00Z' })
const open = useBrowser(() => world().url)

let buyers = 0

async function newSubscription(options: { card?: string } = {}) {
  buyers += 1
  const bought = await buy(world(), plan({}, { name: 'Studio Pro' }), {
    email: `cancels${buyers}@northwind.example`,
    ...options,
  })
  return { ...bought, cookies: await signedIn(world(), bought.customer_id) }
}

const subscriptionUrl = (subscription_id: string) =>
  world().urls.portal.subscription(world().business_id, subscription_id)
const formUrl = (subscription_id: string) => world().urls.portal.cancellation(world().business_id, subscription_id)
const retrieve = (subscription_id: string) => world().client().subscriptions.retrieve(subscription_id)

type Settings = Partial<{ allow_subscription_cancellation: boolean; allow_cancellation_at_next_billing_date: boolean }>

/** For one test: what the business lets its customers do. */
async function allow(settings: Settings) {
  const { db } = world().ctx
  const { business_id } = world()
  await db
    .insertInto('business_settings')
    .values({ business_id, ...settings })
    .execute()
  onTestFinished(async () => {
    await db.deleteFrom('business_settings').where('business_id', '=', business_id).execute()
  })
}

const focused = (page: Page) =>
  page.evaluate(() => ({
    inDialog: document.activeElement?.closest('dialog') !== null,
    text: document.activeElement?.textContent?.trim() ?? '',
  }))

async function tabTo(page: Page, text: string) {
  for (let presses = 0; presses < 40; presses += 1) {
    if ((await focused(page)).text === text) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the Tab key never reaches “${text}”`)
}

test('by keyboard alone: the dialog takes the focus, Escape gives it back, and the form can be sent', async () => {
  const { subscription_id, cookies } = await newSubscription()
  const page = await open({ cookies })
  await page.goto(subscriptionUrl(subscription_id))
  await tabTo(page, 'Cancel subscription')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Cancel Studio Pro' })
  await dialog.waitFor()
  expect((await focused(page)).inDialog).toBe(true)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  expect(await focused(page)).toEqual({ inDialog: false, text: 'Cancel subscription' })

  await page.keyboard.press('Enter')
  await dialog.waitFor()
  for (let presses = 0; presses < 12; presses += 1) {
    const { text, inDialog } = await focused(page)
    // At its end the browser's own bar has its turn; nothing of the page behind does.
    expect(inDialog || text === '' || (await page.evaluate(() => document.activeElement === document.body))).toBe(true)
    await page.keyboard.press('Tab')
  }
  await dialog.getByLabel(/^At the next billing date/).focus()
  await page.keyboard.press('ArrowDown')
  expect(await dialog.getByLabel(/^Now/).isChecked()).toBe(true)
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Missing')
  await page.keyboard.press('Tab')
  await page.keyboard.type('I need layers.')
  await tabTo(page, 'Keep my subscription')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByText('Your cancellation is scheduled').waitFor()
  expect(await retrieve(subscription_id)).toMatchObject({
    cancel_at_next_billing_date: true,
    cancellation_feedback: 'missing_features',
    cancellation_comment: 'I need layers.',
  })
})

test('keeping it, by the button or by pressing beside the dialog, changes nothing', async () => {
  const { subscription_id, cookies } = await newSubscription()
  const page = await open({ cookies })
  await page.goto(subscriptionUrl(subscription_id))
  const dialog = page.getByRole('dialog')
  await page.getByRole('link', { name: 'Cancel subscription' }).click()
  await dialog.getByRole('button', { name: 'Keep my subscription' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByRole('link', { name: 'Cancel subscription' }).click()
  await dialog.waitFor()
  await page.mouse.click(5, 5)
  await dialog.waitFor({ state: 'hidden' })
  expect(await retrieve(subscription_id)).toMatchObject({ status: 'active', cancel_at_next_billing_date: false })
})

test('a form without a reason comes back with what was filled in', async () => {
  const { subscription_id, cookies } = await newSubscription()
  const page = await open({ javascript: false, viewport: phone, cookies })
  await page.goto(formUrl(subscription_id))
  await page.locator('main form').evaluate((form) => form.setAttribute('novalidate', ''))
  await page.getByLabel(/^Now/).check()
  await page.getByLabel('Anything we should know?').fill('Only for the summer.')
  await page.getByRole('button', { name: 'Cancel subscription' }).click()
  await page.getByText('Please choose a reason.').waitFor()
  expect(await page.getByLabel('Anything we should know?').inputValue()).toBe('Only for the summer.')
  expect(await page.getByLabel(/^Now/).isChecked()).toBe(true)
  expect(await retrieve(subscription_id)).toMatchObject({ status: 'active' })
})

test('where the business forbids it, the page says whom to ask', async () => {
  const { subscription_id, cookies } = await newSubscription()
  await allow({ allow_subscription_cancellation: false })
  const page = await open({ cookies })
  await page.goto(subscriptionUrl(subscription_id))
  await page.getByText('To cancel, please write to hello@linden.example.').waitFor()
  expect(await page.getByRole('link', { name: 'Cancel subscription' }).count()).toBe(0)
  await page.goto(formUrl(subscription_id))
  await page.getByText('To cancel, please write to hello@linden.example.').waitFor()
  expect(await page.getByRole('button', { name: 'Cancel subscription' }).count()).toBe(0)
})

test('a form that was open when the business forbade it cancels nothing', async () => {
  const { subscription_id, cookies } = await newSubscription()
  const page = await open({ javascript: false, viewport: phone, cookies })
  await page.goto(formUrl(subscription_id))
  await allow({ allow_subscription_cancellation: false })
  await page.getByLabel('Why are you cancelling?').selectOption({ label: 'Other' })
  await page.getByRole('button', { name: 'Cancel subscription' }).click()
  await page.getByText('hello@linden.example').first().waitFor()
  expect(await retrieve(subscription_id)).toMatchObject({ status: 'active', cancel_at_next_billing_date: false })
})

test('where only “now” is allowed or possible, only that is offered', async () => {
  const { subscription_id, cookies } = await newSubscription()
  const page = await open({ cookies })
  const choices = async (of: string) => {
    await page.goto(formUrl(of))
    await page.getByLabel('Why are you cancelling?').waitFor()
    return page.getByRole('radio').count()
  }
  expect(await choices(subscription_id)).toBe(2)
  await allow({ allow_cancellation_at_next_billing_date: false })
  expect(await choices(subscription_id)).toBe(1)
})

test('on hold it can be ended at once', async () => {
  const { subscription_id, cookies } = await newSubscription({ card: cards.failsLater })
  await world().advanceTo(
    (await world().fresh()).clock
      .now()
      .add({ hours: 24 * 35 })
      .toString(),
  )
  expect(await retrieve(subscription_id)).toMatchObject({ status: 'on_hold' })
  const page = await open({ javascript: false, viewport: phone, cookies })
  await page.goto(formUrl(subscription_id))
  expect(await page.getByRole('radio').count()).toBe(1)
  await page.getByLabel('Why are you cancelling?').selectOption({ label: 'Not using it enough' })
  await page.getByRole('button', { name: 'Cancel subscription' }).click()
  await page.getByText('Your subscription is cancelled').waitFor()
  expect(await retrieve(subscription_id)).toMatchObject({ status: 'cancelled', cancellation_feedback: 'unused' })
})

test('a form on another site cancels nothing, and nobody sees somebody else’s', async () => {
  const { subscription_id, cookies } = await newSubscription()
  const page = await open({ elsewhere: ['evil.example'], cookies })
  await page.goto('http://evil.example/')
  const fields = '<input name="effective_at" value="immediately"><input name="cancellation_feedback" value="other">'
  await page.setContent(`<form method="post" action="${formUrl(subscription_id)}">${fields}<button>Win</button></form>`)
  await page.getByRole('button').click()
  await expectHeading(page, 'This could not be done')
  expect(await retrieve(subscription_id)).toMatchObject({ status: 'active' })

  const other = await newSubscription()
  const stranger = await open({ cookies: other.cookies })
  expect((await stranger.goto(subscriptionUrl(subscription_id)))?.status()).toBe(404)
  expect((await stranger.goto(formUrl(subscription_id)))?.status()).toBe(404)
})
