// What the browser is given besides HTML: one stylesheet, one module, fonts, the icon. Built in memory once, named by content.

import { basename, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { buildSync } from 'esbuild'

export type AssetName =
  | 'portal.css'
  | 'portal.js'
  | 'favicon.svg'
  | 'inter-latin-wght-normal.woff2'
  | 'inter-latin-ext-wght-normal.woff2'
  | 'vazirmatn-arabic-wght-normal.woff2'

export interface AssetResponse {
  body: Uint8Array<ArrayBuffer>
  headers: Record<string, string>
}

export interface Assets {
  /** File name with its content hash, for `urls.asset`. */
  fileName(name: AssetName): string
  /** Text of the stylesheet without its fonts, for a page that cannot fetch anything. */
  css(): string
  /** undefined where no such file was built. */
  response(fileName: string, acceptEncoding?: string): AssetResponse | undefined
}

interface Built {
  plain: Uint8Array<ArrayBuffer>
  gzip?: Uint8Array<ArrayBuffer>
  br?: Uint8Array<ArrayBuffer>
  headers: Record<string, string>
}

const types: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

let built: Assets | undefined

/** The assets, built on the first call. */
export function assets(): Assets {
  built ??= build()
  return built
}

function build(): Assets {
  const files = new Map<string, Built>()
  const names = new Map<string, string>()
  let css = ''
  for (const { path, contents } of bundle()) {
    const fileName = basename(path)
    const name = fileName.replace(/-[A-Z0-9]{8}(?=\.\w+$)/, '')
    names.set(name, fileName)
    files.set(fileName, prepare(fileName, new Uint8Array(contents)))
    if (name === 'portal.css')
      css = Buffer.from(contents)
        .toString()
        .replaceAll(/@font-face\s*\{[^}]*\}/g, '')
  }
  return {
    fileName(name) {
      const fileName = names.get(name)
      if (fileName === undefined) throw new Error(`the asset ${name} was not built`)
      return fileName
    },
    css: () => css,
    response(fileName, acceptEncoding = '') {
      const file = files.get(fileName)
      return file && encoded(file, acceptEncoding)
    },
  }
}

/** One run of esbuild: it follows the stylesheet to the fonts and names every file by its content. */
function bundle() {
  const { outputFiles } = buildSync({
    absWorkingDir: import.meta.dirname,
    entryPoints: ['styles/portal.css', 'browser/portal.ts', 'favicon.svg'],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    loader: { '.woff2': 'file', '.svg': 'copy' },
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    outdir: join(import.meta.dirname, 'assets'),
    write: false,
    legalComments: 'none',
    logLevel: 'silent',
  })
  return outputFiles
}

function prepare(fileName: string, plain: Uint8Array<ArrayBuffer>): Built {
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1)
  const headers: Record<string, string> = {
    'content-type': types[extension] ?? 'application/octet-stream',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  }
  if (extension === 'woff2') return { plain, headers }
  headers.vary = 'accept-encoding'
  const br = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
  return { plain, gzip: new Uint8Array(gzipSync(plain)), br: new Uint8Array(br), headers }
}

function encoded(file: Built, acceptEncoding: string): AssetResponse {
  for (const encoding of ['br', 'gzip'] as const) {
    const body = file[encoding]
    if (
      body &&
      new RegExp(`(?:^|,)\\s*${encoding}\\s*(?:,|;\\s*q=(?!0(?:\\.0*)?\\s*(?:,|$))|$)`).test(acceptEncoding)
    ) {
      return { body, headers: { ...file.headers, 'content-encoding': encoding } }
    }
  }
  return { body: file.plain, headers: file.headers }
}
