import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type AssetName, assets } from './assets.ts'

const built = assets()
const get = (name: AssetName, encoding?: string) => {
  const response = built.response(built.fileName(name), encoding)
  if (!response) throw new Error(`no ${name}`)
  return response
}

describe('assets', () => {
  it('stay small', () => {
    expect(get('portal.css', 'gzip').body.length).toBeLessThan(15_000)
    expect(get('portal.js', 'gzip').body.length).toBeLessThan(12_000)
  })

  it('are compressed as the browser asks', () => {
    const plain = Buffer.from(get('portal.css').body)
    const gzip = get('portal.css', 'deflate, gzip')
    const br = get('portal.css', 'gzip, deflate, br, zstd')
    expect(gzip.headers['content-encoding']).toBe('gzip')
    expect(br.headers['content-encoding']).toBe('br')
    expect(gunzipSync(gzip.body).equals(plain)).toBe(true)
    expect(brotliDecompressSync(br.body).equals(plain)).toBe(true)
    expect(get('portal.css', 'br;q=0, gzip;q=0.5').headers['content-encoding']).toBe('gzip')
    expect(get('inter-latin-wght-normal.woff2', 'br').headers['content-encoding']).toBeUndefined()
  })

  it('are named by their content and kept for good', () => {
    expect(built.fileName('portal.css')).toMatch(/^portal-[A-Z0-9]{8}\.css$/)
    expect(get('portal.css').headers['cache-control']).toContain('immutable')
    expect(built.response('portal.css')).toBeUndefined()
    expect(built.response('../assets.ts')).toBeUndefined()
  })

  it('fetch nothing from elsewhere', () => {
    const css = Buffer.from(get('portal.css').body).toString()
    expect([...css.matchAll(/url\(([^)]*)\)/g)].map(([, url]) => url)).not.toHaveLength(0)
    expect(css).not.toMatch(/url\(["']?(?:https?:)?\/\//)
    for (const [, url = ''] of css.matchAll(/url\(["']?\.\/([^)"']*)["']?\)/g))
      expect(built.response(url)).toBeDefined()
  })
})

it('styles name no left or right: what mirrors, mirrors by itself', () => {
  const folder = join(import.meta.dirname, 'styles')
  for (const file of readdirSync(folder)) {
    const css = readFileSync(join(folder, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '')
    expect(css, file).not.toMatch(
      /(?:^|[\s;{-])(?:left|right)\s*:|:\s*(?:left|right)\b|(?:^|[\s;{])(?:width|height)\s*:/,
    )
  }
})
