// What a browser is sent for the overview, in bytes: as it is, and compressed.
import { gzipSync } from 'node:zlib'
import { type AssetName, assets } from '#ui/assets.ts'

export interface Weight {
  name: string
  raw: number
  gzip: number
}

const files: AssetName[] = [
  'portal.css',
  'portal.js',
  'inter-latin-wght-normal.woff2',
  'vazirmatn-arabic-wght-normal.woff2',
]

/** The page of middle length, then the files it names. */
export function weigh(pages: readonly string[]): Weight[] {
  const middle = pages.toSorted((a, b) => a.length - b.length)[Math.floor(pages.length / 2)] ?? ''
  return [weightOf('HTML', Buffer.from(middle)), ...files.map((name) => weightOf(name, bodyOf(name)))]
}

function weightOf(name: string, body: Uint8Array): Weight {
  return { name, raw: body.length, gzip: gzipSync(body).length }
}

function bodyOf(name: AssetName): Uint8Array {
  return assets().response(assets().fileName(name))?.body ?? new Uint8Array()
}
