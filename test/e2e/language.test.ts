// Languages, right-to-left, light and dark: chosen once, kept.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { desktop, phone, useBrowser } from '#test/support/browser.ts'
import { signedIn } from '#test/support/everyday.ts'
import { useWorld } from '#test/support/listen-world.ts'
import { expectHeading } from '#test/support/person.ts'

const world = useWorld()
const open = useBrowser(() => world().url)

const ARABIC_HISTORY = 'سجل الفواتير'

const languageOf = async (page: Page) => ({
  lang: await page.locator('html').getAttribute('lang'),
  dir: await page.locator('html').getAttribute('dir'),
})

async function localeCookie(page: Page) {
  const cookie = (await page.context().cookies()).find(({ name }) => name === 'NEXT_LOCALE')
  if (cookie === undefined) return undefined
  const days = (cookie.expires - Temporal.Now.instant().epochMilliseconds / 1000) / 86_400
  return { value: cookie.value, days: Math.round(days) }
}

async function newVisitor(name: string) {
  const { customer_id } = await world()
    .client()
    .customers.create({ email: `${name}@northwind.example`, name })
  return { customer_id, cookies: await signedIn(world(), customer_id) }
}

test('the first visit speaks the browser’s language and remembers nothing', async () => {
  const page = await open({ locale: 'ar-EG' })
  await page.goto(world().urls.login(world().business_id))
  expect(await languageOf(page)).toEqual({ lang: 'ar', dir: 'rtl' })
  expect(await localeCookie(page)).toBeUndefined()
  const french = await open({ locale: 'xx' })
  await french.goto(world().urls.login(world().business_id))
  expect(await languageOf(french)).toEqual({ lang: 'en', dir: 'ltr' })
})

test('?locale= sets the language and keeps it', async () => {
  const page = await open()
  await page.goto(`${world().urls.login(world().business_id)}?locale=ar`)
  expect(await languageOf(page)).toEqual({ lang: 'ar', dir: 'rtl' })
  expect(await localeCookie(page)).toEqual({ value: 'ar', days: 365 })
  await page.goto(world().urls.login(world().business_id))
  expect(await languageOf(page)).toEqual({ lang: 'ar', dir: 'rtl' })
  await page.goto(`${world().urls.login(world().business_id)}?locale=tlh`)
  expect(await languageOf(page)).toEqual({ lang: 'ar', dir: 'rtl' })
})

test.each([
  { how: 'on a desktop', javascript: true, viewport: desktop },
  { how: 'on a phone without JavaScript', javascript: false, viewport: phone },
])('the selector changes the language of the page one is on, $how', async ({ javascript, viewport }) => {
  const { customer_id, cookies } = await newVisitor(javascript ? 'desk' : 'pocket')
  const page = await open({ javascript, viewport, cookies })
  const here = world().urls.portal.billingHistory(world().business_id, { status: 'failed' })
  await page.goto(here)
  await page.getByRole('button', { name: 'Language: English' }).click()
  await page.getByRole('button', { name: 'العربية' }).click()
  await expectHeading(page, ARABIC_HISTORY)
  expect(page.url()).toBe(here)
  expect(await languageOf(page)).toEqual({ lang: 'ar', dir: 'rtl' })
  expect(await localeCookie(page)).toEqual({ value: 'ar', days: 365 })
  const { locale } = await world()
    .ctx.db.selectFrom('customers')
    .select('locale')
    .where('customer_id', '=', customer_id)
    .executeTakeFirstOrThrow()
  expect(locale).toBe('ar')

  await page.getByRole('button', { name: /العربية/ }).click()
  await page.getByRole('button', { name: 'English' }).click()
  await expectHeading(page, 'Billing history')
  expect(await languageOf(page)).toEqual({ lang: 'en', dir: 'ltr' })
})

test('the selector works before the sign-in too', async () => {
  const page = await open({ javascript: false, viewport: phone })
  await page.goto(world().urls.login(world().business_id))
  await page.getByRole('button', { name: 'Language: English' }).click()
  await page.getByRole('button', { name: 'العربية' }).click()
  await expect.poll(() => languageOf(page)).toEqual({ lang: 'ar', dir: 'rtl' })
  expect(await localeCookie(page)).toEqual({ value: 'ar', days: 365 })
})

/** Of the page's ground: 0 is black, 255 white. */
const brightness = (page: Page) =>
  page.evaluate(() => {
    const drawn = new OffscreenCanvas(1, 1).getContext('2d')
    if (drawn === null) throw new Error('nothing to draw on')
    drawn.fillStyle = getComputedStyle(document.body).backgroundColor
    drawn.fillRect(0, 0, 1, 1)
    return drawn.getImageData(0, 0, 1, 1).data[0] ?? -1
  })

test('light and dark follow the system until one is chosen, and the choice holds', async () => {
  const { cookies } = await newVisitor('owl')
  const overview = world().urls.portal.overview(world().business_id)
  const page = await open({ cookies })
  await page.goto(overview)
  expect(await brightness(page)).toBeGreaterThan(200)
  await page.getByRole('button', { name: 'Light or dark' }).click()
  await expect.poll(() => brightness(page)).toBeLessThan(60)
  await page.reload()
  expect(await brightness(page)).toBeLessThan(60)
  await page.getByRole('link', { name: 'Subscriptions' }).click()
  await expectHeading(page, 'Subscriptions')
  expect(await brightness(page)).toBeLessThan(60)

  const night = await open({ colors: 'dark', viewport: phone, cookies: (await newVisitor('bat')).cookies })
  await night.goto(overview)
  expect(await brightness(night)).toBeLessThan(60)
  await night.getByRole('button', { name: 'Menu' }).click()
  await night.getByRole('button', { name: 'Light or dark' }).click()
  await expect.poll(() => brightness(night)).toBeGreaterThan(200)
  await night.reload()
  expect(await brightness(night)).toBeGreaterThan(200)
})
