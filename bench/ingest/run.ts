// `npm run bench:ingest`: how many events a second come in through the API, as a ratio to the same SQL in a bare loop; and what reading
// a month costs when it held a thousand events and when it held a million.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { freePort, startPortico } from '#bench/portico-process.ts'
import { makeDataDirectory, removeDataDirectory, say } from '#bench/stage.ts'
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
    await measure(portico.url, stage)
    await readMonths(portico.url, stage)
  } finally {
    await portico.stop()
  }
}

async function measure(url: string, { key, database_url, recorded }: Stage): Promise<void> {
  const load = await start('load.ts', { url: `${url}/api/events/ingest`, key, connections })
  const floor = await start('floor.ts', { database_url, connections, recorded })
  const rates: { portico: number; floor: number }[] = []
  for (const child of [load, floor]) await rateOf(child, WARM_UP_MS)
  for (let round = 0; round < Number(asked.rounds); round += 1) {
    const portico = await rateOf(load, Number(asked.seconds) * 1000)
    rates.push({ portico, floor: await rateOf(floor, Number(asked.seconds) * 1000) })
  }
  load.disconnect()
  floor.disconnect()
  console.log(`batches of ${BATCH} on ${connections} connections, ${recorded[0]?.length} statements each`)
  line(
    'events/s',
    rates.map(({ portico }) => portico * BATCH),
    0,
  )
  line(
    'events/s, floor',
    rates.map(({ floor: of }) => of * BATCH),
    0,
  )
  line(
    'of the floor',
    rates.map(({ portico, floor: of }) => portico / of),
    2,
  )
}

async function start(script: string, input: object): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, script), { serialization: 'advanced' })
  child.send(input)
  await once(child, 'message')
  return child
}

/** Batches a second. */
async function rateOf(child: ChildProcess, milliseconds: number): Promise<number> {
  const began = performance.now()
  child.send(milliseconds)
  const [batches] = await Promise.race([once(child, 'message'), failureOf(child)])
  return (batches * 1000) / (performance.now() - began)
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

function line(name: string, of: number[], digits: number): void {
  const sorted = of.toSorted((a, b) => a - b)
  const [least = 0, middle = 0, most = 0] = [0, Math.floor((sorted.length - 1) / 2), sorted.length - 1].map(
    (at) => sorted[at],
  )
  console.log(`  ${name.padEnd(20)} ${middle.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`)
}
