// What a browser is sent for a page, compressed: the document, its stylesheets, its scripts.
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'

/** Bytes of gzip. */
export interface PageWeight {
  html: number
  css: number
  js: number
}

/** No page may weigh more. */
export const budget: PageWeight = { html: 20 * 1024, css: 15 * 1024, js: 12 * 1024 }

const documents = new WeakMap<Page, Promise<Buffer>>()
const watched = new WeakSet<Page>()

/** Call it before the page goes anywhere; then its weight is known. */
export function watchWeight(page: Page): void {
  if (watched.has(page)) return
  watched.add(page)
  page.on('response', (response) => {
    const request = response.request()
    const leadsOn = response.status() >= 300 && response.status() < 400
    if (!request.isNavigationRequest() || leadsOn || response.frame() !== page.mainFrame()) return
    const body = response.body()
    // Who goes on before it has come does not ask for it.
    body.catch(() => undefined)
    documents.set(page, body)
  })
}

export async function weigh(page: Page): Promise<PageWeight> {
  const document = await documents.get(page)
  if (document === undefined) throw new Error(`${page.url()} was not watched`)
  const { css, js } = await assetsOf(page)
  return { html: gzipSync(document).length, css: await weightOf(page, css), js: await weightOf(page, js) }
}

/** One line for each part that is too heavy. */
export async function overweight(page: Page): Promise<string[]> {
  const weight = await weigh(page)
  return (['html', 'css', 'js'] as const)
    .filter((part) => weight[part] > budget[part])
    .map((part) => `${part}: ${weight[part]} bytes of gzip, ${budget[part]} at most`)
}

/** All that was fetched, whoever asked for it: a script may have asked for another one. */
async function assetsOf(page: Page): Promise<{ css: string[]; js: string[] }> {
  const fetched = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
  const ending = (extension: string) => [...new Set(fetched)].filter((url) => new URL(url).pathname.endsWith(extension))
  return { css: ending('.css'), js: ending('.js') }
}

const weights = new Map<string, number>()

async function weightOf(page: Page, urls: readonly string[]): Promise<number> {
  let sum = 0
  for (const url of urls) sum += weights.get(url) ?? (await fetchWeight(page, url))
  return sum
}

async function fetchWeight(page: Page, url: string): Promise<number> {
  const weight = gzipSync(await (await page.request.get(url)).body()).length
  weights.set(url, weight)
  return weight
}
