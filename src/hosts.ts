// The Host header chooses the mode and nothing else: no link is ever built from it.
import type { Mode } from '#src/urls.ts'

export type HostMatch =
  | { type: 'canonical'; mode: Mode }
  /** Another name of this machine: the API answers, pages send the browser to the configured one. */
  | { type: 'alias'; mode: Mode }
  | { type: 'foreign' }

export function matchHost(requestUrl: string, urls: Record<Mode, string | undefined>): HostMatch {
  const asked = new URL(requestUrl)
  for (const mode of ['live', 'test'] as const) {
    if (urls[mode] !== undefined && asked.host === new URL(urls[mode]).host) return { type: 'canonical', mode }
  }
  for (const mode of ['test', 'live'] as const) {
    const url = urls[mode]
    if (url === undefined) continue
    const own = new URL(url)
    if (isLoopback(own.hostname) && isLoopback(asked.hostname) && own.port === asked.port)
      return { type: 'alias', mode }
  }
  return { type: 'foreign' }
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}
