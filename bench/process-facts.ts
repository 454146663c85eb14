// What the operating system says of a process: Linux in full, elsewhere what `ps` knows.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** The kernel counts processor time in ticks of this many ms, on every system Node runs on. */
const TICK_MS = 10

/** Resident memory in MB. */
export function residentMemory(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024
}

/** Processor time used so far, in ms; 0 where the system does not tell. */
export function processorTime(pid: number): number {
  const { user, system } = statOf(pid) ?? { user: 0, system: 0 }
  return user + system
}

/** Of the processes under one, those that ended included. */
export function familyTime(pid: number): number {
  const running = childrenOf(pid).reduce((sum, child) => sum + processorTime(child), 0)
  return running + (statOf(pid)?.ended ?? 0)
}

/** MB of a process and those under it, shared pages counted once; undefined where the system does not tell. */
export function familyMemory(pid: number): number | undefined {
  const parts = [pid, ...childrenOf(pid)].map((one) => read(`/proc/${one}/smaps_rollup`)?.match(/^Pss:\s+(\d+)/m)?.[1])
  return parts[0] === undefined ? undefined : parts.reduce((sum, kilobytes) => sum + Number(kilobytes ?? 0), 0) / 1024
}

export function parentOf(pid: number): number | undefined {
  return statOf(pid)?.parent
}

export function childrenOf(pid: number): number[] {
  if (statOf(pid) === undefined) return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && statOf(Number(name))?.parent === pid)
    .map(Number)
}

function statOf(pid: number) {
  const text = read(`/proc/${pid}/stat`)
  if (text === undefined) return undefined
  // The command's name comes second, in parentheses, and may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [parent = 0, user = 0, system = 0, endedUser = 0, endedSystem = 0] = [1, 11, 12, 13, 14].map((at) =>
    Number(fields[at]),
  )
  return { parent, user: user * TICK_MS, system: system * TICK_MS, ended: (endedUser + endedSystem) * TICK_MS }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
