// The whole of the main job, by the published SDK over HTTP and a real browser: sold, paid, seen, cancelled, undone, cancelled.
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { monthly } from '#test/conformance/prices.ts'
import { desktop, phone, useBrowser } from '#test/support/browser.ts'
import { useWorld } from '#test/support/listen-world.ts'
import { buyOnPages, expectHeading, followLink } from '#test/support/person.ts'

const world = useWorld({ business: { name: 'Linden Studio', timezone: 'Europe/Stockholm' } })
const open = useBrowser(() => world().url)

const ways = [
  { name: 'with JavaScript on a desktop', javascript: true, viewport: desktop },
  { name: 'without JavaScript on a phone', javascript: false, viewport: phone },
]

describe.each(ways)('$name', ({ javascript, viewport }) => {
  test('a customer buys, sees, cancels, changes their mind and cancels for good', async () => {
    const client = world().client()
    const page = await open({ javascript, viewport })
    const { customer, subscription_id } = await sell(page)
    const retrieve = () => client.subscriptions.retrieve(subscription_id)
    expect(await retrieve()).toMatchObject({ status: 'active', cancel_at_next_billing_date: false })

    const { link } = await client.customers.customerPortal.create(customer.customer_id, {
      return_url: 'https://linden.example/account',
    })
    await followLink(page, link)
    await expectHeading(page, 'Your plans and billing')
    const card = page.getByRole('article', { name: 'Studio Pro' })
    expect(await card.textContent()).toMatch(/\$30\.00\s*per month/)
    const back = page.getByRole('link', { name: 'Return to Linden Studio', includeHidden: true })
    expect(await back.getAttribute('href')).toBe('https://linden.example/account')

    await card.getByRole('link', { name: 'Manage' }).click()
    await expectHeading(page, 'Studio Pro')
    await cancel(page, /^At the next billing date/, 'Missing features', 'I need layers.')
    await page.getByText('Your cancellation is scheduled').waitFor()
    expect(await retrieve()).toMatchObject({
      status: 'active',
      cancel_at_next_billing_date: true,
      cancellation_feedback: 'missing_features',
      cancellation_comment: 'I need layers.',
    })

    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Your subscription goes on').waitFor()
    expect(await retrieve()).toMatchObject({ status: 'active', cancel_at_next_billing_date: false })

    await cancel(page, /^Now/, 'Too expensive')
    await page.getByText('Your subscription is cancelled').waitFor()
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0)
    const ended = await retrieve()
    expect(ended).toMatchObject({ status: 'cancelled', cancellation_feedback: 'too_expensive' })
    expect(ended.cancelled_at).toMatch(/^\d{4}-\d\d-\d\dT/)
  })
})

/** The shop's half by the API, the buyer's half on the hosted pages. */
async function sell(page: Page) {
  const client = world().client()
  const product = await client.products.create({
    name: 'Studio Pro',
    tax_category: 'saas',
    price: monthly,
  })
  const email = `mara.${product.product_id.slice(-6).toLowerCase()}@northwind.example`
  const customer = await client.customers.create({ email, name: 'Mara Lindqvist' })
  const checkout = await client.checkoutSessions.create({
    product_cart: [{ product_id: product.product_id, quantity: 1 }],
    customer: { customer_id: customer.customer_id },
  })
  await buyOnPages(page, checkout.checkout_url ?? '', { country: 'Sweden' })
  await expectHeading(page, 'Thank you, it is paid')
  const found: string[] = []
  for await (const item of client.subscriptions.list({ customer_id: customer.customer_id }))
    found.push(item.subscription_id)
  expect(found).toHaveLength(1)
  return { customer, subscription_id: found[0] ?? '' }
}

async function cancel(page: Page, when: RegExp, reason: string, comment?: string) {
  await page.getByRole('link', { name: 'Cancel subscription' }).click()
  await page.getByLabel(when).check()
  await page.getByLabel('Why are you cancelling?').selectOption({ label: reason })
  if (comment !== undefined) await page.getByLabel('Anything we should know?').fill(comment)
  await page.getByRole('button', { name: 'Cancel subscription' }).click()
}
