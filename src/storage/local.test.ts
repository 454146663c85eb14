import { mkdtemp, readdir, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeStorage } from './contract.ts'
import { localStorage } from './local.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'portico-files-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

async function countAll(): Promise<number> {
  const found = await readdir(directory, { recursive: true, withFileTypes: true })
  return found.filter((entry) => entry.isFile()).length
}

describeStorage('a directory', async () => ({ storage: localStorage(directory), countAll }))

async function* bytes(text: string) {
  yield Buffer.from(text)
}

test('what a killed process left half written goes with its key, and with no other', async () => {
  const storage = localStorage(directory)
  await storage.put('test/bus_2/one', bytes('one'), 10)
  await storage.put('test/bus_2/one-more', bytes('two'), 10)
  const place = join(directory, 'test/bus_2')
  await writeFile(join(place, 'one.5f0c.draft'), 'o')
  await writeFile(join(place, 'one-more.5f0c.draft'), 't')
  await storage.remove('test/bus_2/one')
  expect((await readdir(place)).sort()).toEqual(['one-more', 'one-more.5f0c.draft'])
})

test.skipIf(process.platform === 'win32')('nobody else on the machine can read it', async () => {
  await localStorage(directory).put('test/bus_3/one', bytes('one'), 10)
  expect((await stat(join(directory, 'test/bus_3/one'))).mode & 0o077).toBe(0)
  expect((await stat(join(directory, 'test/bus_3'))).mode & 0o077).toBe(0)
})

test.skipIf(process.platform !== 'linux')('what is opened and never read holds nothing', async () => {
  const storage = localStorage(directory)
  await storage.put('test/bus_4/one', bytes('one'), 10)
  const held = async () => {
    const links = (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''))
    return (await Promise.all(links)).filter((path) => path.startsWith(directory)).length
  }
  const opened = await Promise.all(Array.from({ length: 5 }, () => storage.open('test/bus_4/one')))
  expect(await held()).toBe(0)
  const reader = opened[0]?.[Symbol.asyncIterator]()
  expect(String((await reader?.next())?.value)).toBe('one')
  await reader?.return?.()
  expect(await held()).toBe(0)
})
