import { expect, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { setCancellationOffers } from '#core/cancellation-offers/set-offers.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { phone, useBrowser } from '#test/support/browser.ts'
import { buy, plan } from '#test/support/buy.ts'
import { signedIn } from '#test/support/everyday.ts'
import { useWorld } from '#test/support/listen-world.ts'

const world = useWorld({ startsAt: '2026-03-05T09:20:00Z' })
const open = useBrowser(() => world().url)

const ways = [
  ['on a desktop', {}],
  ['on a phone without scripts', { javascript: false, viewport: phone }],
] as const

let buyers = 0

async function newSubscription() {
  buyers += 1
  const bought = await buy(world(), plan({}, { name: 'Studio Pro' }), { email: `stays${buyers}@northwind.example` })
  return { ...bought, cookies: await signedIn(world(), bought.customer_id) }
}

const urlOf = (subscription_id: string) => world().urls.portal.subscription(world().business_id, subscription_id)
const retrieve = (subscription_id: string) => world().client().subscriptions.retrieve(subscription_id)

test.each(ways)('pausing and resuming, with what it does said first, %s', async (_, look) => {
  await setSettings(await world().fresh(), { allow_subscription_pause: true })
  const { subscription_id, cookies } = await newSubscription()
  const page = await open({ ...look, cookies })
  await page.goto(urlOf(subscription_id))
  await page.getByRole('link', { name: 'Pause' }).click()
  // From 5 March until 5 May; paid to 5 April, so that it then renews on 5 June.
  await page.getByLabel(/^For 2 months, until May 5, 2026/).check()
  await page.getByText('Your next renewal is then on June 5, 2026.').waitFor()
  await page.getByRole('button', { name: 'Pause subscription' }).click()
  await page.getByText('Your subscription is paused').waitFor()
  expect(await retrieve(subscription_id)).toMatchObject({ status: 'paused' })
  await page.getByText('If you resume now, nothing is charged today').waitFor()
  await page.getByRole('button', { name: /^Resume now/ }).click()
  await page.getByText('Your subscription goes on').waitFor()
  expect(await retrieve(subscription_id)).toMatchObject({ status: 'active' })
  expect(await page.getByRole('button', { name: 'Resume subscription' }).count()).toBe(0)
})

test('where customers may not pause, nothing offers it, and the page says whom to ask', async () => {
  await setSettings(await world().fresh(), { allow_subscription_pause: false })
  const { subscription_id, cookies } = await newSubscription()
  const page = await open({ cookies })
  await page.goto(urlOf(subscription_id))
  expect(await page.getByRole('link', { name: 'Pause' }).count()).toBe(0)
  await page.goto(world().urls.portal.pause(world().business_id, subscription_id))
  await page.getByText('To pause, please write to').waitFor()
  expect(await page.getByRole('button', { name: 'Pause subscription' }).count()).toBe(0)
})

test.each(ways)('what has ended can be bought again, %s', async (_, look) => {
  const { subscription_id, cookies } = await newSubscription()
  await cancelSubscription(await world().fresh(), subscription_id, { timing: 'now' })
  const page = await open({ ...look, cookies })
  await page.goto(world().urls.portal.subscriptions(world().business_id))
  await page.getByRole('button', { name: /^Subscribe again/ }).click()
  await page.waitForURL(/\/checkout\//)
  await page.getByText('Studio Pro').first().waitFor()
  await page.goto(urlOf(subscription_id))
  expect(await page.getByRole('button', { name: /^Subscribe again/ }).count()).toBe(1)
})

test.each(ways)('an offer is made once, and cancelling anyway does what was asked for, %s', async (_, look) => {
  await setCancellationOffers(await world().fresh(), [{ type: 'pause', pause_months: 1, reasons: ['unused'] }])
  const { subscription_id, cookies } = await newSubscription()
  const page = await open({ ...look, cookies })
  const ask = async () => {
    await page.goto(world().urls.portal.cancellation(world().business_id, subscription_id))
    await page.getByLabel('Why are you cancelling?').selectOption({ label: 'Not using it enough' })
    await page.getByRole('button', { name: 'Cancel subscription' }).click()
  }
  await ask()
  await page.getByRole('heading', { level: 1, name: 'Take a break instead?' }).waitFor()
  expect(await retrieve(subscription_id)).toMatchObject({ cancel_at_next_billing_date: false })
  await page.getByRole('button', { name: 'No, cancel on April 5, 2026' }).click()
  await page.getByText('Your cancellation is scheduled').waitFor()
  await page.getByRole('button', { name: /^Undo/ }).click()
  await page.getByText('Your subscription goes on').waitFor()
  await ask()
  await page.getByText('Your cancellation is scheduled').waitFor()
  expect(await retrieve(subscription_id)).toMatchObject({
    cancel_at_next_billing_date: true,
    cancellation_feedback: 'unused',
  })
  await setCancellationOffers(await world().fresh(), [])
})

test('an offer that is taken pauses, and nothing is cancelled', async () => {
  await setCancellationOffers(await world().fresh(), [{ type: 'pause', pause_months: 1, reasons: null }])
  const { subscription_id, cookies } = await newSubscription()
  const page = await open({ javascript: false, viewport: phone, cookies })
  await page.goto(world().urls.portal.cancellation(world().business_id, subscription_id))
  await page.getByLabel('Why are you cancelling?').selectOption({ label: 'Other' })
  await page.getByRole('button', { name: 'Cancel subscription' }).click()
  await page.getByRole('button', { name: 'Pause until April 5, 2026' }).click()
  await page.getByText('Your subscription is paused').waitFor()
  expect(await retrieve(subscription_id)).toMatchObject({ status: 'paused', cancel_at_next_billing_date: false })
  await setCancellationOffers(await world().fresh(), [])
})

test('a stranger reaches none of it', async () => {
  const { subscription_id } = await newSubscription()
  const { cookies } = await newSubscription()
  const stranger = await open({ cookies })
  const { portal } = world().urls
  const { business_id } = world()
  for (const url of [portal.pause(business_id, subscription_id), urlOf(subscription_id)]) {
    expect((await stranger.goto(url))?.status()).toBe(404)
  }
})
