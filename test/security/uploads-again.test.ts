// Uploads that look alike from outside: each is one file, and one that is sent again is the same.
import { randomBytes } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { createProduct } from '#core/catalog/create-product.ts'
import { createApp } from '#src/app.ts'
import { readConfig } from '#src/config.ts'
import type { BusinessCtx } from '#src/context.ts'
import { download } from '#test/support/buy.ts'
import { formWith } from '#test/support/files.ts'
import { useWorld } from '#test/support/listen-world.ts'
import { rowsOf } from '#test/support/story.ts'

const world = useWorld()

async function filesEntitlement(): Promise<string> {
  const { id } = await world()
    .client()
    .entitlements.create({
      name: 'Archive',
      integration_type: 'digital_files',
      integration_config: { digital_file_ids: [] },
    })
  return id
}

const part = (name: string, bytes: Uint8Array) => formWith(new File([bytes as Uint8Array<ArrayBuffer>], name))
const keyed = (key: string) => ({ authorization: `Bearer ${world().api_key}`, 'idempotency-key': key })

test('over HTTP a form that comes again is answered again, and another of its size is refused', async () => {
  const url = `${world().url}/api/entitlements/${await filesEntitlement()}/files`
  const bytes = randomBytes(3_000_000)
  const send = async (name: string, sent: Uint8Array) => {
    const answer = await fetch(url, { method: 'POST', headers: keyed('volume-1'), body: part(name, sent) })
    return { status: answer.status, again: answer.headers.get('idempotent-replayed'), body: await answer.text() }
  }
  const first = await send('a.zip.001', bytes)
  const second = await send('a.zip.001', bytes)
  expect([first.status, first.again]).toEqual([201, null])
  expect([second.status, second.again, second.body]).toEqual([201, 'true', first.body])
  expect((await send('a.zip.002', bytes)).status).toBe(422)
  expect((await send('a.zip.001', randomBytes(3_000_000))).status).toBe(422)
})

test('over HTTP whoever sends more than there is room for hears so, however much it is', async () => {
  const { ctx } = world().modes.test
  const roomy = ctx.files_per_business
  Object.assign(ctx, { files_per_business: 1000 })
  onTestFinished(() => void Object.assign(ctx, { files_per_business: roomy }))
  const url = `${world().url}/api/entitlements/${await filesEntitlement()}/files`
  const { product_id } = await createProduct(await world().fresh(), download(2000))
  const awaited = await world().client().products.updateFiles(product_id, { file_name: 'a.zip' })
  const bytes = randomBytes(30_000_000)
  const form = await fetch(url, { method: 'POST', headers: keyed('too-much'), body: part('a.zip', bytes) })
  const plain = await fetch(awaited.url, { method: 'PUT', body: bytes })
  for (const answer of [form, plain]) {
    expect([answer.status, (await answer.json()).code]).toEqual([413, 'PAYLOAD_TOO_LARGE'])
  }
})

test('a part that is retried while another of its size is under way is a file of its own', async () => {
  const { app, waiting, go } = slowStore()
  const url = `${world().urls.api()}/entitlements/${await filesEntitlement()}/files`
  const send = (name: string, retry: number) => {
    const headers = { authorization: `Bearer ${world().api_key}`, 'x-stainless-retry-count': String(retry) }
    return app.request(url, { method: 'POST', headers, body: part(name, randomBytes(1000)) })
  }
  const other = send('b.zip.002', 0)
  await waiting
  const retried = send('b.zip.001', 1)
  await expect.poll(async () => (await namesOf('b.zip')).length).toBe(2)
  go()
  const ids = await Promise.all([other, retried].map(async (answer) => (await (await answer).json()).file_id))
  expect(new Set(ids).size).toBe(2)
})

const namesOf = async (name: string) =>
  (await rowsOf(world(), 'files')).filter(({ filename }) => filename.startsWith(name))

/** The same app over a store that writes nothing before it is told to. */
function slowStore() {
  const { test: runtime } = world().modes
  const { storage } = runtime.ctx
  const [reached, going] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const put: BusinessCtx['storage']['put'] = async (...asked) => {
    reached.resolve()
    await going.promise
    return storage.put(...asked)
  }
  const ctx = { ...runtime.ctx, storage: { ...storage, put } }
  const config = readConfig({ PORTICO_TEST_URL: world().urls.base })
  const app = createApp({ modes: { ...world().modes, test: { ...runtime, ctx } }, config })
  return { app, waiting: reached.promise, go: going.resolve }
}
