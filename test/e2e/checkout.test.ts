// Buying on the hosted pages: what can go wrong there, and what must happen exactly once.
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { createProduct } from '#core/catalog/create-product.ts'
import type { ProductFields } from '#core/catalog/product-columns.ts'
import type { NewCheckout } from '#core/checkout/create-checkout.ts'
import { desktop, phone, useBrowser } from '#test/support/browser.ts'
import { cards, download, plan } from '#test/support/buy.ts'
import { offer, signedIn } from '#test/support/everyday.ts'
import { useWorld } from '#test/support/listen-world.ts'
import { buyOnPages, enterCard, expectHeading, fillCheckout, payWithCard } from '#test/support/person.ts'

const world = useWorld()
const open = useBrowser(() => world().url)

let buyers = 0
const newBuyer = () => {
  buyers += 1
  return { email: `buyer${buyers}@northwind.example`, name: 'Mara Lindqvist', country: 'Sweden' }
}

async function sell(fields: ProductFields = plan(), more: Partial<NewCheckout> = {}) {
  const { product_id } = await createProduct(await world().fresh(), fields)
  const { checkout_id } = await offer(world(), product_id, more)
  return { checkout_id, url: world().urls.checkout(checkout_id) }
}

/** Status of each payment of a buyer, newest first. */
async function payments(email: string) {
  const client = world().client()
  const [customer] = (await client.customers.list({ email })).items
  if (customer === undefined) return []
  return (await client.payments.list({ customer_id: customer.customer_id })).items.map(({ status }) => status)
}

const notice = (page: Page) => page.getByRole('alert').textContent()

describe.each([
  { how: 'on a desktop', javascript: true, viewport: desktop },
  { how: 'on a phone without JavaScript', javascript: false, viewport: phone },
])('$how', ({ javascript, viewport }) => {
  test('a declined card is said plainly and another one pays', async () => {
    const page = await open({ javascript, viewport })
    const buyer = newBuyer()
    await buyOnPages(page, (await sell()).url, buyer, cards.declined)
    await expect.poll(() => notice(page)).toBe('Your payment was declined. Nothing was charged. Try another card.')
    await payWithCard(page, cards.good)
    await expectHeading(page, 'Thank you, it is paid')
    await page.getByText(buyer.email).waitFor()
    expect((await payments(buyer.email)).filter((status) => status === 'succeeded')).toHaveLength(1)
  })

  test('the bank’s question: refused it charges nothing, approved it pays', async () => {
    const page = await open({ javascript, viewport })
    const buyer = newBuyer()
    await buyOnPages(page, (await sell()).url, buyer, cards.challenge)
    await expectHeading(page, 'Confirm with your bank')
    await page.getByRole('button', { name: 'Refuse' }).click()
    await expect.poll(() => notice(page)).toContain('The check by your bank was refused. Nothing was charged.')
    expect(await payments(buyer.email)).not.toContain('succeeded')
    await payWithCard(page, cards.challenge)
    await page.getByRole('button', { name: 'Approve' }).click()
    await expectHeading(page, 'Thank you, it is paid')
    expect(await payments(buyer.email)).toContain('succeeded')
  })

  test('a free trial saves a card and takes nothing', async () => {
    const page = await open({ javascript, viewport })
    const buyer = newBuyer()
    const { url } = await sell(plan({ trial_period_days: 14, price: 1900 }, { name: 'Render Farm' }))
    await page.goto(url)
    await page.getByText('14-day free trial').waitFor()
    await fillCheckout(page, buyer)
    await page.getByRole('button', { name: 'Continue' }).click()
    await expectHeading(page, 'Save a payment method')
    await page.getByText('Nothing is charged now.').waitFor()
    await payWithCard(page)
    await expectHeading(page, 'Thank you, you are all set')
    expect(await payments(buyer.email)).not.toContain('succeeded')
  })

  test('a trial that needs no card begins with one press, and takes one from the portal before its end', async () => {
    const page = await open({ javascript, viewport })
    const price = { trial_period_days: 14, trial_payment_method_optional: true }
    const { url, checkout_id } = await sell(plan(price, { name: 'Render Farm' }))
    await page.goto(url)
    await fillCheckout(page, newBuyer())
    await page.getByRole('button', { name: 'Start now' }).click()
    await expectHeading(page, 'Thank you, you are all set')
    await page.getByText(/add a payment method before/).waitFor()
    await enterPortal(page, checkout_id)
    await page.getByText(/^Add a payment method before your trial of Render Farm ends on/).waitFor()
    await page.getByRole('link', { name: 'Add a payment method' }).first().click()
    await page.getByRole('button', { name: 'Add a payment method' }).click()
    await payWithCard(page)
    await page.getByText('•••• 4242').first().waitFor()
    expect(await page.getByText(/^Add a payment method before/).count()).toBe(0)
  })
})

/** Signed in as who bought at the checkout. */
async function enterPortal(page: Page, checkout_id: string) {
  const { customer_id } = await world()
    .ctx.db.selectFrom('checkout_sessions')
    .select('customer_id')
    .where('checkout_id', '=', checkout_id)
    .executeTakeFirstOrThrow()
  const cookies = Object.entries(await signedIn(world(), customer_id ?? ''))
  await page.context().addCookies(cookies.map(([name, value]) => ({ name, value, url: world().url })))
  await page.goto(world().urls.portal.overview(world().business_id))
}

test('what is bought once shows its license key on the overview, to be copied', async () => {
  const buyer = newBuyer()
  const page = await open({ colors: 'dark' })
  const { url, checkout_id } = await sell(
    download(4900, { license_key_enabled: true, license_key_activations_limit: 3 }),
  )
  await buyOnPages(page, url, buyer)
  await expectHeading(page, 'Thank you, it is paid')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await enterPortal(page, checkout_id)
  const item = page.getByRole('region', { name: 'License keys' }).getByRole('listitem')
  await item.getByText('0 of 3 activations used').waitFor()
  await item.getByRole('button', { name: 'Copy' }).click()
  await item.getByText('Copied').waitFor()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toMatch(/^[0-9A-Z]{5}(-[0-9A-Z]{5}){4}$/)
  expect(await item.textContent()).toContain(copied)
  await page.getByText('No saved payment method').waitFor()
})

test('going back after paying says that it is paid', async () => {
  const page = await open()
  const buyer = newBuyer()
  const { url } = await sell()
  await buyOnPages(page, url, buyer)
  await expectHeading(page, 'Thank you, it is paid')
  await page.goBack()
  await expectHeading(page, 'Already paid')
  await page.getByRole('link', { name: 'Continue to Linden Studio' }).click()
  await expectHeading(page, 'Thank you, it is paid')
  await page.goto(url)
  await expectHeading(page, 'This checkout is paid')
  expect(await payments(buyer.email)).toEqual(['succeeded'])
})

test('pressing every button twice pays once', async () => {
  const page = await open()
  const buyer = newBuyer()
  await page.goto((await sell()).url)
  await fillCheckout(page, buyer)
  await page.getByRole('button', { name: /^Pay/ }).dblclick()
  await enterCard(page)
  await page.getByRole('button', { name: /^Pay/ }).dblclick()
  await expectHeading(page, 'Thank you, it is paid')
  expect(await payments(buyer.email)).toEqual(['succeeded'])
  const { items } = await world().client().subscriptions.list({ status: 'active' })
  expect(items.filter(({ customer }) => customer.email === buyer.email)).toHaveLength(1)
})

test('the shop’s own page is told what was bought', async () => {
  const page = await open({ elsewhere: ['shop.example'] })
  const { url } = await sell(plan(), { return_url: 'http://shop.example/thanks?cart=7' })
  await buyOnPages(page, url, newBuyer())
  await page.waitForURL('http://shop.example/**')
  const told = new URL(page.url()).searchParams
  expect(Object.fromEntries(told)).toMatchObject({
    cart: '7',
    status: 'active',
    subscription_id: expect.stringMatching(/^sub_/),
  })
})

test('what is missing is said beside its field, and nothing typed is lost', async () => {
  const page = await open({ javascript: false })
  await page.goto((await sell()).url)
  await page.locator('main form:has([name=country])').evaluate((form) => form.setAttribute('novalidate', ''))
  await fillCheckout(page, { name: 'Mara Lindqvist', email: 'mara@northwind' })
  await page.getByRole('button', { name: /^Pay/ }).click()
  await page.getByText('Please enter a valid e-mail address').waitFor()
  await page.getByText('Please choose your country.').waitFor()
  expect(await page.getByLabel('Full name').inputValue()).toBe('Mara Lindqvist')
  expect(await page.getByLabel('E-mail').inputValue()).toBe('mara@northwind')
})

test('an e-mail that is known attaches to its customer and signs nobody in', async () => {
  const buyer = newBuyer()
  const first = await open()
  await buyOnPages(first, (await sell(download(500))).url, buyer)
  await expectHeading(first, 'Thank you, it is paid')
  const page = await open({ viewport: phone })
  await buyOnPages(page, (await sell(download(700))).url, { ...buyer, email: ` ${buyer.email.toUpperCase()}` })
  await expectHeading(page, 'Thank you, it is paid')
  expect(await page.context().cookies()).toEqual([])
  expect(await payments(buyer.email)).toEqual(['succeeded', 'succeeded'])
  await page.getByRole('link', { name: 'See your billing' }).click()
  await expectHeading(page, 'Your billing with Linden Studio')
})
