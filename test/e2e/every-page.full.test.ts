// What `npm test` has no time for: every page in every language, light and dark, as drawn on a desktop and on a phone.
import { describe, expect, test } from 'vitest'
import { completeLocales } from '#i18n/locales.ts'
import { desktop, phone } from '#test/support/browser.ts'
import { everyPage } from '#test/support/every-page.ts'
import { overflows, violations } from '#test/support/measure.ts'
import { useTour } from '#test/support/tour.ts'

const visit = useTour()

const looks = completeLocales.flatMap(({ code: locale }) =>
  (['light', 'dark'] as const).flatMap((colors) => [
    { locale, colors, on: 'a desktop', viewport: desktop },
    { locale, colors, on: 'a phone', viewport: phone },
  ]),
)

describe.each(looks)('$locale, $colors, on $on', ({ locale, colors, viewport }) => {
  test.each(everyPage.filter(({ tool }) => !tool || locale === 'en'))('$name', async (place) => {
    const page = await visit(place, { locale, colors, viewport })
    expect(await violations(page)).toEqual([])
    expect(await overflows(page)).toEqual([])
  })
})

describe.each(['en-XA', 'zh-XA'])('%s', (locale) => {
  test.each(everyPage.filter(({ tool }) => !tool))('$name', async (place) => {
    expect(await overflows(await visit(place, { locale }))).toEqual([])
  })
})
