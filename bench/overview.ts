// `npm run bench`: what the overview costs, as a ratio to a bare server that runs the same SQL. docs/benchmarks.md holds the figures.

import pg from 'pg'
import { readOptions } from './options.ts'
import { weigh } from './page-weight.ts'
import { freePort, type Portico, startPortico } from './portico-process.ts'
import { childrenOf, familyMemory, residentMemory } from './process-facts.ts'
import { type Figures, report } from './report.ts'
import { load, playRounds } from './rounds.ts'
import { makeDataDirectory, removeDataDirectory, type Stage, say, setStage } from './stage.ts'

const options = readOptions()
const port = await freePort()
const temporary: string[] = []
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => removeTemporary().then(() => process.exit(1)))
try {
  await run()
} finally {
  await removeTemporary()
}

async function run(): Promise<void> {
  const empty = await say('starting in an empty directory', () => startOnce(temporaryDirectory()))
  const dataDir = options.data ?? temporaryDirectory()
  const stage = await setStage(dataDir, port, options)
  const existing: number[] = []
  for (let start = 1; start < options.starts; start += 1) existing.push(await startOnce(dataDir))
  const portico = await startPortico(dataDir, port)
  try {
    existing.push(portico.ready_ms)
    console.log(report({ ...(await measure(portico, stage)), starts: { empty, existing } }))
  } finally {
    await portico.stop()
  }
}

function temporaryDirectory(): string {
  const directory = makeDataDirectory()
  temporary.push(directory)
  return directory
}

async function removeTemporary(): Promise<void> {
  for (const directory of temporary.splice(0)) await removeDataDirectory(directory)
}

async function startOnce(directory: string): Promise<number> {
  const started = await startPortico(directory, port)
  await started.stop()
  return started.ready_ms
}

async function measure(portico: Portico, stage: Stage): Promise<Omit<Figures, 'starts'>> {
  const { customers, payments, sessions, connections } = options
  const url = `${portico.url}${stage.path}`
  const cookies = stage.visits.map(({ cookie }) => cookie)
  await load({ url, cookies, connections, seconds: 0, amount: 1000 })
  const after_1000 = residentMemory(portico.pid)
  const postmaster = await findPostmaster(stage)
  const rounds = await say('measuring', () => playRounds({ portico, postmaster, stage }, options))
  const after_rounds = residentMemory(portico.pid)
  const postgresql = familyMemory(postmaster)
  await printInvoice(portico, stage)
  const statements = stage.visits[0]?.stages.flat().length ?? 0
  return {
    customers,
    payments,
    sessions,
    statements,
    rounds,
    weights: weigh(stage.visits.map(({ html }) => html)),
    memory: {
      at_start: portico.start_mb,
      after_1000,
      after_rounds,
      with_pdf: residentMemory(portico.pid),
      postgresql,
      beside: childrenOf(portico.pid)
        .filter((pid) => pid !== postmaster)
        .reduce((sum, pid) => sum + (familyMemory(pid) ?? 0), 0),
    },
  }
}

async function findPostmaster({ database_url }: Stage): Promise<number> {
  const client = new pg.Client({ connectionString: database_url })
  await client.connect()
  // Only the owner may read the file.
  await client.query('set role none')
  const { rows } = await client.query(`select split_part(pg_read_file('postmaster.pid'), chr(10), 1)::integer as pid`)
  await client.end()
  return rows[0].pid
}

async function printInvoice({ url }: Portico, { visits }: Stage): Promise<void> {
  for (const { html, cookie } of visits) {
    const path = /\/billing-history\/pay_\w+\/invoice/.exec(html)?.[0]
    const business = /\/(bus_\w+)\//.exec(html)?.[0]
    if (path === undefined || business === undefined) continue
    const answer = await fetch(`${url}${business.slice(0, -1)}${path}`, { headers: { cookie } })
    const pdf = Buffer.from(await answer.arrayBuffer())
    if (!pdf.subarray(0, 4).equals(Buffer.from('%PDF'))) throw new Error(`no invoice: ${answer.status}`)
    return
  }
}
