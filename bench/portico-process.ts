// Portico as an operator starts it: a process of its own, measured from its first instruction to `/readyz`.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { residentMemory } from './process-facts.ts'

export interface Portico {
  url: string
  pid: number
  /** From the start of the process until it says it is ready. */
  ready_ms: number
  /** At that moment. */
  start_mb: number
  stop(): Promise<void>
}

const PATIENCE_MS = 60_000
const root = join(import.meta.dirname, '..')

export async function startPortico(dataDir: string, port: number): Promise<Portico> {
  const url = `http://127.0.0.1:${port}`
  const began = performance.now()
  const child = spawn(process.execPath, startArguments(), {
    cwd: root,
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: String(port), PORTICO_TEST_URL: url, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = lastWords(child)
  while (!(await isReady(url))) {
    if (child.exitCode !== null || performance.now() - began > PATIENCE_MS) {
      child.kill('SIGKILL')
      throw new Error(`Portico did not become ready:\n${said()}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const ready_ms = performance.now() - began
  const pid = child.pid ?? 0
  const stop = async () => {
    if (child.exitCode !== null) throw new Error(`Portico ended by itself:\n${said()}`)
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  return { url, pid, ready_ms, start_mb: residentMemory(pid), stop }
}

/** What `npm start` hands to Node; BENCH_NODE_OPTIONS adds to it, such as --cpu-prof. */
function startArguments(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const [, ...given] = scripts.start.split(' ')
  return [...(process.env.BENCH_NODE_OPTIONS?.split(' ') ?? []), ...given]
}

/** The end of what it printed. */
function lastWords(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text = `${text}${chunk}`.slice(-4000)
    })
  }
  return () => text
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok
  } catch {
    return false
  }
}

/** A port that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
