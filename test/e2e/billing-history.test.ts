import { readFile } from 'node:fs/promises'
import { unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { desktop, phone, useBrowser } from '#test/support/browser.ts'
import { buy, cards, download, plan } from '#test/support/buy.ts'
import { signedIn } from '#test/support/everyday.ts'
import { useWorld } from '#test/support/listen-world.ts'
import { expectHeading } from '#test/support/person.ts'

const world = useWorld({ startsAt: '2024-01-15T10:00:00Z' })
const open = useBrowser(() => world().url)
let customer_id = ''

/** 29 renewals and the first payment of one plan, a plan whose card begins to fail, a purchase: 33 payments. */
beforeAll(async () => {
  const bought = await buy(world(), plan({ price: 2900 }, { name: 'Studio Pro' }))
  customer_id = bought.customer_id
  await world().advanceTo('2024-03-01T10:00:00Z')
  await buy(world(), plan({ price: 450 }, { name: 'Stock Textures' }), { card: cards.failsLater })
  await buy(world(), download(4900))
  await world().advanceTo('2026-06-16T10:00:00Z')
})

const rows = (page: Page) => page.getByRole('row').filter({ has: page.getByRole('cell') })
const history = () => world().urls.portal.billingHistory(world().business_id)

describe.each([
  { how: 'on a desktop', javascript: true, viewport: desktop },
  { how: 'on a phone without JavaScript', javascript: false, viewport: phone },
])('$how', ({ javascript, viewport }) => {
  const openHistory = async () => {
    const page = await open({ javascript, viewport, cookies: await signedIn(world(), customer_id) })
    await page.goto(history())
    await expectHeading(page, 'Billing history')
    return page
  }

  test('pages run from the newest to the oldest', async () => {
    const page = await openHistory()
    expect(await rows(page).count()).toBe(25)
    expect(await rows(page).first().textContent()).toContain('Jun 15, 2026')
    await page.getByRole('link', { name: 'Older' }).click()
    await page.getByText('Page 2').waitFor()
    expect(await rows(page).count()).toBe(8)
    expect(await rows(page).last().textContent()).toContain('Jan 15, 2024')
    expect(await page.getByRole('link', { name: 'Older' }).count()).toBe(0)
    await page.getByRole('link', { name: 'Newer' }).click()
    await expect.poll(() => rows(page).count()).toBe(25)
  })

  test('filters narrow it, stay in the address, and Back brings them back', async () => {
    const page = await openHistory()
    const filter = async (choice: { Status?: string; Type?: string }) => {
      const folded = page.locator('.spreads:not([open]) > summary')
      if (await folded.isVisible()) await folded.click()
      for (const [label, value] of Object.entries(choice)) await page.getByLabel(label).selectOption({ label: value })
      await page.getByRole('button', { name: 'Filter' }).click()
    }
    await filter({ Type: 'One-time' })
    await expect.poll(() => rows(page).count()).toBe(1)
    expect(await rows(page).textContent()).toContain('Brush pack')
    await filter({ Status: 'Failed', Type: 'Subscription' })
    await expect.poll(() => rows(page).textContent()).toContain('Stock Textures')
    expect(await rows(page).textContent()).toContain('Your bank did not approve the payment')

    await page.getByRole('link', { name: 'Overview' }).first().click()
    await expectHeading(page, 'Your plans and billing')
    await page.goBack()
    await expectHeading(page, 'Billing history')
    expect(await page.getByLabel('Status').locator('option:checked').textContent()).toBe('Failed')
    expect(await rows(page).count()).toBe(1)

    await filter({ Type: 'One-time' })
    await page.getByText('Nothing matches this filter').waitFor()
    await page.getByRole('link', { name: 'Show everything' }).click()
    await expect.poll(() => rows(page).count()).toBe(25)
  })
})

test.each(['en', 'ar'])('an invoice is a PDF to keep, in %s', async (locale) => {
  const cookies = { ...(await signedIn(world(), customer_id)), NEXT_LOCALE: locale }
  const page = await open({ cookies })
  await page.goto(history())
  const link = rows(page).first().getByRole('link').last()
  const number = /[A-Z]+-\d+/.exec((await link.textContent()) ?? '')?.[0] ?? ''
  const [saved] = await Promise.all([page.waitForEvent('download'), link.getByText(number).click()])
  expect(saved.suggestedFilename()).toBe(`${number}.pdf`)
  const pdf = (await readFile(await saved.path())).toString('latin1')
  expect(pdf).toMatch(/^%PDF-1\.7/)
  expect(pdf).toContain(`/Lang (${locale})`)

  const answer = await page.request.get((await link.getAttribute('href')) ?? '')
  expect(answer.headers()).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="${number}.pdf"`,
    'x-content-type-options': 'nosniff',
    'cache-control': expect.stringContaining('no-store'),
  })
})

test('a payment tells what it was for, and its invoice can be corrected', async () => {
  const page = await open({ cookies: await signedIn(world(), customer_id) })
  await page.goto(history())
  await rows(page).first().getByRole('link', { name: 'Studio Pro' }).click()
  await expectHeading(page, 'Studio Pro')
  await page.getByRole('link', { name: 'Correct the details' }).click()
  await expectHeading(page, /^Details on invoice/)
  await page.getByLabel('Company').fill('Northwind AB')
  await page.getByRole('button', { name: 'Issue the correction' }).click()
  await page.getByText('A company stands on an invoice with its tax ID').waitFor()
  await page.getByLabel('VAT or tax ID').fill('SE556677889901')
  await page.getByLabel('Address').fill('Storgatan 2')
  await page.getByRole('button', { name: 'Issue the correction' }).click()
  await page.getByText('The correction is issued').waitFor()
  const paper = await page.getByRole('link', { name: 'Correction' }).getAttribute('href')
  expect((await page.request.get(paper ?? '')).headers()['content-type']).toBe('application/pdf')
  await page.getByRole('link', { name: 'Correct the details' }).click()
  expect(await page.getByLabel('Address').inputValue()).toBe('Storgatan 2')
})

test('what is shown can be taken away as a table, and the papers of some days as an archive', async () => {
  const page = await open({ cookies: await signedIn(world(), customer_id) })
  await page.goto(history())
  await page.getByLabel('Search').fill('brush')
  await page.getByLabel('From').fill('2024-01-01')
  await page.getByRole('button', { name: 'Filter' }).click()
  await expect.poll(() => rows(page).count()).toBe(1)
  const table = await page.request.get((await page.getByRole('link', { name: 'CSV' }).getAttribute('href')) ?? '')
  expect((await table.text()).trim().split('\r\n')).toEqual([
    expect.stringContaining('Date,Description,Type,Status,Amount,Currency,Invoice'),
    expect.stringMatching(/^2024-03-01,Brush pack,One-time,Paid,49\.00,USD,[A-Z]+-\d+$/),
  ])
  const { business_id } = world()
  const days = { from: '2024-01-01', to: '2024-03-02' }
  const archive = await page.request.get(world().urls.portal.billingHistoryZip(business_id, days))
  expect(archive.headers()['content-type']).toBe('application/zip')
  const files = unzipSync(await archive.body())
  // Two months of the plan, the other plan, the purchase.
  expect(Object.keys(files)).toHaveLength(4)
  for (const file of Object.values(files)) expect(Buffer.from(file.subarray(0, 5)).toString()).toBe('%PDF-')
})

test('somebody else’s invoice is not there', async () => {
  const other = await buy(world(), download(900), { email: 'other@elsewhere.example', name: 'Other' })
  const { items } = await world().client().payments.list({ customer_id: other.customer_id })
  const page = await open({ cookies: await signedIn(world(), customer_id) })
  const { portal } = world().urls
  const payment_id = items[0]?.payment_id ?? ''
  for (const place of [portal.payment, portal.invoiceDetails, portal.invoiceCorrection, portal.invoice]) {
    const answer = await page.goto(place(world().business_id, payment_id))
    expect(answer?.status()).toBe(404)
  }
  await expectHeading(page, 'This page does not exist')
})
