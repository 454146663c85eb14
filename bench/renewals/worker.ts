// A worker as `npm start` runs it, in a process of its own, until it is disconnected: with all its jobs, or only those that are measured.
import { pino } from 'pino'
import { openDatabase } from '#db/connect.ts'
import { readConfig } from '#src/config.ts'
import { assembleModes } from '#src/modes.ts'
import { startWorker } from '#worker/loop.ts'
import { SECRET_KEY } from './stage.ts'

export interface WorkerInput {
  database_url: string
  /** All where it is not said. */
  jobs?: string[]
}

process.once('message', async ({ database_url, jobs: names }: WorkerInput) => {
  const log = pino({ level: 'error' })
  const connections = await openDatabase({ databaseUrl: database_url, role: 'server', log })
  const { test } = assembleModes({ config: readConfig({}), connections, secretKey: SECRET_KEY, log })
  const worker = startWorker(
    test.ctx,
    test.jobs.filter(({ name }) => names === undefined || names.includes(name)),
  )
  process.send?.('working')
  process.once('disconnect', async () => {
    await worker.stop()
    process.exit()
  })
})
