// `npm run bench:ingest`: how many events a second come in through the API, as a ratio to the same SQL in a bare loop; and what reading
// a month costs when it held a thousand events and when it held a million.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { freePort, type Portico, startPortico } from '#bench/portico-process.ts'
import { makeDataDirectory, removeDataDirectory, say } from '#bench/stage.ts'
import { findPostmaster, printSpread, type Timed, timed } from '#bench/timed.ts'
import { BATCH } from './batch.ts'
import { months, type Stage, setStage } from './stage.ts'

const { values: asked } = parseArgs({
  options: {
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '4' },
  },
})
const connections = Number(asked.connections)
const WARM_UP_MS = 4000
/** Of each month. */
const READS = 200

const dataDir = makeDataDirectory()
try {
  await run()
} finally {
  await removeDataDirectory(dataDir)
}

async function run(): Promise<void> {
  const port = await freePort()
  const stage = await say('seeding', () => setStage(dataDir, port))
  const portico = await startPortico(dataDir, port)
  try {
    console.log(
      `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), load ${loadavg()[0]?.toFixed(1)}`,
    )
    await readMonths(portico.url, stage)
    await measure(portico, stage)
    await readMonths(portico.url, stage)
  } finally {
    await portico.stop()
  }
}

async function measure({ url, pid }: Portico, { key, database_url, recorded }: Stage): Promise<void> {
  const load = await start('load.ts', { url: `${url}/api/events/ingest`, key, connections })
  const floor = await start('floor.ts', { database_url, connections, recorded })
  const postmaster = await findPostmaster(database_url)
  const measured = (child: ChildProcess, asker: number, seconds: number) =>
    timed([asker], postmaster, () => runFor(child, seconds * 1000))
  const rounds: { portico: Timed; floor: Timed }[] = []
  for (const child of [load, floor]) await runFor(child, WARM_UP_MS)
  for (let round = 0; round < Number(asked.rounds); round += 1) {
    const portico = await measured(load, pid, Number(asked.seconds))
    rounds.push({ portico, floor: await measured(floor, floor.pid ?? 0, Number(asked.seconds)) })
  }
  load.disconnect()
  floor.disconnect()
  console.log(`batches of ${BATCH} on ${connections} connections, ${recorded[0]?.length} statements each`)
  const say = (name: string, of: (round: (typeof rounds)[number]) => number, digits: number) =>
    printSpread(name, rounds.map(of), digits)
  say('events/s', ({ portico }) => portico.rate * BATCH, 0)
  say('events/s, floor', ({ floor: of }) => of.rate * BATCH, 0)
  say('of the floor', ({ portico, floor: of }) => portico.rate / of.rate, 2)
  say('processor ms a batch: Portico', ({ portico }) => portico.own, 1)
  say('processor ms a batch: its PostgreSQL', ({ portico }) => portico.postgres, 1)
  say('processor ms a batch: floor', ({ floor: of }) => of.own, 1)
  say("processor ms a batch: the floor's PostgreSQL", ({ floor: of }) => of.postgres, 1)
}

async function start(script: string, input: object): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, script), { serialization: 'advanced' })
  child.send(input)
  await once(child, 'message')
  return child
}

/** Answers how many batches there were in so many milliseconds. */
async function runFor(child: ChildProcess, milliseconds: number): Promise<number> {
  child.send(milliseconds)
  const [batches] = await Promise.race([once(child, 'message'), failureOf(child)])
  return batches
}

async function failureOf(child: ChildProcess): Promise<never> {
  const [code] = await once(child, 'exit')
  throw new Error(`a process of the benchmark ended with ${code}`)
}

/** Milliseconds an answer, turn about. */
async function readMonths(url: string, { key }: Stage): Promise<void> {
  const times = { thousand: [] as number[], million: [] as number[] }
  for (let read = 0; read < READS; read += 1) {
    for (const name of ['thousand', 'million'] as const) {
      const began = performance.now()
      const answer = await fetch(`${url}/api/subscriptions/${months[name]}/usage-history?page_size=1`, {
        headers: { authorization: `Bearer ${key}` },
      })
      if (!(await answer.text()).includes('consumed_units')) throw new Error(`no usage: ${answer.status}`)
      times[name].push(performance.now() - began)
    }
  }
  const median = (of: number[]) => (of.toSorted((a, b) => a - b)[READS / 2] ?? 0).toFixed(1)
  console.log(`reading a month: of 1,000 events ${median(times.thousand)} ms, of 1,000,000 ${median(times.million)} ms`)
}
