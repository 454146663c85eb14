// What each page weighs, as a browser gets it.
import type { Browser } from 'playwright-core'
import { openContext, watch } from '#test/support/browser.ts'
import { everyPage, type Grounds, type Place, reach } from '#test/support/every-page.ts'
import { type PageWeight, watchWeight, weigh } from '#test/support/page-weight.ts'

export interface WeighedPage extends PageWeight {
  name: string
  main: boolean
  /** Requests to other hosts, and whatever else went wrong. */
  faults: string[]
}

export async function weighAll(browser: Browser, grounds: Grounds): Promise<WeighedPage[]> {
  const weighed: WeighedPage[] = []
  for (const place of everyPage.filter(({ tool }) => tool !== true))
    weighed.push(await weighOne(browser, grounds, place))
  return weighed
}

async function weighOne(browser: Browser, grounds: Grounds, place: Place): Promise<WeighedPage> {
  const { url } = grounds.world
  const context = await openContext(browser, url, { cookies: place.as && grounds.cookies[place.as] })
  try {
    const faults = watch(context, [new URL(url).host])
    const page = await context.newPage()
    watchWeight(page)
    try {
      await reach(page, place, grounds)
    } catch (error) {
      throw new Error(`${place.name} could not be reached`, { cause: error })
    }
    return { name: place.name, main: place.main === true, ...(await weigh(page)), faults }
  } finally {
    await context.close()
  }
}
