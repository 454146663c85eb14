// `npm run bench:api`: requests a second of some operations, as a ratio to a bare Hono server that runs the same SQL.
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { startChild } from '#bench/child.ts'
import { freePort, startPortico } from '#bench/portico-process.ts'
import { makeDataDirectory, removeDataDirectory, say } from '#bench/stage.ts'
import { findPostmaster, printSpread, type Timed, timed } from '#bench/timed.ts'
import type { FloorInput } from './floor.ts'
import type { LoadInput } from './load.ts'
import { headersOf } from './operations.ts'
import { type Recorded, type Stage, setStage } from './stage.ts'

const { values: asked } = parseArgs({
  options: {
    small: { type: 'boolean' },
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '16' },
  },
})
const size = asked.small
  ? { customers: 200, payments: 5_000, subscriptions: 50 }
  : { customers: 10_000, payments: 250_000, subscriptions: 500 }
const WARM_UP_SECONDS = 4
/** As many connections as Portico's pool has. */
const POOL_SIZE = 10

const dataDir = makeDataDirectory()
try {
  await run()
} finally {
  await removeDataDirectory(dataDir)
}

async function run(): Promise<void> {
  const port = await freePort()
  const stage = await say('seeding', () => setStage(dataDir, port, size))
  const portico = await startPortico(dataDir, port)
  const input: FloorInput = { ...stage, pool_size: POOL_SIZE }
  const { child: floor, answer: floorPort } = await startChild<number>('api/floor.ts', input)
  try {
    const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), load ${loadavg()[0]?.toFixed(1)}`
    console.log(`Node ${process.version}, ${machine}; ${asked.connections} connections`)
    const postmaster = await findPostmaster(stage.database_url)
    const players = {
      portico: { url: `${portico.url}/api/`, pid: portico.pid },
      floor: { url: `http://127.0.0.1:${floorPort}/`, pid: floor.pid ?? 0 },
    }
    for (const operation of stage.operations) await measure(stage, operation, players, postmaster)
  } finally {
    floor.disconnect()
    await portico.stop()
  }
}

interface Player {
  url: string
  pid: number
}

async function measure(
  { key }: Stage,
  operation: Recorded,
  players: Record<'portico' | 'floor', Player>,
  postmaster: number,
): Promise<void> {
  const { method, paths, body } = operation
  const load = async (url: string, seconds: number): Promise<number> => {
    const headers = headersOf(key, operation)
    const input: LoadInput = { url, method, paths, headers, body, connections: Number(asked.connections), seconds }
    return (await startChild<number>('api/load.ts', input)).answer
  }
  for (const { url } of Object.values(players)) await load(url, WARM_UP_SECONDS)
  const rounds: Record<'portico' | 'floor', Timed>[] = []
  for (let round = 0; round < Number(asked.rounds); round += 1) {
    const play = ({ url, pid }: Player) => timed([pid], postmaster, () => load(url, Number(asked.seconds)))
    rounds.push({ portico: await play(players.portico), floor: await play(players.floor) })
  }
  console.log(`${operation.name}, ${operation.statements[0]?.length} statements`)
  const print = (name: string, of: (round: (typeof rounds)[number]) => number, digits: number) =>
    printSpread(name, rounds.map(of), digits)
  print('of the floor', ({ portico, floor }) => portico.rate / floor.rate, 2)
  print('requests/s', ({ portico }) => portico.rate, 0)
  print('requests/s, floor', ({ floor }) => floor.rate, 0)
  print('processor ms a request: Node', ({ portico }) => portico.own, 2)
  print('processor ms a request: PostgreSQL', ({ portico }) => portico.postgres, 2)
  print('processor ms a request: floor', ({ floor }) => floor.own, 2)
  print("processor ms a request: the floor's PostgreSQL", ({ floor }) => floor.postgres, 2)
}
