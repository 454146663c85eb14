// Every page there is, and how to get to it: what is measured everywhere is measured by this list.
import type { Page } from 'playwright-core'
import { buying } from './places/buying-places.ts'
import { everywhere, gettingIn } from './places/getting-in-places.ts'
import type { Grounds, Place } from './places/grounds.ts'
import { inside } from './places/portal-places.ts'
import { proving } from './places/proof-places.ts'

export { type Grounds, type Place, prepareGrounds } from './places/grounds.ts'

const developing: Place[] = [
  { name: 'start', at: ({ world }) => world.urls.dev() },
  { name: 'test inbox', at: ({ world }) => world.urls.mailbox() },
  { name: 'API reference', at: ({ world }) => world.urls.apiDocs(), tool: true },
  { name: 'API reference of a noun', at: ({ world }) => `${world.urls.apiDocs()}/subscriptions`, tool: true },
]

export const everyPage: readonly Place[] = [
  ...inside,
  ...everywhere,
  ...gettingIn,
  ...proving,
  ...buying,
  ...developing,
]

/** Goes there and does what is done there. Throws where it came to the other side of the sign-in. */
export async function reach(page: Page, place: Place, grounds: Grounds): Promise<void> {
  await page.goto(await place.at(grounds))
  await place.act?.(page)
  const isInside = (await page.locator('.app').count()) > 0
  if (isInside !== (place.as !== undefined && place.plain !== true))
    throw new Error(`${place.name} was not reached: ${page.url()}`)
}
