// The PostgreSQL that comes with Portico: one for each data directory, shared by the server and the commands that work beside it.
// Everyone who uses it holds a share of one lock; who leaves last stops it. What a killed process left running is taken over.
import { findBinaries } from './embedded-binaries.ts'
import { ensureCluster } from './embedded-cluster.ts'
import { ensureDatabase, urlOf } from './embedded-database.ts'
import { type Home, openHome, removeDistantSocket } from './embedded-home.ts'
import { findPostmaster, type Postmaster, startPostmaster, stopPostmaster } from './embedded-postmaster.ts'
import { holdServerLock } from './embedded-server-lock.ts'
import { watchPostmaster } from './embedded-watch.ts'
import { type KernelLock, tryLock, waitForLock } from './kernel-lock.ts'
import type { Log } from './log.ts'

export interface EmbeddedOptions {
  dataDir: string
  /** There is one server on a data directory, and any number of commands. */
  role: 'server' | 'command'
  log: Log
  /** Off loses data when the machine fails: for tests only. */
  fsync?: boolean | undefined
}

export interface Embedded {
  url: string
  /** Whether this process started it, or found it running. */
  owned: boolean
  /** Leaves; the last one to leave stops PostgreSQL. */
  stop(): Promise<void>
}

/** Starts or joins. Throws a StartupError that names the holder where another server has the data directory. */
export async function startEmbedded({ dataDir, role, log, fsync = true }: EmbeddedOptions): Promise<Embedded> {
  const home = openHome(dataDir)
  const locks: KernelLock[] = role === 'server' ? [holdServerLock(home)] : []
  const leave = () => {
    for (const lock of locks.splice(0)) lock.release()
  }
  try {
    const { postmaster, owned } = await whileStartLocked(home, async () => {
      locks.push(await waitForLock(home.usersLock, 'shared'))
      return findOrStart(home, fsync)
    })
    log.info({ pid: postmaster.pid, directory: home.directory }, owned ? 'PostgreSQL started' : 'PostgreSQL joined')
    const restart = () => whileStartLocked(home, async () => (await findOrRestart(home, fsync)).pid)
    const watch = watchPostmaster({ pid: postmaster.pid, restart, log })
    const stop = async () => {
      await watch.end()
      await whileStartLocked(home, async () => {
        leave()
        await stopIfUnused(home)
      })
    }
    let stopped: Promise<void> | undefined
    return { url: urlOf(home, postmaster), owned, stop: () => (stopped ??= stop()) }
  } catch (error) {
    leave()
    throw error
  }
}

/** Stops a PostgreSQL that a killed process left and nobody uses any more. */
export async function stopAbandoned(dataDir: string): Promise<boolean> {
  const home = openHome(dataDir)
  return whileStartLocked(home, () => stopIfUnused(home))
}

async function findOrStart(home: Home, fsync: boolean): Promise<{ postmaster: Postmaster; owned: boolean }> {
  const running = await findPostmaster(home)
  if (running !== undefined && (await ensureDatabase(home, running))) return { postmaster: running, owned: false }
  const binaries = findBinaries(home.user)
  ensureCluster(home, binaries, fsync)
  const postmaster = await startPostmaster(home, binaries, fsync)
  await ensureDatabase(home, postmaster)
  return { postmaster, owned: true }
}

/** Never makes a new cluster: where the old one was taken away under our feet, an empty one would be no help. */
async function findOrRestart(home: Home, fsync: boolean): Promise<Postmaster> {
  return (await findPostmaster(home)) ?? startPostmaster(home, findBinaries(home.user), fsync)
}

async function stopIfUnused(home: Home): Promise<boolean> {
  const alone = tryLock(home.usersLock, 'exclusive')
  if (alone === undefined) return false
  try {
    await stopPostmaster(home)
    removeDistantSocket(home)
    return true
  } finally {
    alone.release()
  }
}

async function whileStartLocked<T>(home: Home, work: () => Promise<T>): Promise<T> {
  const lock = await waitForLock(home.startLock, 'exclusive')
  try {
    return await work()
  } finally {
    lock.release()
  }
}
