// The load, in a process of its own: autocannon, each connection with its own turn of the addresses.
import autocannon from 'autocannon'

export interface LoadInput {
  /** What the paths are below. */
  url: string
  method: string
  paths: string[]
  headers: Record<string, string>
  body?: string | undefined
  connections: number
  seconds: number
}

process.once('message', async ({ url, method, paths, headers, body, connections, seconds }: LoadInput) => {
  let number = 0
  const base = new URL(url).pathname.replace(/\/$/, '')
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    setupClient: (client) => {
      const turned = [...paths.slice(number % paths.length), ...paths.slice(0, number % paths.length)]
      number += 1
      client.setRequests(turned.map((path) => ({ method, path: `${base}${path}`, headers, ...(body ? { body } : {}) })))
    },
  })
  const { errors, timeouts, non2xx } = result
  if (errors + timeouts + non2xx > 0) throw new Error(`${errors} errors, ${timeouts} timeouts, ${non2xx} refusals`)
  process.send?.(result['2xx'], () => process.exit())
})
