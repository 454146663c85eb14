// Locks between processes that the kernel gives back when their holder dies, however it dies: no pid files, no stale locks.
// Node has no flock, but its SQLite takes the same kind of lock on a file; the file stays empty.
import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartupError } from './startup-error.ts'

export interface KernelLock {
  release(): void
}

/** Undefined when another holder is in the way. Many may share a lock; an exclusive one stands alone. */
export function tryLock(path: string, kind: 'shared' | 'exclusive'): KernelLock | undefined {
  const file = openLockFile(path)
  try {
    file.exec(kind === 'exclusive' ? 'begin exclusive' : 'begin; select count(*) from sqlite_schema')
    return { release: () => file.close() }
  } catch (error) {
    file.close()
    if (isBusy(error)) return undefined
    throw cannotLock(path, error)
  }
}

/** Waits for the lock; rejects with a StartupError after `patience` milliseconds. */
export async function waitForLock(path: string, kind: 'shared' | 'exclusive', patience = 60_000): Promise<KernelLock> {
  const deadline = performance.now() + patience
  for (;;) {
    const lock = tryLock(path, kind)
    if (lock !== undefined) return lock
    if (performance.now() > deadline) {
      throw new StartupError(
        `Another process has been holding ${path} for ${patience / 1000} s: look for a Portico process that hangs and end it.`,
      )
    }
    await sleep(15)
  }
}

function openLockFile(path: string): DatabaseSync {
  try {
    // Whoever can read a file can lock it.
    closeSync(openSync(path, 'a', 0o600))
    return new DatabaseSync(path, { timeout: 0 })
  } catch (error) {
    throw cannotLock(path, error)
  }
}

function isBusy(error: unknown): boolean {
  const sqliteBusy = 5
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy
}

function cannotLock(path: string, error: unknown): StartupError {
  const reason = error instanceof Error ? error.message : String(error)
  return new StartupError(
    `The file ${path} cannot be locked (${reason}): the data directory must be writable and on a disk that supports locks.`,
    error,
  )
}
