// The PostgreSQL server process of a home: find it, start it, stop it. Start and stop it under the start lock.
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './embedded-binaries.ts'
import { serverEnvironment } from './embedded-cluster.ts'
import { type Home, socketName } from './embedded-home.ts'
import { isAlive, worksIn } from './embedded-process.ts'
import { StartupError } from './startup-error.ts'

export interface Postmaster {
  pid: number
  /** The socket's directory; on Windows a loopback address. */
  host: string
  port: number
}

interface PidFile extends Postmaster {
  ready: boolean
}

/** The running server of this home, whoever started it, once it takes connections. */
export async function findPostmaster(home: Home): Promise<Postmaster | undefined> {
  const found = readPidFile(home)
  if (found === undefined || !isAlive(found.pid) || worksIn(found.pid, home.cluster) === false) return undefined
  return waitUntilReady(home, found.pid)
}

export async function startPostmaster(home: Home, binaries: Binaries, fsync: boolean): Promise<Postmaster> {
  keepLogShort(home)
  const deadline = performance.now() + 10_000
  for (;;) {
    const written = existsSync(home.log) ? statSync(home.log).size : 0
    const started = await waitUntilReady(home, await launch(home, binaries, fsync))
    if (started !== undefined) return started
    const log = readFileSync(home.log).subarray(written).toString()
    // Children of a server that was killed are still on their way out.
    if (!log.includes('pre-existing shared memory block') || performance.now() > deadline) throw didNotStart(home, log)
    await sleep(100)
  }
}

/** Ends connections, writes a checkpoint and waits; without mercy, but without loss, where that takes too long. */
export async function stopPostmaster(home: Home): Promise<void> {
  const pid = readPidFile(home)?.pid
  if (pid === undefined || !isAlive(pid) || worksIn(pid, home.cluster) === false) return
  for (const [signal, patience] of [
    ['SIGINT', 8000],
    ['SIGQUIT', 3000],
  ] as const) {
    signalPostmaster(home, pid, signal)
    const deadline = performance.now() + patience
    while (isAlive(pid) && performance.now() < deadline) await sleep(15)
    if (!isAlive(pid)) return
  }
}

async function launch(home: Home, binaries: Binaries, fsync: boolean): Promise<number> {
  const settings = await serverSettings(home, fsync)
  if (process.platform === 'win32') return launchOnWindows(home, binaries, settings)
  const log = openSync(home.log, 'a', 0o600)
  const options = settings.flatMap((setting) => ['-c', setting])
  const server = spawn(binaries.postgres, ['-D', home.cluster, ...options], {
    cwd: home.directory,
    // A session of its own: Ctrl-C in a terminal is for us alone, we stop the database when our work is done.
    detached: true,
    env: { ...serverEnvironment(), ...strangerInPidFile(home) },
    stdio: ['ignore', log, log],
    ...home.user,
  })
  closeSync(log)
  await new Promise((resolve, reject) => {
    server.once('spawn', resolve)
    server.once('error', (error) =>
      reject(new StartupError(`PostgreSQL could not be started (${error.message}): set DATABASE_URL instead.`, error)),
    )
  })
  server.unref()
  return server.pid ?? 0
}

/** Started through pg_ctl, which gives up administrator rights; PostgreSQL would refuse them. */
function launchOnWindows(home: Home, binaries: Binaries, settings: string[]): number {
  const options = settings.map((setting) => `-c "${setting}"`).join(' ')
  spawnSync(binaries.pgCtl, ['start', '-w', '-t', '120', '-D', home.cluster, '-l', home.log, '-o', options], {
    env: serverEnvironment(),
    stdio: 'ignore',
  })
  return readPidFile(home)?.pid ?? 0
}

async function serverSettings(home: Home, fsync: boolean): Promise<string[]> {
  const place =
    process.platform === 'win32'
      ? ['listen_addresses=127.0.0.1', `port=${await freePort()}`, 'unix_socket_directories=']
      : ['listen_addresses=', 'port=5432', `unix_socket_directories="${home.socket.replaceAll('"', '""')}"`]
  return [
    ...place,
    'unix_socket_permissions=0700',
    'shared_buffers=128MB',
    'max_connections=100',
    'timezone=UTC',
    'log_timezone=UTC',
    // Values and statements of failed queries hold customers' data: they stay out of the log.
    'log_error_verbosity=terse',
    'log_min_error_statement=panic',
    // A killed PostgreSQL still loses nothing; a machine that loses power does.
    ...(fsync ? [] : ['fsync=off', 'full_page_writes=off']),
  ]
}

/**
 * A number left in the pid file may belong to an unrelated process by now, and PostgreSQL would take that for a running server.
 * This is its own way of being told to look past one number; its check for shared memory still in use remains.
 */
function strangerInPidFile(home: Home): NodeJS.ProcessEnv {
  const pid = readPidFile(home)?.pid
  return pid === undefined ? {} : { PG_GRANDPARENT_PID: String(pid) }
}

/** Undefined if the process ends instead. */
async function waitUntilReady(home: Home, pid: number): Promise<Postmaster | undefined> {
  // After a crash the log is replayed first, which may take its time.
  const deadline = performance.now() + 120_000
  while (isAlive(pid)) {
    const found = readPidFile(home)
    if (found?.pid === pid && found.ready) return found
    if (performance.now() > deadline)
      throw new StartupError(`PostgreSQL (process ${pid}) does not become ready: see ${home.log}.`)
    await sleep(15)
  }
  return undefined
}

function readPidFile(home: Home): PidFile | undefined {
  const path = join(home.cluster, 'postmaster.pid')
  if (!existsSync(path)) return undefined
  const [pid, , , port, socket, , , status] = readFileSync(path, 'utf8').split('\n')
  if (!Number(pid)) return undefined
  // The socket moved along if the data directory was renamed.
  const host = socket && existsSync(join(socket, socketName)) ? socket : home.socket
  return {
    pid: Number(pid),
    port: Number(port),
    host: process.platform === 'win32' ? '127.0.0.1' : host,
    ready: status?.trim() === 'ready',
  }
}

function signalPostmaster(home: Home, pid: number, signal: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (isAlive(pid)) throw new Error(`PostgreSQL of ${home.directory} cannot be stopped`, { cause: error })
  }
}

function didNotStart(home: Home, log: string): StartupError {
  const reason = log.split('\n').findLast((line) => /FATAL|PANIC|ERROR|could not/.test(line)) ?? log.trim()
  return new StartupError(`The embedded PostgreSQL did not start (${reason.trim()}): see ${home.log}.`)
}

function keepLogShort(home: Home): void {
  const longest = 5_000_000
  if (existsSync(home.log) && statSync(home.log).size > longest) renameSync(home.log, `${home.log}.1`)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
