// `npm run bench:renewals`: how many subscriptions are renewed a second, by one worker and by two, as a ratio to the floor.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { makeDataDirectory, plainUrl, removeDataDirectory, say } from '#bench/stage.ts'
import type { Connections } from '#db/connect.ts'
import type { FloorInput } from './floor.ts'
import { record, type Statement } from './record.ts'
import { countRenewals, type Size, type Stage, setStage } from './stage.ts'

const { values: asked } = parseArgs({
  options: {
    small: { type: 'boolean' },
    /** Up to a million subscriptions. */
    large: { type: 'boolean' },
    /** Only this many businesses. */
    businesses: { type: 'string' },
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '3' },
  },
})

const sizes: Size[] = asked.small
  ? [{ businesses: 1, subscriptions: 10_000 }]
  : [
      { businesses: 1, subscriptions: 10_000 },
      { businesses: 1, subscriptions: 100_000 },
      { businesses: 100, subscriptions: 100_000 },
      ...(asked.large ? [{ businesses: 100, subscriptions: 1_000_000 }] : []),
    ]
const WARM_UP_MS = 4000
/** As many as the pool of a worker has. */
const CONNECTIONS = 10

console.log(
  `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), load ${loadavg()[0]?.toFixed(1)}`,
)
for (const size of sizes) {
  if (asked.businesses === undefined || Number(asked.businesses) === size.businesses) await measure(size)
}

interface Round {
  one: number
  two: number
  floor: number
}

async function measure(size: Size): Promise<void> {
  const { businesses, subscriptions } = size
  const dataDir = makeDataDirectory()
  try {
    const stage = await say(`${subscriptions} subscriptions of ${businesses}`, () => setStage(dataDir, size))
    const statements = await recordRenewal(stage.connections)
    const floor = await startFloor(stage, statements, subscriptions / businesses)
    const rounds: Round[] = []
    for (let round = 0; round < Number(asked.rounds); round += 1) {
      const one = await measureWorkers(stage.connections, 1)
      const floorRate = await measureFloor(floor)
      const two = await measureWorkers(stage.connections, 2)
      rounds.push({ one, floor: floorRate, two })
    }
    floor.disconnect()
    report(size, rounds, statements.length)
    await stage.connections.close()
  } finally {
    await removeDataDirectory(dataDir)
  }
}

/** The renewal, and the events that it leaves to be read. */
async function recordRenewal(connections: Connections): Promise<Statement[]> {
  const renewal = await record(connections, 'renew or end subscriptions')
  const events = renewal.filter(({ text }) => text.startsWith('insert into "events"')).length
  const fanOut: Statement[] = []
  for (let event = 0; event < events; event += 1) fanOut.push(...(await record(connections, 'fan out events')))
  return [...renewal, ...fanOut]
}

async function startFloor({ connections, shops }: Stage, statements: Statement[], last: number) {
  const input: FloorInput = {
    urls: { test: plainUrl(connections), sandbox: plainUrl(connections, 'sandbox') },
    connections: CONNECTIONS,
    statements,
    recorded: shops.filter(({ business_id }) => statements.some(({ values }) => values.includes(business_id))),
    shops,
    last,
  }
  return start('floor.ts', input)
}

async function start(script: string, input: object): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, script), { serialization: 'advanced' })
  child.send(input)
  await once(child, 'message')
  return child
}

async function measureWorkers(connections: Connections, count: number): Promise<number> {
  const input = { database_url: connections.url }
  const workers = await Promise.all(Array.from({ length: count }, () => start('worker.ts', input)))
  const rate = await rateOf(() => countRenewals(connections))
  for (const worker of workers) {
    const ended = once(worker, 'exit')
    worker.disconnect()
    await ended
  }
  return rate
}

async function measureFloor(floor: ChildProcess): Promise<number> {
  const renewFor = async (milliseconds: number) => {
    const began = performance.now()
    floor.send(milliseconds)
    const [done] = await once(floor, 'message')
    return (done * 1000) / (performance.now() - began)
  }
  await renewFor(WARM_UP_MS)
  return renewFor(Number(asked.seconds) * 1000)
}

async function rateOf(count: () => Promise<number>): Promise<number> {
  await sleep(WARM_UP_MS)
  const before = await count()
  const began = performance.now()
  await sleep(Number(asked.seconds) * 1000)
  const done = (await count()) - before
  return (done * 1000) / (performance.now() - began)
}

function report({ businesses, subscriptions }: Size, rounds: readonly Round[], statements: number): void {
  const line = (name: string, of: (round: Round) => number, digits: number) => {
    const sorted = rounds.map(of).toSorted((a, b) => a - b)
    const [least, middle, most] = [0, Math.floor((sorted.length - 1) / 2), sorted.length - 1].map(
      (at) => sorted[at] ?? 0,
    )
    const text = (value = 0) => value.toFixed(digits)
    console.log(`  ${name.padEnd(34)} ${text(middle)} (${text(least)}–${text(most)})`)
  }
  console.log(`\n${subscriptions} due subscriptions of ${businesses} business(es), ${statements} statements each`)
  line('of the floor, one worker', ({ one, floor }) => one / floor, 2)
  line('of the floor, two workers', ({ two, floor }) => two / floor, 2)
  line('two workers to one', ({ one, two }) => two / one, 2)
  line('renewals/s, one worker', ({ one }) => one, 0)
  line('renewals/s, two workers', ({ two }) => two, 0)
  line('renewals/s, floor', ({ floor }) => floor, 0)
}
