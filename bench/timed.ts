// Work of other processes, and the processor time it took: that holds also on a machine where others are busy.
import pg from 'pg'
import { familyTime, parentOf, processorTime } from './process-facts.ts'

export interface Timed {
  /** A second. */
  rate: number
  /** Processor time for each, in ms: of the processes that ask PostgreSQL, and of PostgreSQL. */
  own: number
  postgres: number
}

/** `work` answers how much it was. */
export async function timed(pids: readonly number[], postmaster: number, work: () => Promise<number>): Promise<Timed> {
  const timeOf = () => ({
    own: pids.reduce((sum, pid) => sum + processorTime(pid), 0),
    postgres: processorTime(postmaster) + familyTime(postmaster),
    at: performance.now(),
  })
  const before = timeOf()
  const done = await work()
  const after = timeOf()
  return {
    rate: (done * 1000) / (after.at - before.at),
    own: (after.own - before.own) / done,
    postgres: (after.postgres - before.postgres) / done,
  }
}

/** The process id of the server at this address; 0 where the system does not tell. */
export async function findPostmaster(connectionString: string): Promise<number> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  const { rows } = await client.query('select pg_backend_pid() as pid')
  const postmaster = parentOf(rows[0].pid) ?? 0
  await client.end()
  return postmaster
}

/** `  renewals/s   318 (293–392)`: the middle one, the least and the most. */
export function printSpread(name: string, values: readonly number[], digits: number): void {
  const sorted = values.toSorted((a, b) => a - b)
  const [least = 0, middle = 0, most = 0] = [0, Math.floor((sorted.length - 1) / 2), sorted.length - 1].map(
    (at) => sorted[at],
  )
  console.log(`  ${name.padEnd(52)} ${middle.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`)
}
