// PostgreSQL refuses to run as root. This file says as whom it runs instead, and what that user can reach.
import { statSync } from 'node:fs'
import { dirname } from 'node:path'

/** The ids a child process takes on; undefined means ours. */
export type ServerUser = { uid: number; gid: number } | undefined

/** "nobody" on every system we know, by number: nothing has to be created, and containers need no user database. */
const nobody = 65534

/** An existing cluster keeps its owner; a new one of root's is given to nobody. */
export function serverUser(cluster: string): ServerUser {
  if (process.getuid?.() !== 0) return undefined
  const found = statSync(cluster, { throwIfNoEntry: false })
  if (found !== undefined && found.uid !== 0) return { uid: found.uid, gid: found.gid }
  return { uid: nobody, gid: nobody }
}

/** Whether the user may enter the directory, that is: pass through it and everything above it. */
export function canEnter(directory: string, user: ServerUser): boolean {
  if (user === undefined) return true
  const above = dirname(directory)
  return mayExecute(directory, user) && (above === directory || canEnter(above, user))
}

/** Whether the user may run the program: reach it, read it and execute it. */
export function canRun(program: string, user: ServerUser): boolean {
  return user === undefined || (canEnter(dirname(program), user) && mayExecute(program, user))
}

function mayExecute(path: string, user: { uid: number; gid: number }): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return false
  const shift = found.uid === user.uid ? 6 : found.gid === user.gid ? 3 : 0
  return ((found.mode >> shift) & 1) === 1
}
