import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { desktop, phone, useBrowser } from '#test/support/browser.ts'
import { readMail } from '#test/support/inbox.ts'
import { useWorld } from '#test/support/listen-world.ts'
import { expectHeading, followLink } from '#test/support/person.ts'

const world = useWorld()
const open = useBrowser(() => world().url)

const OVERVIEW = 'Your plans and billing'

async function newCustomer(name: string): Promise<string> {
  const email = `${name}@northwind.example`
  await world().client().customers.create({ email, name })
  return email
}

async function askForMail(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await expectHeading(page, 'Look in your inbox')
}

async function openLogin(page: Page, email: string): Promise<void> {
  await page.goto(world().urls.login(world().business_id))
  await expectHeading(page, 'Your billing with Linden Studio')
  await askForMail(page, email)
}

async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('6-digit code').fill(code)
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
}

const wrong = (code: string | null) => (code === '000000' ? '111111' : '000000')

describe.each([
  { how: 'on a desktop', javascript: true, viewport: desktop },
  { how: 'on a phone without JavaScript', javascript: false, viewport: phone },
])('$how', ({ javascript, viewport }) => {
  test('the static link mails a link that signs in', async () => {
    const email = await newCustomer(javascript ? 'desk' : 'pocket')
    const page = await open({ javascript, viewport })
    await openLogin(page, ` ${email.toUpperCase()} `)
    await page.getByRole('link', { name: 'Open the test inbox' }).click()
    const { link } = await readMail(page, world(), email)
    await page.getByRole('link', { name: 'Open my account' }).click()
    expect(page.url()).toBe(link)
    await page.getByRole('button', { name: 'Continue to Linden Studio' }).click()
    await expectHeading(page, OVERVIEW)
  })

  test('the code of the mail signs in the browser that asked for it', async () => {
    const email = await newCustomer(javascript ? 'coder' : 'pocket-coder')
    const page = await open({ javascript, viewport })
    await openLogin(page, email)
    const { code } = await readMail(await open(), world(), email)
    await enterCode(page, `${code?.slice(0, 3)} ${code?.slice(3)}`)
    await expectHeading(page, OVERVIEW)
  })
})

test('five wrong codes end a code; a new mail helps, at once', async () => {
  const email = await newCustomer('guesser')
  const page = await open()
  await openLogin(page, email)
  const { code } = await readMail(await open(), world(), email)
  for (let tries = 1; tries <= 4; tries += 1) {
    await enterCode(page, wrong(code))
    await page.getByText('This code is not right').waitFor()
  }
  await enterCode(page, wrong(code))
  await page.getByText('This code cannot be used any more').waitFor()
  await enterCode(page, code ?? '')
  await page.getByText('This code cannot be used any more').waitFor()
  expect(await page.getByText(email).count()).toBeGreaterThan(0)

  await page.getByRole('button', { name: 'Send it again' }).click()
  await expectHeading(page, 'Look in your inbox')
  const second = await readMail(await open(), world(), email, 2)
  await enterCode(page, second.code ?? '')
  await expectHeading(page, OVERVIEW)
})

test('a code opens nothing in a browser that did not ask for it', async () => {
  const email = await newCustomer('owner')
  const asked = await open()
  await openLogin(asked, email)
  const { code } = await readMail(await open(), world(), email)

  const stranger = await open()
  await openLogin(stranger, 'stranger@elsewhere.example')
  await enterCode(stranger, code ?? '')
  await stranger.getByText('This code is not right').waitFor()
  expect((await stranger.context().cookies()).map(({ name }) => name)).not.toContain('portico_test_session')

  await enterCode(asked, code ?? '')
  await expectHeading(asked, OVERVIEW)
})

test('a page asked for while signed out is where one arrives after signing in, and signing out closes it again', async () => {
  const email = await newCustomer('deep')
  const page = await open()
  const wanted = world().urls.portal.billingHistory(world().business_id, { status: 'failed' })
  const refused = await page.goto(wanted)
  expect(refused?.status()).toBe(401)
  await expectHeading(page, 'Please sign in')
  await page.getByRole('link', { name: 'Sign in' }).click()
  await askForMail(page, email)
  const { link } = await readMail(page, world(), email)
  await followLink(page, link)
  await expectHeading(page, 'Billing history')
  expect(page.url()).toBe(wanted)

  await page.getByRole('button', { name: 'Account' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expectHeading(page, 'You are signed out')
  expect((await page.context().cookies()).map(({ name }) => name)).not.toContain('portico_test_session')
  await page.goBack()
  await page.reload()
  await expectHeading(page, 'Please sign in')
})

test('an address nobody knows gets the same page and no mail', async () => {
  const page = await open()
  await openLogin(page, 'nobody@elsewhere.example')
  await page.getByText('If nobody@elsewhere.example belongs to a customer').waitFor()
  await world().work()
  await page.goto(world().urls.mailbox())
  expect(await page.getByText('nobody@elsewhere.example').count()).toBe(0)
})

test('what is no address is said beside the field, with what was typed', async () => {
  const page = await open({ javascript: false })
  await page.goto(world().urls.login(world().business_id))
  await page.getByLabel('E-mail').evaluate((field) => field.removeAttribute('type'))
  await page.getByLabel('E-mail').fill('mara@northwind')
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await page.getByText('Please enter a valid e-mail address').waitFor()
  expect(await page.getByLabel('E-mail').inputValue()).toBe('mara@northwind')
  expect(await page.getByLabel('E-mail').getAttribute('aria-invalid')).toBe('true')
})
