// Every page, in English by day and in Arabic by night: no accessibility violation, and nothing sticks out at any width.
import { beforeAll, describe, expect, test } from 'vitest'
import { registerPseudoLocales } from '#i18n/pseudo.ts'
import { useBrowser } from '#test/support/browser.ts'
import { everyPage, type Grounds, type Place, prepareGrounds, reach } from '#test/support/every-page.ts'
import { everydayWorld } from '#test/support/everyday.ts'
import { useWorld } from '#test/support/listen-world.ts'
import { overflows, violations } from '#test/support/measure.ts'

const world = useWorld(everydayWorld)
const open = useBrowser(() => world().url)
let grounds: Grounds

beforeAll(async () => {
  registerPseudoLocales()
  grounds = await prepareGrounds(world())
})

const cookiesAt = (place: Place, locale: string) => ({
  NEXT_LOCALE: locale,
  ...(place.as && grounds.cookies[place.as]),
})

describe.each([
  { locale: 'en', colors: 'light', places: everyPage },
  { locale: 'ar', colors: 'dark', places: everyPage.filter(({ tool }) => !tool) },
] as const)('$locale, $colors', ({ locale, colors, places }) => {
  test.each([...places])('$name', async (place: Place) => {
    const page = await open({ colors, cookies: cookiesAt(place, locale) })
    await reach(page, place, grounds)
    expect(await page.locator('html').getAttribute('lang')).toBe(place.tool ? 'en' : locale)
    expect(await violations(page)).toEqual([])
    expect(await overflows(page)).toEqual([])
  })
})

describe.each([
  { words: 'long', locale: 'en-XA' },
  { words: 'unspaced', locale: 'zh-XA' },
])('$words words', ({ locale }) => {
  test.each(everyPage.filter(({ main }) => main))('$name', async (place: Place) => {
    const page = await open({ cookies: cookiesAt(place, locale) })
    await reach(page, place, grounds)
    expect(await page.locator('html').getAttribute('lang')).toBe(locale)
    expect(await overflows(page)).toEqual([])
  })
})
