// Files of the tests: bytes that come in pieces, and what lies in a world's store.
import { readdir } from 'node:fs/promises'
import type { World } from './world.ts'

export async function* inPieces(bytes: Uint8Array, piece = 64 * 1024) {
  for (let at = 0; at < bytes.byteLength; at += piece) yield bytes.subarray(at, at + piece)
}

/** The names of all that lies in the store for this business, drafts as well. */
export async function storedNames(world: World): Promise<string[]> {
  const all = await readdir(world.filesAt, { recursive: true, withFileTypes: true }).catch(() => [])
  return all
    .filter((entry) => entry.isFile() && entry.parentPath.endsWith(world.business_id))
    .map(({ name }) => name)
    .sort()
}

export function formWith(...files: File[]): FormData {
  const form = new FormData()
  for (const [index, file] of files.entries()) form.append(`file_${index}`, file)
  return form
}
