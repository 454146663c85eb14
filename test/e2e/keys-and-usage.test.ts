import { stat } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { activateLicense } from '#core/licenses/activate-license.ts'
import { desktop, phone, useBrowser } from '#test/support/browser.ts'
import { signedIn } from '#test/support/everyday.ts'
import { useWorld } from '#test/support/listen-world.ts'
import { giveCredits, type Measured, measuredCustomer, walkTo } from '#test/support/measured-customer.ts'
import { expectHeading } from '#test/support/person.ts'
import { rowsOf } from '#test/support/story.ts'

const world = useWorld({ startsAt: '2026-11-01T09:20:00Z' })
const open = useBrowser(() => world().url)
let measured: Measured
let cookies: Record<string, string>

beforeAll(async () => {
  measured = await measuredCustomer(world())
  await walkTo(world(), measured.customer_id, '2026-11-04T10:00:00Z')
  await giveCredits(world(), measured)
  cookies = await signedIn(world(), measured.customer_id)
})

const devices = async () =>
  (await rowsOf(world(), 'license_key_instances')).map(({ name }) => name).sort((a, b) => a.localeCompare(b))

describe.each([
  { how: 'on a desktop', javascript: true, viewport: desktop },
  { how: 'on a phone without JavaScript', javascript: false, viewport: phone },
])('$how', ({ javascript, viewport }) => {
  test('a key is hidden until one asks for it, and its devices make room one by one or all at once', async () => {
    const { ctx } = world().modes.test
    await activateLicense(ctx, measured.license_key, 'Borrowed tablet')
    expect(await devices()).toHaveLength(3)
    const page = await open({ javascript, viewport, cookies })
    await page.goto(world().urls.portal.licenseKeys(world().business_id))
    await expectHeading(page, 'License keys')
    const key = page.getByText(measured.license_key, { exact: true })
    expect(await key.isVisible()).toBe(false)
    await page.locator('summary', { hasText: 'Show key' }).click()
    await key.waitFor()
    expect(await page.getByRole('button', { name: /^Copy/ }).count()).toBe(javascript ? 1 : 0)

    await page.getByRole('link', { name: /^Devices.*Brush Pack/ }).click()
    await page.getByText('3 of 3 activations used').waitFor()
    await page.getByText('In Studio, open Help').waitFor()
    await page.getByRole('link', { name: /^Deactivate.*Borrowed tablet/ }).click()
    await page.getByRole('heading', { name: 'Deactivate Borrowed tablet?' }).waitFor()
    await page.locator('form:visible').getByRole('button', { name: 'Deactivate', exact: true }).click()
    await page.getByText('The device is deactivated').waitFor()
    await page.getByText('2 of 3 activations used').waitFor()
    expect(await devices()).toEqual(['Studio Mac', 'Travel laptop'])

    await page.getByRole('link', { name: 'Deactivate all' }).click()
    await page.getByRole('heading', { name: 'Deactivate all 2 devices?' }).waitFor()
    await page.locator('form:visible').getByRole('button', { name: 'Deactivate all' }).click()
    await page.getByText('Not active on any device').waitFor()
    expect(await devices()).toEqual([])
    for (const name of ['Studio Mac', 'Travel laptop']) await activateLicense(ctx, measured.license_key, name)
  })

  test('files are downloaded from the page of what was bought, under their names', async () => {
    const page = await open({ javascript, viewport, cookies })
    await page.goto(world().urls.portal.licenseKeys(world().business_id))
    await page.getByRole('link', { name: 'See files, links and features you bought as well' }).click()
    await expectHeading(page, 'What you bought')
    await page.getByText('1.4 MB', { exact: true }).waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /^Download.*Brushes for Studio.zip/ }).click(),
    ])
    expect(download.suggestedFilename()).toBe('Brushes for Studio.zip')
    expect((await stat(await download.path())).size).toBe(1_400_000)
    await expectHeading(page, 'What you bought')
  })

  test('what was used is told in numbers, as a chart, and as a table', async () => {
    const page = await open({ javascript, viewport, cookies })
    await page.goto(world().urls.portal.usage(world().business_id))
    await expectHeading(page, 'Usage and credits')
    // 175 + 130 + 85 + 40 = 430 of 500
    await page.getByText('500 calls are included.').waitFor()
    await page.getByText('$0.0025 each beyond what is included').waitFor()
    const charts = await page
      .locator('svg[role=img]')
      .evaluateAll((all) => all.map((svg) => svg.getAttribute('aria-label')))
    expect(charts[0]).toMatch(/^Chart of API calls, Nov 1.*The highest is 175 calls\.$/)
    await page.getByText('As a table').first().click()
    const rows = page.getByRole('table').first().getByRole('row')
    expect(await rows.allTextContents()).toEqual([
      'DayUsed (calls)',
      'Nov 1, 2026175',
      'Nov 2, 2026130',
      'Nov 3, 202685',
      'Nov 4, 202640',
    ])
    await page.getByText('250 render credits expire on November 18, 2026.').waitFor()
    await page.getByRole('link', { name: 'Wallet in USD' }).click()
    await page.getByText('Thank you for waiting').waitFor()
  })
})

test('copying takes the whole key', async () => {
  const page = await open({ cookies })
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(world().urls.portal.licenseKey(world().business_id, measured.license_key_id))
  await page.getByRole('button', { name: /^Copy/ }).click()
  await page.getByText('Copied').waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(measured.license_key)
})
