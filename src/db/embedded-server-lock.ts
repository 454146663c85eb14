// One server on a data directory: the lock, and the note that tells the next one who has it.
import { readFileSync, writeFileSync } from 'node:fs'
import type { Home } from './embedded-home.ts'
import { isAlive } from './embedded-process.ts'
import { type KernelLock, tryLock } from './kernel-lock.ts'
import { StartupError } from './startup-error.ts'

interface Holder {
  pid: number
  started_at: string
  command: string
}

export function holdServerLock(home: Home): KernelLock {
  const lock = tryLock(home.serverLock, 'exclusive')
  if (lock === undefined) {
    throw new StartupError(
      `The data directory is in use by ${nameHolder(home)}: stop that server, or set DATA_DIR to another directory.`,
    )
  }
  const holder: Holder = {
    pid: process.pid,
    started_at: Temporal.Now.instant().toString({ smallestUnit: 'second' }),
    command: process.argv.slice(1).join(' ').slice(0, 200),
  }
  writeFileSync(home.holder, `${JSON.stringify(holder)}\n`, { mode: 0o600 })
  return lock
}

function nameHolder(home: Home): string {
  try {
    const holder = JSON.parse(readFileSync(home.holder, 'utf8')) as Holder
    if (isAlive(holder.pid)) return `process ${holder.pid} (${holder.command}), started at ${holder.started_at}`
  } catch {
    // It holds the lock but has not written its note yet.
  }
  return 'another process'
}
