// What can be known of a process by its number, which may have been given to another one meanwhile.
import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'

/** A zombie is dead: it only waits for a parent that may never ask for it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  return linuxState(pid) !== 'Z'
}

/** Whether the process works in the directory, as PostgreSQL does in its cluster; undefined where the system does not tell. */
export function worksIn(pid: number, directory: string): boolean | undefined {
  if (process.platform === 'linux') return linuxWorksIn(pid, directory)
  if (process.platform === 'win32') return undefined
  const { status, stdout } = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
  return status === 0 ? stdout.includes(directory) : undefined
}

/** By inode, so that a directory that was renamed under a running PostgreSQL is still known. */
function linuxWorksIn(pid: number, directory: string): boolean | undefined {
  try {
    const its = statSync(`/proc/${pid}/cwd`)
    const ours = statSync(directory)
    return its.dev === ours.dev && its.ino === ours.ino
  } catch {
    return undefined
  }
}

function linuxState(pid: number): string | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    // "123 (name, which may hold anything) S …"
    return /\) (\w)[^)]*$/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]
  } catch {
    return undefined
  }
}
