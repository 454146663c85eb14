// The figures of a run, ratios first.
import { cpus, loadavg } from 'node:os'
import type { Weight } from './page-weight.ts'
import type { Measured, Round } from './rounds.ts'

export interface Figures {
  customers: number
  payments: number
  sessions: number
  statements: number
  rounds: Round[]
  weights: Weight[]
  starts: { empty: number; existing: number[] }
  memory: {
    at_start: number
    after_1000: number
    after_rounds: number
    with_pdf: number
    postgresql: number | undefined
    beside: number
  }
}

export function report(figures: Figures): string {
  const { rounds, starts, memory, weights } = figures
  const ratio = (of: (measured: Measured) => number) =>
    spread(
      rounds.map(({ portico, floor }) => of(portico) / of(floor)),
      2,
    )
  return [
    `${figures.customers} customers, ${figures.payments} payments, ${figures.sessions} sessions, ${figures.statements} statements a page`,
    `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), load ${loadavg()[0]?.toFixed(1)}`,
    '',
    `pages/s, of the floor's              ${ratio(({ pages_per_second }) => pages_per_second)}   (aim ≥ 0.6)`,
    `pages a second of processor time     ${ratio(({ node_ms, postgresql_ms }) => 1 / (node_ms + postgresql_ms))}   (the same, without the load and whoever else is on the machine)`,
    `Portico   ${line(rounds.map(({ portico }) => portico))}`,
    `floor     ${line(rounds.map(({ floor }) => floor))}`,
    '',
    ...weights.map(({ name, raw, gzip }) => `${name.padEnd(36)} ${kilobytes(raw)} raw   ${kilobytes(gzip)} gzip`),
    '',
    `memory of the Node process: ${mb(memory.at_start)} when ready, ${mb(memory.after_1000)} after 1,000 overviews (aim ≤ 200 MB),`,
    `  ${mb(memory.after_rounds)} after the rounds, ${mb(memory.with_pdf)} with the PDF thread after its first invoice`,
    `  beside it: PostgreSQL ${memory.postgresql === undefined ? 'not known' : mb(memory.postgresql)}, processes it started ${mb(memory.beside)}`,
    `start to ready: existing database ${spread(starts.existing, 0)} ms (aim ≤ 3000 ms), empty directory ${starts.empty.toFixed(0)} ms`,
  ].join('\n')
}

function line(measured: Measured[]): string {
  const of = (field: keyof Measured, digits = 0) =>
    spread(
      measured.map((one) => one[field]),
      digits,
    )
  return (
    `${of('pages_per_second')} pages/s   median ${of('median')} ms   99 % within ${of('p99')} ms   ` +
    `processor: ${of('node_ms', 2)} ms a page, PostgreSQL ${of('postgresql_ms', 2)} ms`
  )
}

/** "0.71 (0.69–0.73)": the middle one, the least and the most. */
function spread(values: number[], digits: number): string {
  const sorted = values.toSorted((a, b) => a - b)
  const [least = 0, most = 0] = [sorted[0], sorted.at(-1)]
  const middle = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
  return `${middle.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`
}

const mb = (value: number) => `${value.toFixed(0)} MB`
const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`.padStart(9)
