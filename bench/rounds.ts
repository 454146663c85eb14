// Portico and the floor under the same load, turn about, so that whatever else the machine does hits both.
import { startChild } from './child.ts'
import type { FloorInput } from './floor.ts'
import type { LoadInput, LoadResult } from './load.ts'
import type { BenchOptions } from './options.ts'
import type { Portico } from './portico-process.ts'
import { processorTime } from './process-facts.ts'
import type { Stage } from './stage.ts'

/** As many connections as Portico's pool has. */
const POOL_SIZE = 10
const WARM_UP_SECONDS = 3

export interface Measured {
  pages_per_second: number
  /** Milliseconds. */
  median: number
  p99: number
  /** Processor time of the server's own process; PostgreSQL's comes on top. */
  cpu_ms_per_page: number
}

export interface Round {
  portico: Measured
  floor: Measured
}

export async function load(input: LoadInput): Promise<LoadResult> {
  const { answer } = await startChild<LoadResult>('load.ts', input)
  return answer
}

export async function playRounds(portico: Portico, stage: Stage, options: BenchOptions): Promise<Round[]> {
  const floor = await startFloor(stage)
  try {
    const { connections, seconds } = options
    const cookies = stage.visits.map(({ cookie }) => cookie)
    const measurePortico = measurer(portico.pid, { url: `${portico.url}${stage.path}`, cookies, connections, seconds })
    const measureFloor = measurer(floor.pid, { url: floor.url, cookies, connections, seconds })
    await measurePortico(Math.min(seconds, WARM_UP_SECONDS))
    await measureFloor(Math.min(seconds, WARM_UP_SECONDS))
    const rounds: Round[] = []
    for (let round = 0; round < options.rounds; round += 1) {
      rounds.push({ portico: await measurePortico(), floor: await measureFloor() })
    }
    return rounds
  } finally {
    floor.stop()
  }
}

async function startFloor({ visits, database_url }: Stage) {
  const bytes = visits.reduce((sum, { html }) => sum + Buffer.byteLength(html), 0) / visits.length
  const stages = new Map(visits.map((visit) => [visit.cookie, visit.stages]))
  const input: FloorInput = { database_url, pool_size: POOL_SIZE, bytes: Math.round(bytes), stages }
  const { child, answer: port } = await startChild<number>('floor.ts', input)
  return { url: `http://127.0.0.1:${port}/`, pid: child.pid ?? 0, stop: () => child.disconnect() }
}

function measurer(pid: number, input: LoadInput) {
  return async (seconds = input.seconds): Promise<Measured> => {
    const before = processorTime(pid)
    const { pages, seconds: took, median, p99 } = await load({ ...input, seconds })
    const cpu_ms_per_page = (processorTime(pid) - before) / pages
    return { pages_per_second: pages / took, median, p99, cpu_ms_per_page }
  }
}
