// A merchant's own server: keeps what it is sent and answers as it is told.
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

export interface Reply {
  status?: number
  body?: string
  headers?: Record<string, string>
  /** Milliseconds before it answers; 'never' keeps the caller waiting. */
  after?: number | 'never'
}

export async function receive(reply: (received: Received) => Reply = () => ({})) {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const one = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') }
    received.push(one)
    const { status = 200, body = 'ok', headers = {}, after = 0 } = reply(one)
    if (after === 'never') return
    await new Promise((resolve) => setTimeout(resolve, after))
    response.writeHead(status, headers).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    received,
    /** In the order in which they came. */
    types: () => received.map(({ body }) => JSON.parse(body).type as string),
  }
}
