// A real browser for tests, and pages that fail their test on what a person would not see: errors in the console, a refused
// script, a request to somebody else's host.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import { findChromium } from './chromium.ts'

export const desktop = { width: 1440, height: 900 }
export const phone = { width: 390, height: 844 }

export interface PageOptions {
  javascript?: boolean
  viewport?: { width: number; height: number }
  /** What the browser asks for in Accept-Language. */
  locale?: string
  colors?: 'light' | 'dark'
  /** Hosts under `.example` that this story leads to. They answer an empty page. */
  elsewhere?: readonly string[]
  /** The content security policy is lifted, for what only an attacker would do. */
  ignorePolicy?: boolean
  /** Name and value of cookies that are there from the start. */
  cookies?: Record<string, string>
}

export type OpenPage = (options?: PageOptions) => Promise<Page>

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Whatever a page or the browser itself wants from elsewhere does not leave this machine. */
const resolve = (elsewhere: string) =>
  `--host-resolver-rules=MAP localhost 127.0.0.1, MAP *.example ${elsewhere}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`

/** `elsewhere`: address and port of whoever plays the hosts under `.example`. */
export function launchBrowser(elsewhere = '~NOTFOUND'): Promise<Browser> {
  const { path, env } = findChromium()
  return chromium.launch({
    executablePath: path,
    args: [...flags, resolve(elsewhere)],
    env: { ...process.env, ...env },
  })
}

/** The rest of the world: an empty page on every address. Answers its address and port. */
async function startElsewhere(): Promise<string> {
  const server = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end('<!doctype html>'))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  server.unref()
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

interface Tab {
  page: Page
  faults: string[]
}

let running: Promise<Browser> | undefined

/** One for all test files of a process. It ends with the process: Chromium goes when the pipe to it is closed. */
async function theBrowser(): Promise<Browser> {
  running ??= startElsewhere().then(launchBrowser)
  const browser = await running
  if (browser.isConnected()) return browser
  running = undefined
  return theBrowser()
}

/**
 * Call it once in a test file. A tab that is free is used again, without cookies, by a test that wants the same kind: opening one takes
 * longer than many a test.
 */
export function useBrowser(origin: () => string): OpenPage {
  let browser: Browser
  const free = new Map<string, Tab[]>()
  beforeAll(async () => {
    browser = await theBrowser()
  })
  afterAll(async () => {
    await Promise.all((browser?.contexts() ?? []).map((context) => context.close()))
  })
  return async ({ cookies = {}, ...kind } = {}) => {
    const name = JSON.stringify(kind)
    const tab = free.get(name)?.pop() ?? (await openTab(browser, origin(), kind))
    await addCookies(tab.page.context(), origin(), cookies)
    onTestFinished(async () => {
      const faults = tab.faults.splice(0)
      await leave(tab)
      free.set(name, [...(free.get(name) ?? []), tab])
      expect(faults, 'what went wrong in the browser').toEqual([])
    })
    return tab.page
  }
}

async function openTab(browser: Browser, origin: string, kind: PageOptions): Promise<Tab> {
  const context = await openContext(browser, origin, kind)
  const faults = watch(context, [new URL(origin).host, ...(kind.elsewhere ?? [])])
  return { page: await context.newPage(), faults }
}

async function leave({ page, faults }: Tab): Promise<void> {
  const context = page.context()
  for (const other of context.pages()) if (other !== page) await other.close()
  await page.goto('about:blank')
  await context.clearCookies()
  faults.length = 0
}

const addCookies = (context: BrowserContext, url: string, cookies: Record<string, string>) =>
  context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url })))

export async function openContext(browser: Browser, origin: string, options: PageOptions): Promise<BrowserContext> {
  const { javascript = true, viewport = desktop, locale = 'en', colors = 'light', cookies = {} } = options
  const context = await browser.newContext({
    javaScriptEnabled: javascript,
    viewport,
    locale,
    colorScheme: colors,
    bypassCSP: options.ignorePolicy ?? false,
    hasTouch: viewport.width < 760,
    serviceWorkers: 'block',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(10_000)
  await addCookies(context, origin, cookies)
  for (const host of options.elsewhere ?? []) {
    await context.route(`**://${host}/**`, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
    )
  }
  return context
}

/** A list that grows with every fault. An answer of 4xx to a navigation is a page, not a fault. */
export function watch(context: BrowserContext, hosts: readonly string[]): string[] {
  const faults: string[] = []
  context.on('weberror', (error) => faults.push(`error: ${error.error().message}`))
  context.on('console', (message) => {
    // Said by the responses below, which know whether it was a page.
    if (message.text().startsWith('Failed to load resource')) return
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
  context.on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    if (protocol.startsWith('http') && !hosts.includes(host)) faults.push(`foreign host: ${request.url()}`)
  })
  context.on('response', (response) => {
    const page = response.request().isNavigationRequest()
    if (response.status() >= (page ? 500 : 400)) faults.push(`${response.status()}: ${response.url()}`)
  })
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? ''
    // What a person leaves behind by going on, or downloads instead of showing.
    if (reason !== 'net::ERR_ABORTED') faults.push(`${reason}: ${request.url()}`)
  })
  return faults
}
