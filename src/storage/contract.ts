// What every file store must do, as tests. An adapter's own test file hands in the store and a look at what lies in it.
import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { AppError } from '#src/errors.ts'
import type { Storage } from './storage.ts'

export interface StorageUnderTest {
  storage: Storage
  /** How much lies in it of whatever kind: objects, drafts, parts of uploads. Undefined where nobody can tell. */
  countAll: (() => Promise<number>) | undefined
}

const MIB = 1024 ** 2
const MOST = 64 * MIB
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function* inPieces(bytes: Uint8Array, piece = 100_000) {
  for (let at = 0; at < bytes.byteLength; at += piece) yield bytes.subarray(at, at + piece)
}

async function* breakingOff(bytes: Uint8Array) {
  yield* inPieces(bytes)
  throw new Error('the line went dead')
}

async function readAll(content: AsyncIterable<Uint8Array> | undefined): Promise<Buffer | undefined> {
  if (content === undefined) return undefined
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Keys are new each time: a real store remembers. */
const newKey = () => `test/bus_1/${randomBytes(12).toString('hex')}`

export function describeStorage(name: string, underTest: () => Promise<StorageUnderTest>): void {
  describe(`${name}, as every file store`, () => {
    it.each([
      ['nothing', 0],
      ['a byte', 1],
      ['some', 300_000],
      ['more than a part of an upload', 19 * MIB + 7],
    ])('gives back what was written: %s', async (_, size) => {
      const { storage } = await underTest()
      const key = newKey()
      const bytes = randomBytes(size)
      expect(await storage.put(key, inPieces(bytes), MOST)).toEqual({ size, sha256: sha256(bytes) })
      expect((await readAll(await storage.open(key)))?.equals(bytes)).toBe(true)
      await storage.remove(key)
    })

    it('gives a part of it, both ends included', async () => {
      const { storage } = await underTest()
      const key = newKey()
      const bytes = randomBytes(200_000)
      await storage.put(key, inPieces(bytes), MOST)
      for (const [start, end] of [
        [0, 0],
        [70_000, 140_001],
        [199_999, 199_999],
      ] as const) {
        const part = await readAll(await storage.open(key, { start, end }))
        expect(part?.equals(bytes.subarray(start, end + 1))).toBe(true)
      }
      await storage.remove(key)
    })

    it('has nothing where nothing was written, and after it was removed, which may be done twice', async () => {
      const { storage } = await underTest()
      const key = newKey()
      expect(await storage.open(key)).toBeUndefined()
      await storage.remove(key)
      await storage.put(key, inPieces(randomBytes(10)), MOST)
      await storage.remove(key)
      await storage.remove(key)
      expect(await storage.open(key)).toBeUndefined()
    })

    it.each([
      ['at once', 1_000],
      ['after parts of it were sent', 20 * MIB],
    ])('refuses one byte too many, %s, and keeps nothing of it', async (_, most) => {
      const { storage, countAll } = await underTest()
      const before = await countAll?.()
      const key = newKey()
      const refused = await storage.put(key, inPieces(randomBytes(most + 1)), most).catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(AppError)
      expect(refused).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' })
      expect(await storage.open(key)).toBeUndefined()
      expect(await countAll?.()).toBe(before)
      expect(await storage.put(key, inPieces(randomBytes(most)), most)).toMatchObject({ size: most })
      await storage.remove(key)
    })

    it.each([
      ['early', 1_000],
      ['late', 20 * MIB],
    ])('keeps nothing of what breaks off %s, and says why it broke', async (_, size) => {
      const { storage, countAll } = await underTest()
      const before = await countAll?.()
      const key = newKey()
      await expect(storage.put(key, breakingOff(randomBytes(size)), MOST)).rejects.toThrow('the line went dead')
      expect(await storage.open(key)).toBeUndefined()
      expect(await countAll?.()).toBe(before)
    })

    it('takes many at once, each by itself', async () => {
      const { storage } = await underTest()
      const all = Array.from({ length: 8 }, (_, n) => ({ key: newKey(), bytes: randomBytes(150_000 + n) }))
      await Promise.all(all.map(({ key, bytes }) => storage.put(key, inPieces(bytes), MOST)))
      for (const { key, bytes } of all) {
        expect((await readAll(await storage.open(key)))?.equals(bytes)).toBe(true)
        await storage.remove(key)
      }
    })

    it.each(['', '../secret-key', 'a', 'a/../b', 'a/b/c/d/e', '/etc/passwd', 'a/b\n', 'a/é'])(
      'knows no key such as %j',
      async (key) => {
        const { storage } = await underTest()
        const calls = [
          () => storage.put(key, inPieces(randomBytes(1)), MOST),
          () => storage.open(key),
          () => storage.remove(key),
        ]
        for (const call of calls) await expect((async () => call())()).rejects.toThrow('made of ids')
      },
    )
  })
}
