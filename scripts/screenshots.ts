// `npm run screenshots [-- words]`: every page, or those with one of the words in their name, as a customer sees it: on a desktop and
// a phone, by day and by night, in English and in Arabic. The pictures go to ./screenshots.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Browser, Page } from 'playwright-core'
import { openDatabase } from '#db/connect.ts'
import { migrate } from '#db/migrate.ts'
import { desktop, launchBrowser, openContext, phone } from '#test/support/browser.ts'
import { makeDataDirectory, removeDataDirectory } from '#test/support/data-directory.ts'
import { everyPage, type Grounds, type Place, prepareGrounds, reach } from '#test/support/every-page.ts'
import { everydayWorld } from '#test/support/everyday.ts'
import { listenWorld } from '#test/support/listen-world.ts'

const folder = join(import.meta.dirname, '..', 'screenshots')
const words = process.argv.slice(2)
const wanted = everyPage.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)))

/** More than this takes a browser too long to draw. */
const TALLEST = 5_000

const looks = ['en', 'ar'].flatMap((locale) =>
  (['light', 'dark'] as const).flatMap((colors) => [desktop, phone].map((viewport) => ({ locale, colors, viewport }))),
)

type Look = (typeof looks)[number]

async function picture(browser: Browser, grounds: Grounds, place: Place, look: Look): Promise<void> {
  const { locale, colors, viewport } = look
  const cookies = { NEXT_LOCALE: locale, ...(place.as && grounds.cookies[place.as]) }
  const context = await openContext(browser, grounds.world.url, { colors, viewport, cookies })
  try {
    const page = await context.newPage()
    await reach(page, place, grounds)
    await unroll(page, viewport)
    const name = [place.name.replaceAll(/[^a-zA-Z]+/g, '-'), locale, colors, viewport.width].join('.')
    await page.screenshot({ path: join(folder, `${name}.png`) })
  } finally {
    await context.close()
  }
}

/** The window grows to the page's height, so that what is fixed to it stays where it belongs; but not under an open dialog or menu. */
async function unroll(page: Page, { width, height }: Look['viewport']): Promise<void> {
  if ((await page.locator(':modal, :popover-open').count()) > 0) return
  const whole = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width, height: Math.min(Math.max(height, whole), TALLEST) })
  await page.evaluate(() => document.fonts.ready)
}

async function takeAll(grounds: Grounds): Promise<number> {
  const browser = await launchBrowser()
  try {
    // Look by look: a page that knocks at the sign-in comes by seldom enough for its limits.
    const all = looks.flatMap((look) => wanted.filter(speaks(look)).map((place) => ({ place, look })))
    for (const { place, look } of all) await picture(browser, grounds, place, look)
    return all.length
  } finally {
    await browser.close()
  }
}

const speaks =
  ({ locale }: Look) =>
  ({ tool }: Place) =>
    !tool || locale === 'en'

const dataDir = makeDataDirectory()
mkdirSync(folder, { recursive: true })
const connections = await openDatabase({ dataDir, role: 'server', log: pino({ level: 'error' }) })
try {
  await migrate(connections)
  const world = await listenWorld({ ...everydayWorld, database: { connections, url: '', drop: async () => {} } })
  try {
    console.log(`${await takeAll(await prepareGrounds(world))} pictures in ${folder}`)
  } finally {
    await world.close()
  }
} finally {
  await connections.close()
  removeDataDirectory(dataDir)
}
