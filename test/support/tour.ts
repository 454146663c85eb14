// A tour of the pages in one language and light: what every-page.ts lists, in a world made for it.
import type { Page } from 'playwright-core'
import { beforeAll, expect } from 'vitest'
import { registerPseudoLocales } from '#i18n/pseudo.ts'
import { type PageOptions, useBrowser } from './browser.ts'
import { type Grounds, type Place, prepareGrounds, reach } from './every-page.ts'
import { everydayWorld } from './everyday.ts'
import { useWorld } from './listen-world.ts'
import { watchWeight } from './page-weight.ts'

export interface Look extends Pick<PageOptions, 'colors' | 'viewport'> {
  locale: string
}

/** Call it once in a test file. The page it answers is the place's, in the language asked for. */
export function useTour(): (place: Place, look: Look) => Promise<Page> {
  const world = useWorld(everydayWorld)
  const open = useBrowser(() => world().url)
  let grounds: Grounds
  beforeAll(async () => {
    registerPseudoLocales()
    grounds = await prepareGrounds(world())
  })
  return async (place, { locale, ...kind }) => {
    const cookies = { NEXT_LOCALE: locale, ...(place.as && grounds.cookies[place.as]) }
    const page = await open({ ...kind, cookies })
    watchWeight(page)
    await reach(page, place, grounds)
    expect(await page.locator('html').getAttribute('lang')).toBe(place.tool ? 'en' : locale)
    return page
  }
}
