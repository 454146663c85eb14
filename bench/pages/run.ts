// `npm run bench:pages`: what each page of the portal weighs, when it is drawn, and whether a customer with years of payments waits longer
// than one with months. All of it is ratios of what ran in turns; docs/benchmarks.md holds the figures.
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { makeDataDirectory, removeDataDirectory, say } from '#bench/stage.ts'
import { openDatabase } from '#db/connect.ts'
import { migrate } from '#db/migrate.ts'
import { launchBrowser } from '#test/support/browser.ts'
import { type Grounds, prepareGrounds } from '#test/support/every-page.ts'
import { everydayWorld } from '#test/support/everyday.ts'
import { listenWorld } from '#test/support/listen-world.ts'
import { paintMain } from './paint.ts'
import { reportCompared, reportPainted, reportWeights } from './report.ts'
import { setCrowdedStage } from './stage.ts'
import { compare } from './turns.ts'
import { weighAll } from './weights.ts'

const { values: asked } = parseArgs({
  options: {
    /** weights, paint, customers: all of them without. */
    only: { type: 'string' },
    /** Turns of the large and the small customer; of painting there are a sixth as many. */
    rounds: { type: 'string', default: '30' },
    /** Keeps the seeded customers there, and uses them again. */
    data: { type: 'string' },
    /** Sets the large customer against one whose pages are full, in place of one with a few rows. */
    full: { type: 'boolean' },
    /** Of what is painted and asked in turns, those pages whose name holds this. */
    page: { type: 'string', default: '' },
  },
})
const rounds = Number(asked.rounds)
const wants = (part: string) => asked.only === undefined || asked.only === part

const wanted = (name: string) => name.includes(asked.page)

const machine = () =>
  `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), load ${loadavg()[0]?.toFixed(1)}`

console.log(machine())
if (wants('weights') || wants('paint')) await inTheWorld(measurePages)
if (wants('customers')) await compareCustomers()
console.log(machine())
process.exit(0)

async function measurePages(grounds: Grounds): Promise<void> {
  const browser = await launchBrowser()
  try {
    if (wants('weights')) console.log(reportWeights(await say('weighing', () => weighAll(browser, grounds))))
    const times = Math.max(5, Math.ceil(rounds / 6))
    if (wants('paint'))
      console.log(reportPainted(await say('painting', () => paintMain(browser, grounds, times, wanted))))
  } finally {
    await browser.close()
  }
}

async function inTheWorld(work: (grounds: Grounds) => Promise<void>): Promise<void> {
  const dataDir = makeDataDirectory()
  const connections = await openDatabase({ dataDir, role: 'server', log: pino({ level: 'error' }) })
  try {
    await migrate(connections)
    const world = await listenWorld({ ...everydayWorld, database: { connections, url: '', drop: async () => {} } })
    await work(await say('living through eight months', () => prepareGrounds(world)))
    await world.close()
  } finally {
    await connections.close()
    await removeDataDirectory(dataDir)
  }
}

async function compareCustomers(): Promise<void> {
  const dataDir = asked.data ?? makeDataDirectory()
  try {
    const stage = await setCrowdedStage(dataDir, asked.full ? 'full' : 'small')
    const compared = await say('taking turns', () => compare(stage, rounds, wanted))
    console.log(reportCompared(compared))
    await stage.close()
  } finally {
    if (asked.data === undefined) await removeDataDirectory(dataDir)
  }
}
