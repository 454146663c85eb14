// Makes the cluster of a data directory: complete, or, after a kill in the middle, not there at all.
import { spawnSync } from 'node:child_process'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Binaries } from './embedded-binaries.ts'
import type { Home } from './embedded-home.ts'
import { StartupError } from './startup-error.ts'

const majorVersion = '18'

/** Call under the start lock. */
export function ensureCluster(home: Home, binaries: Binaries, fsync: boolean): void {
  if (existsSync(home.cluster)) checkCluster(home)
  else makeCluster(home, binaries, fsync)
}

function makeCluster(home: Home, binaries: Binaries, fsync: boolean): void {
  const unfinished = `${home.cluster}.unfinished`
  const passwordFile = join(home.directory, 'initdb-password')
  rmSync(unfinished, { recursive: true, force: true })
  rmSync(passwordFile, { force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  writeFileSync(passwordFile, home.password, { mode: 0o600, flag: 'wx' })
  for (const path of [unfinished, passwordFile]) giveTo(home, path)
  try {
    runInitdb(home, binaries, [
      `--pgdata=${unfinished}`,
      '--username=portico',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      // PostgreSQL's own Unicode rules: the same on every system, and no locale has to be installed.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
      ...(fsync ? [] : ['--no-sync']),
    ])
    renameSync(unfinished, home.cluster)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function runInitdb(home: Home, binaries: Binaries, options: string[]): void {
  const run = spawnSync(binaries.initdb, options, {
    cwd: home.directory,
    env: serverEnvironment(),
    encoding: 'utf8',
    ...home.user,
  })
  if (run.status === 0) return
  const reason =
    run.error?.message ??
    run.stderr
      .trim()
      .split('\n')
      .findLast((line) => line.startsWith('initdb:')) ??
    run.stderr.trim()
  const advice = reason.includes('user does not exist')
    ? 'give that user an entry in /etc/passwd, run as a user who has one, or set DATABASE_URL to a PostgreSQL of your own'
    : 'run as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own'
  throw new StartupError(`The embedded PostgreSQL could not be set up (${reason}): ${advice}.`, run.error)
}

function checkCluster(home: Home): void {
  const version = readFileSync(join(home.cluster, 'PG_VERSION'), 'utf8').trim()
  if (version !== majorVersion) {
    throw new StartupError(
      `${home.cluster} was made by PostgreSQL ${version}, this is ${majorVersion}: restore a backup into a new DATA_DIR.`,
    )
  }
  // A copy that root made belongs to root.
  if (home.user === undefined || statSync(home.cluster).uid === home.user.uid) return
  giveTo(home, home.cluster)
  for (const entry of readdirSync(home.cluster, { recursive: true, encoding: 'utf8' }))
    giveTo(home, join(home.cluster, entry))
}

function giveTo(home: Home, path: string): void {
  if (home.user !== undefined) chownSync(path, home.user.uid, home.user.gid)
}

/** Nothing of ours that PostgreSQL would listen to (PGPORT, PGOPTIONS, LC_ALL …). */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env
  return Object.fromEntries(
    Object.entries({ PATH, SystemRoot, TEMP, LC_ALL: 'C' }).filter(([, value]) => value !== undefined),
  )
}
