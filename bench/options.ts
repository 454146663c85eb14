// What a run is asked to do: `npm run bench -- --small` for a quick one.
import { parseArgs } from 'node:util'

export interface BenchOptions {
  customers: number
  payments: number
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
  rounds: 3,
  seconds: 10,
  starts: 3,
}
const small = { customers: 1000, payments: 25_000, sessions: 200, connections: 16, rounds: 2, seconds: 1, starts: 1 }

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
  const { customers, payments, sessions, connections, rounds, seconds, starts } = values.small ? small : full
  return {
    customers,
    payments,
    sessions,
    connections,
    rounds: values.rounds === undefined ? rounds : Number(values.rounds),
    seconds: values.seconds === undefined ? seconds : Number(values.seconds),
    starts,
    data: values.data,
  }
}
