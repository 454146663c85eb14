import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startFakeS3 } from '#test/support/fake-s3.ts'
import { describeStorage } from './contract.ts'
import { createStorage } from './create-storage.ts'
import { type S3Settings, s3Storage } from './s3.ts'

let fake: Awaited<ReturnType<typeof startFakeS3>>
beforeAll(async () => {
  fake = await startFakeS3()
})
afterAll(() => fake.stop())

describeStorage('an object store', async () => ({ storage: s3Storage(fake.settings), countAll: fake.countAll }))

async function* bytes(text: string) {
  yield Buffer.from(text)
}

describe('an object store', () => {
  test('that knows us by another key: it does not answer, it has not lost anything', async () => {
    const storage = s3Storage({ ...fake.settings, secret_access_key: 'another' })
    const unavailable = { code: 'SERVICE_UNAVAILABLE', status: 503 }
    await expect(storage.put('test/bus_1/one', bytes('one'), 10)).rejects.toMatchObject(unavailable)
    await expect(storage.open('test/bus_1/one')).rejects.toMatchObject(unavailable)
    await expect(storage.remove('test/bus_1/one')).rejects.toMatchObject(unavailable)
    expect(await fake.countAll()).toBe(0)
  })

  test('that lost its bucket has not lost one object: it is not there', async () => {
    const storage = s3Storage({ ...fake.settings, bucket: 'another' })
    await expect(storage.open('test/bus_1/one')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
  })

  test('gives up the parts that a killed process left behind, with their key', async () => {
    const storage = s3Storage(fake.settings)
    fake.leaveParts('test/bus_1/one')
    fake.leaveParts('test/bus_1/one-more')
    await storage.remove('test/bus_1/one')
    expect(await fake.countAll()).toBe(1)
    await storage.remove('test/bus_1/one-more')
    expect(await fake.countAll()).toBe(0)
  })

  test('that cannot say which uploads were broken off gives up its objects all the same', async () => {
    const small = await startFakeS3({ listsUploads: false })
    const storage = s3Storage(small.settings)
    await storage.put('test/bus_1/one', bytes('one'), 10)
    await storage.remove('test/bus_1/one')
    expect(await small.countAll()).toBe(0)
    await small.stop()
  })

  test('keeps nobody waiting behind many who read slowly', { timeout: 4_000 }, async () => {
    const storage = s3Storage(fake.settings)
    await storage.put('test/bus_1/one', bytes('one'), 10)
    const slow = await Promise.all(Array.from({ length: 60 }, () => storage.open('test/bus_1/one')))
    expect(slow.every((content) => content !== undefined)).toBe(true)
    await storage.put('test/bus_1/two', bytes('two'), 10)
    for (const content of slow) content?.destroy()
    for (const key of ['one', 'two']) await storage.remove(`test/bus_1/${key}`)
  })

  test('is what the settings name, or else a directory', async () => {
    const storage = createStorage({ data_dir: 'data', s3: fake.settings })
    await storage.put('test/bus_1/one', bytes('one'), 10)
    expect(await fake.countAll()).toBe(1)
    await storage.remove('test/bus_1/one')
    expect(await storage.open('test/bus_1/one')).toBeUndefined()
  })
})

// A store of one's own, where there is one: PORTICO_TEST_S3_ENDPOINT, _BUCKET, _ACCESS_KEY_ID, _SECRET_ACCESS_KEY and _REGION.
const { PORTICO_TEST_S3_BUCKET: bucket, PORTICO_TEST_S3_ENDPOINT: endpoint } = process.env
if (bucket !== undefined) {
  const settings: S3Settings = {
    bucket,
    endpoint,
    region: process.env.PORTICO_TEST_S3_REGION ?? 'us-east-1',
    access_key_id: process.env.PORTICO_TEST_S3_ACCESS_KEY_ID ?? '',
    secret_access_key: process.env.PORTICO_TEST_S3_SECRET_ACCESS_KEY ?? '',
    force_path_style: endpoint !== undefined,
  }
  describeStorage('the store that is set up', async () => ({ storage: s3Storage(settings), countAll: undefined }))
}
