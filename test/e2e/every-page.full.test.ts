// What every-page.test.ts leaves out: every page in every language, light and dark, as drawn on a phone too.
import { beforeAll, describe, expect, test } from 'vitest'
import { completeLocales } from '#i18n/locales.ts'
import { registerPseudoLocales } from '#i18n/pseudo.ts'
import { desktop, phone, useBrowser } from '#test/support/browser.ts'
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

const looks = completeLocales.flatMap(({ code }) =>
  (['light', 'dark'] as const).flatMap((colors) => [
    { locale: code, colors, on: 'a desktop', viewport: desktop },
    { locale: code, colors, on: 'a phone', viewport: phone },
  ]),
)

describe.each(looks)('$locale, $colors, on $on', ({ locale, colors, viewport }) => {
  const places = everyPage.filter((place) => !place.tool || locale === 'en')
  test.each(places)('$name', async (place: Place) => {
    const page = await open({ colors, viewport, cookies: cookiesAt(place, locale) })
    await reach(page, place, grounds)
    expect(await violations(page)).toEqual([])
  })
})

describe.each(['en-XA', 'zh-XA'])('%s', (locale) => {
  test.each(everyPage.filter(({ tool }) => !tool))('$name', async (place: Place) => {
    const page = await open({ cookies: cookiesAt(place, locale) })
    await reach(page, place, grounds)
    expect(await overflows(page)).toEqual([])
  })
})
