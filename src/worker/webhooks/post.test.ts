import { createServer, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { egressOf } from '#src/egress.ts'
import { receive } from '#test/support/receiver.ts'
import { type PostOptions, post } from './post.ts'

const home = egressOf('test', 'http://localhost:3000', [])
const outside = egressOf('test', 'https://test.linden.example', [])
const send = (url: string, options: Partial<PostOptions> = {}) =>
  post(
    { url, headers: { 'content-type': 'application/json' }, body: '{"a":"ü"}' },
    { egress: home, http: true, ...options },
  )

test('a name is looked up once, and the connection goes to the address that was checked', async () => {
  const shop = await receive()
  const { port } = new URL(shop.url)
  const asked: string[] = []
  // The second answer is where such a name would lead if it were asked again.
  const resolve = async (host: string) => {
    asked.push(host)
    return asked.length === 1 ? ['127.0.0.1'] : ['10.0.0.1']
  }
  const outcome = await send(`http://rebinding.example:${port}/x`, { resolve })
  expect(outcome).toEqual({ status: 'delivered', status_code: 200, response: 'ok' })
  expect(asked).toEqual(['rebinding.example'])
  expect(shop.received).toMatchObject([
    { path: '/x', headers: { host: `rebinding.example:${port}` }, body: '{"a":"ü"}' },
  ])
})

describe('is refused without a connection', () => {
  const refused = (error: string) => ({ status: 'refused', status_code: null, response: null, error })

  test.each([
    'http://127.0.0.1:9/',
    'http://[::1]:9/',
    'http://0x7f.1:9/',
    'http://[::ffff:7f00:1]:9/',
    'http://2130706433:9/',
  ])('%s, however it is written', async (url) => {
    expect(await send(url, { egress: outside })).toMatchObject(
      refused(expect.stringContaining('public address') as never),
    )
  })

  test('a name of which one address is inside', async () => {
    const resolve = async () => ['93.184.215.14', '10.0.0.1']
    const outcome = await send('http://mixed.example/', { egress: outside, resolve })
    expect(outcome).toEqual(refused('mixed.example does not lead to a public address'))
  })

  test('a name without addresses', async () => {
    const outcome = await send('http://nowhere.example/', { egress: outside, resolve: async () => [] })
    expect(outcome).toEqual(refused('nowhere.example could not be resolved'))
  })

  test('plain http in live mode', async () => {
    expect(await send('http://127.0.0.1:9/', { http: false })).toEqual(refused('Only https is sent to'))
  })
})

test('an answer of any size costs a kilobyte, cut where a character ends, without what a database refuses', async () => {
  const shop = await receive(() => ({ status: 400, body: `${'\0'.repeat(3)}${'ü'.repeat(1_000_000)}` }))
  const outcome = await send(shop.url)
  expect(outcome).toEqual({ status: 'refused', status_code: 400, response: 'ü'.repeat(510), error: 'Answered 400' })
})

test('who does not answer in time is left, at the name as well as at the door', async () => {
  const silent = await receive(() => ({ after: 'never' }))
  const late = { status: 'refused', error: 'No answer within 0.2 s' }
  expect(await send(silent.url, { timeout_ms: 200 })).toMatchObject(late)
  const resolve = () => new Promise<string[]>(() => {})
  expect(await send('http://slow.example/', { resolve, timeout_ms: 200 })).toMatchObject(late)
})

/** A server that writes what it likes. */
async function talk(say: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    say(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())))
  const { port } = server.address() as { port: number }
  return `http://127.0.0.1:${port}/`
}

test('who drips an answer is left in time as well', async () => {
  const url = await talk((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n')
    const drip = setInterval(() => socket.write('.'), 50)
    socket.on('close', () => clearInterval(drip))
  })
  expect(await send(url, { timeout_ms: 300 })).toMatchObject({ error: 'No answer within 0.3 s' })
})

test('who changes to another protocol took nothing, and holds nobody up', async () => {
  const url = await talk((socket) => {
    socket.once('data', () =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
    )
  })
  const outcome = { status: 'refused', status_code: null, response: null, error: 'Answered 101' }
  expect(await send(url, { timeout_ms: 2_000 })).toEqual(outcome)
})

test('a server that stops breaks off and says nothing of the other side', async () => {
  const silent = await receive(() => ({ after: 'never' }))
  const stopping = new AbortController()
  const sent = send(silent.url, { stopping: stopping.signal })
  await expect.poll(() => silent.received.length).toBe(1)
  stopping.abort()
  expect(await sent).toBeUndefined()
})

test('a closed door is named', async () => {
  expect(await send('http://127.0.0.1:1/')).toMatchObject({
    status: 'refused',
    error: 'Could not be reached: ECONNREFUSED',
  })
})
