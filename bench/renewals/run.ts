// `npm run bench:renewals`: how many subscriptions are renewed a second, by one worker and by two, as a ratio to the floor.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { makeDataDirectory, plainUrl, removeDataDirectory, say } from '#bench/stage.ts'
import { findPostmaster, printSpread, type Timed, timed } from '#bench/timed.ts'
import type { Connections } from '#db/connect.ts'
import type { FloorInput } from './floor.ts'
import { type Recorded, record } from './record.ts'
import { countRenewals, isUsedUp, type Size, type Stage, setStage } from './stage.ts'

const { values: asked } = parseArgs({
  options: {
    small: { type: 'boolean' },
    /** A million subscriptions as well. */
    large: { type: 'boolean' },
    /** Only this many businesses. */
    businesses: { type: 'string' },
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '3' },
  },
})

const sizes: Size[] = asked.small
  ? [{ businesses: 1, subscriptions: 40_000 }]
  : [
      { businesses: 1, subscriptions: 100_000 },
      { businesses: 100, subscriptions: 100_000 },
      ...(asked.large ? [{ businesses: 100, subscriptions: 1_000_000 }] : []),
    ]
/** What is measured: the renewal, and the events that it leaves to be read. Mails are sent in their own time. */
const MEASURED: [string, string] = ['renew or end subscriptions', 'fan out events']
const WARM_UP_MS = 3000
/** As many as the pool of a worker has. */
const CONNECTIONS = 10

console.log(
  `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), load ${loadavg()[0]?.toFixed(1)}`,
)
for (const size of sizes) {
  if (asked.businesses === undefined || Number(asked.businesses) === size.businesses) await measure(size)
}

type Round = Record<'one' | 'two' | 'floor', Timed>

async function measure(size: Size): Promise<void> {
  const { businesses, subscriptions } = size
  const dataDir = makeDataDirectory()
  try {
    const stage = await say(`${subscriptions} subscriptions of ${businesses}`, () => setStage(dataDir, size))
    const { connections } = stage
    const postmaster = await findPostmaster(plainUrl(connections))
    // Tables that were empty have rows now, and PostgreSQL is told, as it would find out within a minute.
    await measureWorkers(connections, postmaster, 1, MEASURED)
    await connections.connect().then((client) => client.query('analyze').finally(() => client.end()))
    const recorded = await record(connections, MEASURED)
    const floor = await startFloor(stage, recorded, subscriptions / businesses)
    const rounds: Round[] = []
    for (let round = 0; round < Number(asked.rounds); round += 1) {
      const one = await measureWorkers(connections, postmaster, 1, MEASURED)
      const floorRate = await measureFloor(floor, postmaster)
      const two = await measureWorkers(connections, postmaster, 2, MEASURED)
      rounds.push({ one, floor: floorRate, two })
    }
    floor.disconnect()
    report(size, rounds, recorded)
    const all = await measureWorkers(connections, postmaster, 1)
    if (await isUsedUp(connections)) console.log('  not to be quoted: no subscription was left to be renewed')
    console.log(`  ${'renewals/s, one worker that also sends the receipts'.padEnd(52)} ${all.rate.toFixed(0)}`)
    await connections.close()
  } finally {
    await removeDataDirectory(dataDir)
  }
}

async function startFloor({ connections, shops }: Stage, { statements, rows: batch }: Recorded, last: number) {
  const named = JSON.stringify(statements.map(({ values }) => values))
  const input: FloorInput = {
    urls: { test: plainUrl(connections), sandbox: plainUrl(connections, 'sandbox') },
    connections: CONNECTIONS,
    statements,
    batch,
    recorded: shops.filter(({ business_id }) => named.includes(business_id)),
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

async function measureWorkers(
  connections: Connections,
  postmaster: number,
  count: number,
  jobs?: string[],
): Promise<Timed> {
  const input = { database_url: connections.url, jobs }
  const workers = await Promise.all(Array.from({ length: count }, () => start('worker.ts', input)))
  await sleep(WARM_UP_MS)
  const before = await countRenewals(connections)
  const measured = await timed(
    workers.map(({ pid = 0 }) => pid),
    postmaster,
    async () => {
      await sleep(Number(asked.seconds) * 1000)
      return (await countRenewals(connections)) - before
    },
  )
  for (const worker of workers) {
    const ended = once(worker, 'exit')
    worker.disconnect()
    await ended
  }
  return measured
}

async function measureFloor(floor: ChildProcess, postmaster: number): Promise<Timed> {
  const renewFor = async (milliseconds: number): Promise<number> => {
    floor.send(milliseconds)
    return (await once(floor, 'message'))[0]
  }
  await renewFor(WARM_UP_MS)
  return timed([floor.pid ?? 0], postmaster, () => renewFor(Number(asked.seconds) * 1000))
}

function report({ businesses, subscriptions }: Size, rounds: readonly Round[], recorded: Recorded): void {
  const line = (name: string, of: (round: Round) => number, digits: number) => printSpread(name, rounds.map(of), digits)
  const { statements, rows } = recorded
  const each = (statements.length / rows).toFixed(2)
  console.log(
    `\n${subscriptions} due subscriptions of ${businesses} business(es); ${statements.length} statements for ${rows}: ${each} each`,
  )
  line('of the floor, one worker', ({ one, floor }) => one.rate / floor.rate, 2)
  line('of the floor, two workers', ({ two, floor }) => two.rate / floor.rate, 2)
  line('two workers to one', ({ one, two }) => two.rate / one.rate, 2)
  line('renewals/s, one worker', ({ one }) => one.rate, 0)
  line('renewals/s, two workers', ({ two }) => two.rate, 0)
  line('renewals/s, floor', ({ floor }) => floor.rate, 0)
  line('processor ms a renewal, one worker: Node', ({ one }) => one.own, 2)
  line('processor ms a renewal, one worker: PostgreSQL', ({ one }) => one.postgres, 2)
  line('processor ms a renewal, two workers: Node', ({ two }) => two.own, 2)
  line('processor ms a renewal, two workers: PostgreSQL', ({ two }) => two.postgres, 2)
  line('processor ms a renewal, floor: Node', ({ floor }) => floor.own, 2)
  line('processor ms a renewal, floor: PostgreSQL', ({ floor }) => floor.postgres, 2)
}
