// The figures of a run, ratios first.
import { cpus } from 'node:os'
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
    esbuild: number
  }
}

export function report(figures: Figures): string {
  const { rounds, starts, memory, weights } = figures
  const ratios = rounds.map(({ portico, floor }) => portico.pages_per_second / floor.pages_per_second)
  const cpu = rounds.map(({ portico, floor }) => floor.cpu_ms_per_page / portico.cpu_ms_per_page)
  return [
    `${figures.customers} customers, ${figures.payments} payments, ${figures.sessions} sessions, ${figures.statements} statements a page`,
    `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'})`,
    '',
    `pages/s to the floor    ${spread(ratios, 2)}   (aim ≥ 0.6)`,
    `processor time, floor's share of Portico's, Node process only   ${spread(cpu, 2)}`,
    `Portico   ${line(rounds.map(({ portico }) => portico))}`,
    `floor     ${line(rounds.map(({ floor }) => floor))}`,
    '',
    ...weights.map(({ name, raw, gzip }) => `${name.padEnd(36)} ${kilobytes(raw)} raw   ${kilobytes(gzip)} gzip`),
    '',
    `memory of the Node process: ${mb(memory.at_start)} when ready, ${mb(memory.after_1000)} after 1,000 overviews (aim ≤ 200 MB),`,
    `  ${mb(memory.after_rounds)} after the rounds, ${mb(memory.with_pdf)} with the PDF thread after its first invoice`,
    `  beside it: PostgreSQL ${memory.postgresql === undefined ? 'not known' : mb(memory.postgresql)}, esbuild of tsx ${mb(memory.esbuild)}`,
    `start to ready: existing database ${spread(starts.existing, 0)} ms (aim ≤ 3000 ms), empty directory ${starts.empty.toFixed(0)} ms`,
  ].join('\n')
}

function line(measured: Measured[]): string {
  const of = (field: keyof Measured) => measured.map((one) => one[field])
  return (
    `${spread(of('pages_per_second'), 0)} pages/s   median ${spread(of('median'), 0)} ms   99 % within ${spread(of('p99'), 0)} ms   ` +
    `${spread(of('cpu_ms_per_page'), 2)} ms of processor a page`
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
