// What a run is asked to do: `npm run bench -- --small` for a quick one.
import { parseArgs } from 'node:util'

export interface BenchOptions {
  customers: number
  payments: number
  /** Pages each server answers before the first round, so that their code is compiled. */
  warm_up: number
  /** How many customers' sessions the load takes turns with. */
  sessions: number
  connections: number
  rounds: number
  /** Length of one round of one server. */
  seconds: number
  /** Measurements of the start on the seeded database. */
  starts: number
  /** Keeps the seeded database here and uses it again; a temporary one otherwise. */
  data: string | undefined
}

const full = {
  customers: 100_000,
  payments: 2_500_000,
  sessions: 1000,
  connections: 16,
  warm_up: 5000,
  rounds: 3,
  seconds: 10,
  starts: 3,
}
const small = {
  customers: 1000,
  payments: 25_000,
  sessions: 200,
  connections: 16,
  warm_up: 500,
  rounds: 2,
  seconds: 1,
  starts: 1,
}

export function readOptions(args = process.argv.slice(2)): BenchOptions {
  const { values } = parseArgs({
    args,
    options: {
      small: { type: 'boolean' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      data: { type: 'string' },
    },
  })
  const size = values.small ? small : full
  return {
    ...size,
    rounds: values.rounds === undefined ? size.rounds : Number(values.rounds),
    seconds: values.seconds === undefined ? size.seconds : Number(values.seconds),
    data: values.data,
  }
}
