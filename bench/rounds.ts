// Portico and the floor, both warm, under the same load, turn about, so that whatever else the machine does hits both.
import { startChild } from './child.ts'
import type { FloorInput } from './floor.ts'
import type { LoadInput, LoadResult } from './load.ts'
import type { BenchOptions } from './options.ts'
import type { Portico } from './portico-process.ts'
import { familyTime, processorTime } from './process-facts.ts'
import type { Stage } from './stage.ts'

/** As many connections as Portico's pool has. */
const POOL_SIZE = 10

export interface Measured {
  pages_per_second: number
  /** Milliseconds. */
  median: number
  p99: number
  /** Processor time of the server's own process, in ms a page. */
  node_ms: number
  /** And of PostgreSQL. */
  postgresql_ms: number
}

export interface Round {
  portico: Measured
  floor: Measured
}

export async function load(input: LoadInput): Promise<LoadResult> {
  const { answer } = await startChild<LoadResult>('load.ts', input)
  return answer
}

export interface Players {
  portico: Portico
  /** Process id of PostgreSQL. */
  postmaster: number
  stage: Stage
}

export async function playRounds({ portico, postmaster, stage }: Players, options: BenchOptions): Promise<Round[]> {
  const floor = await startFloor(stage)
  try {
    const { connections, seconds, warm_up } = options
    const cookies = stage.visits.map(({ cookie }) => cookie)
    const input = { cookies, connections, seconds }
    const page = `${portico.url}${stage.path}`
    for (const url of [page, floor.url]) await load({ ...input, url, amount: warm_up })
    const measurePortico = measurer([portico.pid, postmaster], { ...input, url: page })
    const measureFloor = measurer([floor.pid, postmaster], { ...input, url: floor.url })
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

function measurer([server, postmaster]: [number, number], input: LoadInput) {
  return async (): Promise<Measured> => {
    const node = processorTime(server)
    const postgresql = familyTime(postmaster)
    const { pages, seconds, median, p99 } = await load(input)
    return {
      pages_per_second: pages / seconds,
      median,
      p99,
      node_ms: (processorTime(server) - node) / pages,
      postgresql_ms: (familyTime(postmaster) - postgresql) / pages,
    }
  }
}
