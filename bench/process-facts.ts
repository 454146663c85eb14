// What the operating system says of a process: Linux in full, elsewhere what `ps` knows.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** Resident memory in MB. */
export function residentMemory(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024
}

/** Processor time used so far, in ms; 0 where the system does not tell. */
export function processorTime(pid: number): number {
  const text = read(`/proc/${pid}/stat`)
  if (text === undefined) return 0
  // The command's name comes second, in parentheses, and may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** MB of all processes under one, shared pages counted once; undefined where the system does not tell. */
export function familyMemory(pid: number): number | undefined {
  const parts = [pid, ...childrenOf(pid)].map((one) => read(`/proc/${one}/smaps_rollup`)?.match(/^Pss:\s+(\d+)/m)?.[1])
  return parts[0] === undefined ? undefined : parts.reduce((sum, kilobytes) => sum + Number(kilobytes ?? 0), 0) / 1024
}

export function childrenOf(pid: number): number[] {
  if (read(`/proc/${pid}/stat`) === undefined) return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .map(Number)
}

function parentOf(pid: string): number | undefined {
  const text = read(`/proc/${pid}/stat`)
  return text === undefined ? undefined : Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1])
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
