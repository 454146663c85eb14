// One address at two businesses: one mail opens both, in one place; one business's own sign-in opens that one only.
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { getMailedAddressLink } from '#core/addresses/queries.ts'
import { besides } from '#test/support/besides.ts'
import { desktop, phone, useBrowser } from '#test/support/browser.ts'
import { buy, download, plan } from '#test/support/buy.ts'
import { readMail } from '#test/support/inbox.ts'
import { useWorld } from '#test/support/listen-world.ts'
import { expectHeading } from '#test/support/person.ts'
import type { World } from '#test/support/world.ts'

const world = useWorld()
const open = useBrowser(() => world().url)
const EVERYTHING = 'Your subscriptions and purchases'
let press: World

beforeAll(async () => {
  press = await besides(world(), { name: 'Harbour Press' })
})

async function buysAtBoth(email: string): Promise<void> {
  await buy(world(), plan({}, { name: 'Studio Pro' }), { email })
  await buy(press, plan({ price: 700 }, { name: 'Weekly Paper' }), { email })
  await buy(press, download(1200, { name: 'Atlas' }), { email })
}

/** Where the mail to everything leads. */
async function mailedLink(email: string): Promise<string> {
  const { ctx } = world().modes.test
  const asked = () =>
    ctx.db
      .selectFrom('address_sign_ins')
      .select(['sign_in_id', 'nonce'])
      .where('email_key', '=', email)
      .executeTakeFirstOrThrow()
  await expect.poll(async () => (await asked()).nonce, { timeout: 10_000 }).not.toBeNull()
  return (await getMailedAddressLink(ctx, (await asked()).sign_in_id)).url
}

async function askAtHome(page: Page, email: string): Promise<void> {
  await page.goto(world().urls.home())
  await expectHeading(page, 'All your subscriptions in one place')
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await expectHeading(page, 'Look in your inbox')
}

describe.each([
  { how: 'on a desktop', javascript: true, viewport: desktop },
  { how: 'on a phone without JavaScript', javascript: false, viewport: phone },
])('$how', ({ javascript, viewport }) => {
  test('the mailed link opens every business, its papers, and each portal without a second sign-in', async () => {
    const email = `${javascript ? 'desk' : 'pocket'}@northwind.example`
    await buysAtBoth(email)
    const page = await open({ javascript, viewport })
    await askAtHome(page, email)
    await page.goto(await mailedLink(email))
    await page.getByRole('button', { name: 'Continue', exact: true }).click()
    await expectHeading(page, EVERYTHING)
    const rows = page.getByRole('row').filter({ hasText: /Harbour Press|Linden Studio/ })
    expect(await rows.count()).toBe(3)
    const invoice = await rows.first().getByRole('link').getAttribute('href')
    const paper = await page.request.get(invoice ?? '')
    expect([paper.status(), paper.headers()['content-type']]).toEqual([200, 'application/pdf'])

    await page.getByRole('button', { name: /^Manage.*Harbour Press/ }).click()
    await expectHeading(page, 'Your plans and billing')
    expect(page.url()).toBe(world().urls.portal.overview(press.business_id))
    await page.getByText('Weekly Paper').first().waitFor()
    await page.goto(world().urls.home())
    await expectHeading(page, EVERYTHING)
    await page.getByRole('button', { name: /^Manage.*Studio Pro/ }).click()
    await expectHeading(page, 'Studio Pro')
  })

  test('a signed-out browser is sent back to the page and the filter it asked for, by code, with two records to choose from', async () => {
    const email = `${javascript ? 'twins' : 'pocket-twins'}@northwind.example`
    for (const name of ['Mara at home', 'Mara at work']) await world().client().customers.create({ email, name })
    const page = await open({ javascript, viewport })
    const wanted = world().urls.portal.billingHistory(world().business_id, { status: 'failed' })
    await page.goto(wanted)
    await page.getByRole('link', { name: 'Sign in' }).click()
    await page.getByLabel('E-mail').fill(email)
    await page.getByRole('button', { name: 'Send me a link' }).click()
    const { code } = await readMail(await open(), world(), email)
    await page.getByLabel('6-digit code').fill(code ?? '')
    await page.getByRole('button', { name: 'Continue', exact: true }).click()
    await expectHeading(page, 'Which one would you like to see?')
    await page.getByRole('button', { name: /^Choose.*Mara at work/ }).click()
    await expectHeading(page, 'Billing history')
    expect(page.url()).toBe(wanted)
  })
})

test('the sign-in of one business shows no way into others; signing another browser out works at its next request', async () => {
  const email = 'single@northwind.example'
  for (const place of [world(), press]) await place.client().customers.create({ email, name: 'Single' })
  const signInHere = async () => {
    const page = await open()
    await page.goto(world().urls.login(world().business_id))
    await page.getByLabel('E-mail').fill(email)
    await page.getByRole('button', { name: 'Send me a link' }).click()
    await expectHeading(page, 'Look in your inbox')
    return page
  }
  const first = await signInHere()
  const { link } = await readMail(await open(), world(), email)
  await first.goto(link)
  await first.getByRole('button', { name: 'Continue to Linden Studio' }).click()
  await expectHeading(first, 'Your plans and billing')
  await first.getByRole('button', { name: 'Account' }).click()
  expect(await first.getByRole('link', { name: 'All businesses' }).count()).toBe(0)
  expect((await first.goto(world().urls.businesses.overview()))?.status()).toBe(401)
  expect((await first.goto(world().urls.portal.overview(press.business_id)))?.status()).toBe(401)

  const second = await signInHere()
  const mail = await readMail(await open(), world(), email, 2)
  await second.goto(mail.link)
  await second.getByRole('button', { name: 'Continue to Linden Studio' }).click()
  await second.goto(world().urls.portal.sessions(world().business_id))
  await expectHeading(second, 'Signed-in browsers')
  const others = second
    .getByRole('listitem')
    .filter({ hasText: 'Chrome on Linux' })
    .filter({ hasNotText: 'This browser' })
  await others.getByRole('button').click()
  await second.getByText('That browser is signed out').waitFor()
  expect((await first.goto(world().urls.portal.overview(world().business_id)))?.status()).toBe(401)
})
