import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { limitRequestTime } from './request-time.ts'

const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
  const body = await buffer(request).catch(() => undefined)
  response.end(String(body?.byteLength))
})
beforeAll(async () => {
  limitRequestTime(server, { short_ms: 300, idle_ms: 300 })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

/** Sends a byte now and then; answers what came back, and how long it took. */
async function dawdle(path: string, asked: { bytes: number; says?: number }) {
  const { bytes, says = bytes } = asked

  const begun = performance.now()
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const chunks: Buffer[] = []
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => undefined)
  socket.write(`POST ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${says}\r\n\r\n`)
  for (let sent = 0; sent < bytes && !socket.destroyed; sent += 1) {
    await sleep(100)
    if (socket.writable) socket.write('x')
  }
  await closed
  return { text: Buffer.concat(chunks).toString(), ms: performance.now() - begun }
}

test('a short request has its seconds and no more, however it dawdles', async () => {
  const { text, ms } = await dawdle('/api/products', { bytes: 20 })
  expect(text).toMatch(/^HTTP\/1.1 408 /)
  expect(ms).toBeLessThan(1_500)
})

test.each(['/files/bus_1/f?until=1', '/api/entitlements/ent_1/files'])('a file to %s has its time', async (path) => {
  const { text, ms } = await dawdle(path, { bytes: 8 })
  expect(text).toMatch(/\r\n\r\n8$/)
  expect(ms).toBeGreaterThan(700)
})

test('while its bytes keep coming', async () => {
  const { text, ms } = await dawdle('/files/bus_1/f', { bytes: 1, says: 10 })
  expect(text).toMatch(/^HTTP\/1.1 408 /)
  expect(ms).toBeLessThan(1_500)
})
