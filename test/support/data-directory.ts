// Data directories for tests of the embedded PostgreSQL, and other processes that work on them.
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { onTestFinished } from 'vitest'

export function makeDataDirectory(mode = 0o711): string {
  const directory = mkdtempSync(join(tmpdir(), 'portico-data-'))
  chmodSync(directory, mode)
  return directory
}

/** Also what lies outside of it. */
export function removeDataDirectory(dataDir: string): void {
  const pointer = join(dataDir, 'postgres-is-at')
  if (existsSync(pointer)) rmSync(readFileSync(pointer, 'utf8').trim(), { recursive: true, force: true })
  rmSync(dataDir, { recursive: true, force: true })
}

export function postmasterPid(dataDir: string): number | undefined {
  const pointer = join(dataDir, 'postgres-is-at')
  const home = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(dataDir, 'postgres')
  const file = join(home, 'cluster', 'postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
}

export interface OtherProcess {
  pid: number
  /** What it said when it had the database, or how it failed. */
  answer: { url: string; owned: boolean; error?: undefined } | { error: string; url?: undefined; owned?: undefined }
  /** Asks it to leave, and waits until it has. */
  stop(): Promise<void>
  kill(): Promise<void>
}

interface Options {
  role: 'server' | 'command'
  user?: { uid: number; gid: number }
  /** Another copy of the project to run. */
  project?: string
}

const program = `
  const { startEmbedded } = await import('#db/embedded.ts')
  const { pino } = await import('pino')
  const [dataDir, role] = process.argv.slice(1)
  try {
    const { url, owned, stop } = await startEmbedded({ dataDir, role, fsync: false, log: pino({ level: 'silent' }) })
    console.log(JSON.stringify({ url, owned }))
    process.stdin.once('data', async () => {
      await stop()
      process.exit(0)
    })
  } catch (error) {
    console.log(JSON.stringify({ error: error.name + ': ' + error.message }))
    process.exit(1)
  }
`

/** A process of its own that starts or joins the database of a data directory, and holds on to it until the test is over. */
export async function startOtherProcess(dataDir: string, { role, user, project }: Options): Promise<OtherProcess> {
  const options = ['--import', 'tsx', '--input-type=module', '--eval', program, dataDir, role]
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(process.execPath, options, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH },
    cwd: project,
    ...user,
  })
  const exited = once(child, 'exit')
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.stdin.write('stop\n')
    await exited
  })
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), exited])) as [string]
  return {
    pid: child.pid ?? 0,
    answer: typeof line === 'string' ? JSON.parse(line) : { error: `it ended with ${line}` },
    async stop() {
      child.stdin.write('stop\n')
      await exited
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
