// When the largest part of a page is drawn on a slow machine: the page itself, and a copy of it that a bare server answers, in turns.
import { createServer, type OutgoingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext } from 'playwright-core'
import { openContext } from '#test/support/browser.ts'
import { everyPage, type Grounds, type Place, reach } from '#test/support/every-page.ts'

const SLOWDOWN = 4

export interface Painted {
  name: string
  /** Milliseconds from the beginning of the navigation. */
  portico: number[]
  copy: number[]
}

export async function paintMain(
  browser: Browser,
  grounds: Grounds,
  rounds: number,
  wanted: (name: string) => boolean,
): Promise<Painted[]> {
  const painted: Painted[] = []
  for (const place of everyPage.filter(({ main, name }) => main === true && wanted(name))) {
    painted.push(await paint(browser, grounds, place, rounds))
  }
  return painted
}

async function paint(browser: Browser, grounds: Grounds, place: Place, rounds: number): Promise<Painted> {
  const origin = grounds.world.url
  const context = await openContext(browser, origin, { cookies: place.as && grounds.cookies[place.as] })
  const page = await context.newPage()
  await reach(page, place, grounds)
  const { pathname, search } = new URL(page.url())
  const state = await context.storageState()
  const copy = await serveCopy(context, origin, pathname + search)
  await context.close()
  const servers = { portico: origin, copy: copy.url }
  const times = { portico: [] as number[], copy: [] as number[] }
  try {
    // The first of each only warms up.
    for (let round = 0; round <= rounds; round += 1) {
      for (const who of round % 2 === 0 ? (['portico', 'copy'] as const) : (['copy', 'portico'] as const)) {
        const fresh = await browser.newContext({
          storageState: state,
          reducedMotion: 'reduce',
          serviceWorkers: 'block',
        })
        const ms = await largestPaint(fresh, servers[who] + pathname + search)
        await fresh.close()
        if (round > 0) times[who].push(ms)
      }
    }
  } finally {
    copy.server.close()
  }
  return { name: place.name, ...times }
}

/** In a browser that knows nothing yet. */
async function largestPaint(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
  await page.goto(url, { waitUntil: 'load' })
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        setTimeout(() => reject(new Error('nothing was painted')), 5_000)
        new PerformanceObserver((list) => {
          const last = list.getEntries().at(-1)
          if (last !== undefined) resolve(last.startTime)
        }).observe({ type: 'largest-contentful-paint', buffered: true })
      }),
  )
}

interface Kept {
  headers: OutgoingHttpHeaders
  body: Buffer
}

/** The page and all it fetches, byte for byte and with their headers; everything is read before the first request comes. */
async function serveCopy(
  context: BrowserContext,
  origin: string,
  path: string,
): Promise<{ url: string; server: Server }> {
  const kept = new Map<string, Kept>()
  const page = await context.newPage()
  await page.goto(origin + path)
  const fetched = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
  for (const url of new Set([origin + path, ...fetched])) {
    const answer = await context.request.get(url)
    const { 'content-encoding': _, 'content-length': __, 'transfer-encoding': ___, ...headers } = answer.headers()
    const { pathname, search } = new URL(url)
    kept.set(pathname + search, { headers, body: await answer.body() })
  }
  const server = createServer((request, response) => {
    const found = kept.get(request.url ?? '')
    response.writeHead(found === undefined ? 404 : 200, {
      ...found?.headers,
      'content-length': found?.body.length ?? 0,
    })
    response.end(found?.body)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, server }
}
