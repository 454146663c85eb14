// The load, in a process of its own: autocannon, each connection with other customers' cookies.
import autocannon from 'autocannon'

export interface LoadInput {
  url: string
  cookies: string[]
  connections: number
  seconds: number
  /** Ends after this many requests instead of after the time. */
  amount?: number
}

export interface LoadResult {
  pages: number
  /** Of which pages/s is the quotient. */
  seconds: number
  /** Milliseconds. */
  median: number
  p99: number
}

process.once('message', async ({ url, cookies, connections, seconds, amount }: LoadInput) => {
  let number = 0
  const result = await autocannon({
    url,
    connections,
    ...(amount === undefined ? { duration: seconds } : { amount }),
    setupClient: (client) => {
      const own = cookies.filter((_, index) => index % connections === number)
      number += 1
      client.setRequests(own.map((cookie) => ({ method: 'GET', headers: { cookie } })))
    },
  })
  const { errors, timeouts, non2xx, latency } = result
  if (errors + timeouts + non2xx > 0) throw new Error(`${errors} errors, ${timeouts} timeouts, ${non2xx} refusals`)
  const answer: LoadResult = { pages: result['2xx'], seconds: result.duration, median: latency.p50, p99: latency.p99 }
  process.send?.(answer, () => process.exit())
})
