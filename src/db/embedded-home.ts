// Where a data directory's PostgreSQL lives: DATA_DIR/postgres, or, where its user cannot enter that, a place under /var/lib/portico
// that a small file in the data directory names.
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeSystemDirectory, systemDirectory } from './embedded-binaries.ts'
import { canEnter, type ServerUser, serverUser } from './embedded-user.ts'
import { StartupError } from './startup-error.ts'

export interface Home {
  /** Everything below lies in it, except the password and a socket whose path would be too long. */
  directory: string
  user: ServerUser
  cluster: string
  socket: string
  log: string
  password: string
  /** Held while PostgreSQL is started or stopped. */
  startLock: string
  /** Held by the one server for its life. */
  serverLock: string
  /** Shared by everyone who uses the database; who leaves last stops it. */
  usersLock: string
  /** Names the holder of the server lock to others. */
  holder: string
}

const longestSocketPath = 103
export const socketName = '.s.PGSQL.5432'

export function openHome(dataDir: string): Home {
  const dataDirectory = makeDataDirectory(dataDir)
  const directory = findDirectory(dataDirectory)
  const cluster = join(directory, 'cluster')
  const user = serverUser(cluster)
  makeHomeDirectory(directory, user)
  const password = readOrMakePassword(join(dataDirectory, 'postgres-password'))
  return {
    directory,
    user,
    cluster,
    socket: makeSocketDirectory(directory, password, user),
    log: join(directory, 'postgres.log'),
    password,
    startLock: join(directory, 'start.lock'),
    serverLock: join(directory, 'server.lock'),
    usersLock: join(directory, 'users.lock'),
    holder: join(directory, 'server.json'),
  }
}

function makeDataDirectory(dataDir: string): string {
  try {
    // Root lets others pass through, not look: PostgreSQL, which is not root, has to reach its part.
    mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    return realpathSync(dataDir)
  } catch (error) {
    throw new StartupError(
      `The data directory ${dataDir} cannot be made (${reasonOf(error)}): set DATA_DIR to one that can.`,
      error,
    )
  }
}

function findDirectory(dataDirectory: string): string {
  const inside = join(dataDirectory, 'postgres')
  const pointer = join(dataDirectory, 'postgres-is-at')
  if (existsSync(join(inside, 'cluster'))) return inside
  if (!existsSync(pointer)) {
    if (canEnter(dataDirectory, serverUser(inside))) return inside
    makeSystemDirectory()
    writeOnce(pointer, join(systemDirectory, randomBytes(6).toString('hex')))
  }
  return readFileSync(pointer, 'utf8').trim()
}

function makeHomeDirectory(directory: string, user: ServerUser): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o711 })
    if (isOurs(directory)) chmodSync(directory, 0o711)
  } catch (error) {
    throw new StartupError(`The database directory ${directory} cannot be made (${reasonOf(error)}).`, error)
  }
  if (canEnter(directory, user)) return
  throw new StartupError(
    `PostgreSQL runs as user ${user?.uid}, who cannot enter ${directory}: run chmod o+x on the directories above it.`,
  )
}

function readOrMakePassword(path: string): string {
  try {
    if (!existsSync(path)) writeOnce(path, randomBytes(24).toString('base64url'))
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    const advice = 'start Portico as the user who owns the data directory'
    throw new StartupError(`The file ${path} cannot be read or written (${reasonOf(error)}): ${advice}.`, error)
  }
}

/** Of processes that write at once, one wins, and nobody reads half a file. Only we may read it. */
function writeOnce(path: string, text: string): void {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, `${text}\n`, { mode: 0o600 })
  try {
    linkSync(draft, path)
  } catch (error) {
    if (!existsSync(path)) throw error
  } finally {
    unlinkSync(draft)
  }
}

/** A socket's path is limited to some hundred bytes: under a long directory it goes to one in /tmp whose name only we can know. */
function makeSocketDirectory(directory: string, password: string, user: ServerUser): string {
  const beside = join(directory, 'socket')
  const key = createHash('sha256').update(`${directory} ${password}`).digest('hex').slice(0, 16)
  const short = [tmpdir(), '/tmp'].map((place) => join(place, `portico-${key}`))
  const socket =
    [beside, ...short].find((path) => Buffer.byteLength(join(path, socketName)) <= longestSocketPath) ?? beside
  if (process.platform === 'win32') return socket
  try {
    if (!existsSync(socket)) mkdirSync(socket, { mode: 0o700 })
    if (user !== undefined) chownSync(socket, user.uid, user.gid)
  } catch (error) {
    throw new StartupError(
      `The directory ${socket} for the database's socket cannot be made (${reasonOf(error)}).`,
      error,
    )
  }
  const found = lstatSync(socket)
  if (found.isDirectory() && found.uid === (user?.uid ?? process.getuid?.()) && (found.mode & 0o077) === 0)
    return socket
  throw new StartupError(
    `The directory ${socket} should be readable by PostgreSQL's user alone: remove it and start again.`,
  )
}

/** Once nothing runs any more. */
export function removeDistantSocket({ directory, socket }: Home): void {
  if (!socket.startsWith(directory)) rmSync(socket, { recursive: true, force: true })
}

function isOurs(path: string): boolean {
  return lstatSync(path).uid === process.getuid?.()
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
