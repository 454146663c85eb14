// Notices that PostgreSQL died and starts it again; the pools find the new one under the old address.

import { isAlive } from './embedded-process.ts'
import type { Log } from './log.ts'

interface Watched {
  pid: number
  restart: () => Promise<number>
  log: Log
}

const interval = 200
const pauseAfterFailure = 2000

export function watchPostmaster({ pid: firstPid, restart, log }: Watched): { end(): Promise<void> } {
  let pid = firstPid
  let restarting: Promise<void> | undefined
  let notBefore = 0
  const timer = setInterval(() => {
    if (restarting !== undefined || performance.now() < notBefore || isAlive(pid)) return
    restarting = revive().finally(() => {
      restarting = undefined
    })
  }, interval)
  timer.unref()

  async function revive(): Promise<void> {
    log.warn({ pid }, 'PostgreSQL died; starting it again')
    try {
      pid = await restart()
      log.info({ pid }, 'PostgreSQL started again')
    } catch (error) {
      notBefore = performance.now() + pauseAfterFailure
      log.error({ err: error }, 'PostgreSQL could not be started again')
    }
  }

  return {
    async end() {
      clearInterval(timer)
      await restarting
    },
  }
}
