// Files in a directory of this machine: written beside their place, brought to the disk, then moved there in one step.
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { measured } from './measure.ts'
import { assertKey, type ByteRange, type Storage } from './storage.ts'

/** `directory` is made with the first file. */
export function localStorage(directory: string): Storage {
  const pathOf = (key: string) => join(directory, assertKey(key))
  return {
    put: (key, content, most) => write(pathOf(key), content, most),
    open: (key, range) => read(pathOf(key), range),
    remove: (key) => remove(pathOf(key)),
  }
}

async function write(path: string, source: AsyncIterable<Uint8Array>, most: number) {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomUUID()}${DRAFT}`
  const { content, written } = measured(source, most)
  try {
    const file = await open(draft, 'wx', 0o600)
    try {
      for await (const chunk of content) await writeAll(file, chunk)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  await syncDirectory(dirname(path))
  return written()
}

const DRAFT = '.draft'

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.byteLength; ) at += (await file.write(chunk, at)).bytesWritten
}

/** That the name is there is told by the directory: it has to reach the disk too. */
async function syncDirectory(path: string): Promise<void> {
  // Windows opens no directories.
  if (process.platform === 'win32') return
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

/** Opened by whoever begins to read: of one that nobody reads, nothing is held. */
async function read(path: string, range: ByteRange | undefined): Promise<Readable | undefined> {
  const found = await orAbsent(stat(path))
  return found && Readable.from(chunks(path, range), { objectMode: false })
}

async function* chunks(path: string, range: ByteRange | undefined) {
  yield* createReadStream(path, range)
}

async function remove(path: string): Promise<void> {
  await rm(path, { force: true })
  const neighbours = (await orAbsent(readdir(dirname(path)))) ?? []
  const drafts = neighbours.filter((name) => name.startsWith(`${basename(path)}.`) && name.endsWith(DRAFT))
  for (const name of drafts) await rm(join(dirname(path), name), { force: true })
}

async function orAbsent<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
