// Reports batches over HTTP on so many connections, for so long. A process of its own.
import { Agent, request } from 'node:http'
import { BATCH, batch } from './batch.ts'

export interface LoadInput {
  url: string
  key: string
  connections: number
}

let sent = 0

process.once('message', ({ url, key, connections }: LoadInput) => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const runFor = async (milliseconds: number): Promise<number> => {
    const end = performance.now() + milliseconds
    let taken = 0
    await Promise.all(
      Array.from({ length: connections }, async () => {
        while (performance.now() < end) {
          sent += 1
          const count = await send(url, key, agent, JSON.stringify({ events: batch(`load-${process.pid}-${sent}-`) }))
          taken += count
        }
      }),
    )
    return taken / BATCH
  }
  process.on('message', async (milliseconds: number) => process.send?.(await runFor(milliseconds)))
  process.once('disconnect', () => process.exit())
  process.send?.('ready')
})

function send(url: string, key: string, agent: Agent, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    }
    const asked = request(url, { method: 'POST', agent, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      answer.on('end', () => {
        const count = answer.statusCode === 200 ? JSON.parse(text).ingested_count : undefined
        if (count === BATCH) resolve(count)
        else reject(new Error(`${answer.statusCode} ${text}`))
      })
    })
    asked.on('error', reject).end(body)
  })
}
