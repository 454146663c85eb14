// Which Chromium the tests drive: CHROMIUM_PATH, else the one inside the npm package @sparticuz/chromium, else the system's. The package's
// has no window to draw and takes half the processor time of one that has.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export interface Chromium {
  path: string
  /** What it needs beyond the environment of the tests. */
  env: Record<string, string>
}

const SYSTEM = '/usr/bin/chromium'

export function findChromium(): Chromium {
  const given = process.env.CHROMIUM_PATH
  if (given) return { path: given, env: {} }
  if (process.platform === 'linux' && process.arch === 'x64') return packagedChromium()
  if (existsSync(SYSTEM)) return { path: SYSTEM, env: {} }
  throw new Error('The browser tests found no Chromium: set CHROMIUM_PATH to the program of a Chrome or Chromium.')
}

/** Unpacked once for a version of the package, in a second or two. */
function packagedChromium(): Chromium {
  const packageDir = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')))
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'))
  const home = join(packageDir, '..', '..', '.cache', `chromium-${version}`)
  if (!existsSync(home)) unpack(join(packageDir, 'bin'), home)
  const path = join(home, 'chromium')
  const fonts: Record<string, string> = existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: join(home, 'fonts') }
  // It brings the libraries that a bare machine lacks; they would only get in the way of those that are there.
  const libraries: Record<string, string> = starts(path) ? {} : { LD_LIBRARY_PATH: join(home, 'al2023', 'lib') }
  return { path, env: { ...fonts, ...libraries } }
}

function starts(path: string): boolean {
  return spawnSync(path, ['--no-sandbox', '--version']).status === 0
}

// The package unpacks into the directory for temporary files, so its own process gets one that nobody else looks into.
const program = `
  import { inflate } from '@sparticuz/chromium'
  for (const file of process.argv.slice(1)) await inflate(file)
`

function unpack(bin: string, home: string): void {
  mkdirSync(dirname(home), { recursive: true })
  const staging = mkdtempSync(`${home}-`)
  const files = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br'].map((file) => join(bin, file))
  const done = spawnSync(process.execPath, ['--input-type=module', '--eval', program, ...files], {
    cwd: import.meta.dirname,
    env: { ...process.env, TMPDIR: staging },
    encoding: 'utf8',
  })
  if (done.status !== 0) throw new Error(`Chromium could not be unpacked: ${done.stderr}`)
  try {
    renameSync(staging, home)
  } catch (error) {
    // Another worker was first.
    rmSync(staging, { recursive: true, force: true })
    if (!existsSync(home)) throw error
  }
}
