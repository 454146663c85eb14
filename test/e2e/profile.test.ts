// Who one is: details on the next invoice, another address, what was done, one's data, and leaving nothing behind.
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { desktop, phone, useBrowser } from '#test/support/browser.ts'
import { buy, plan } from '#test/support/buy.ts'
import { signedIn } from '#test/support/everyday.ts'
import { readMail } from '#test/support/inbox.ts'
import { useWorld } from '#test/support/listen-world.ts'
import { expectHeading } from '#test/support/person.ts'

const world = useWorld({ startsAt: '2026-03-05T09:20:00Z' })
const open = useBrowser(() => world().url)
const portal = () => world().urls.portal

async function newCustomer(name: string) {
  const bought = await buy(world(), plan({}, { name: 'Studio Pro' }), {
    email: `${name}@northwind.example`,
    name: 'Mara',
  })
  return { ...bought, cookies: await signedIn(world(), bought.customer_id) }
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

describe.each([
  { how: 'on a desktop', javascript: true, viewport: desktop, name: 'desk' },
  { how: 'on a phone without JavaScript', javascript: false, viewport: phone, name: 'pocket' },
])('$how', ({ javascript, viewport, name }) => {
  test('details are changed once, and stand on the subscription and on the next invoice', async () => {
    const { customer_id, subscription_id, cookies } = await newCustomer(`details-${name}`)
    const page = await open({ javascript, viewport, cookies })
    await page.goto(portal().profile(world().business_id))
    await page.getByRole('link', { name: 'Edit', exact: true }).click()
    await page.getByLabel('Full name').fill('Mara Lindqvist')
    await page.getByLabel('Company').fill('Northwind AB')
    await page.getByLabel('Country').selectOption({ label: 'Sweden' })
    await press(page, 'Save')
    await page.getByText('A company stands on an invoice with its tax ID').waitFor()
    await page.getByLabel('VAT or tax ID').fill('SE556677889901')
    await page.getByLabel('Address').fill('Storgatan 2')
    await page.getByLabel('Phone').fill('+46 8 123 45 67')
    await press(page, 'Save')
    await page.getByText('Your details are saved').waitFor()
    expect(await page.locator('main').textContent()).toContain('Northwind AB')
    const subscription = await world().client().subscriptions.retrieve(subscription_id)
    expect(subscription).toMatchObject({ tax_id: 'SE556677889901', billing: { street: 'Storgatan 2', country: 'SE' } })
    expect(await world().client().customers.retrieve(customer_id)).toMatchObject({
      name: 'Mara Lindqvist',
      phone_number: '+46 8 123 45 67',
    })

    await page.goto(portal().subscriptionBilling(world().business_id, subscription_id))
    await page.getByLabel(/^Use it for all/).uncheck()
    await page.getByLabel('Address').fill('Hamngatan 9')
    await press(page, 'Save')
    await expectHeading(page, 'Studio Pro')
    await page.goto(portal().profile(world().business_id))
    expect(await page.locator('main').textContent()).toContain('Storgatan 2')
    await page.getByText('Billing information changed').first().waitFor()
  })

  test('another address counts once its own mail was read, and the old one is told', async () => {
    const { cookies } = await newCustomer(`old-${name}`)
    const page = await open({ javascript, viewport, cookies })
    await page.goto(portal().profileEmail(world().business_id))
    await page.getByLabel('New e-mail address').fill(`new-${name}@northwind.example`)
    await press(page, 'Send the link')
    await page.getByText('Look in the new inbox').waitFor()
    expect(await page.locator('main').textContent()).toContain(`old-${name}@northwind.example`)

    const reader = await open()
    const { link } = await readMail(reader, world(), `new-${name}@northwind.example`)
    await reader.goto(link)
    await reader.goto(link)
    await press(reader, 'Use this address')
    await expectHeading(reader, 'Your e-mail address is changed')
    await reader.goto(link)
    await expectHeading(reader, 'This link was used')
    await page.goto(portal().profile(world().business_id))
    expect(await page.locator('main').textContent()).toContain(`new-${name}@northwind.example`)
    await expect
      .poll(async () => {
        await reader.goto(world().urls.mailbox())
        return reader.getByText('was changed').filter({ hasText: 'e-mail address' }).count()
      })
      .toBeGreaterThan(0)
  })
})

test('one’s data comes as a file; deleting it waits for the end of what runs and says what is kept', async () => {
  const { customer_id, subscription_id, cookies } = await newCustomer('leaver')
  const page = await open({ cookies })
  await page.goto(portal().profile(world().business_id))
  const [saved] = await Promise.all([page.waitForEvent('download'), press(page, 'Download')])
  expect(saved.suggestedFilename()).toBe('my-data.json')
  const data = JSON.parse(await readFile(await saved.path(), 'utf8'))
  expect(data).toMatchObject({ customers: [{ customer_id }], subscriptions: [{ subscription_id }] })

  await page.getByRole('link', { name: 'See what is deleted' }).click()
  await page.getByText('1 invoice is kept with your name until March 5, 2036').waitFor()
  await page.getByRole('link', { name: 'Cancel subscription' }).click()
  await page.getByLabel(/^Now/).check()
  await page.getByLabel('Why are you cancelling?').selectOption({ label: 'Other' })
  await page.locator('main').getByRole('button', { name: 'Cancel subscription' }).click()
  await page.getByText('Cancelled').first().waitFor()

  await page.goto(portal().deletion(world().business_id))
  await page.getByLabel('I understand that this cannot be undone.').check()
  await press(page, 'Delete my data now')
  await expectHeading(page, 'Your data is deleted')
  expect((await world().client().customers.retrieve(customer_id)).name).toBe('Erased customer')
  const after = await page.goto(portal().profile(world().business_id))
  expect(after?.status()).toBe(401)
})
