// A process that only works, to be killed: the background work of test mode on a database, with a wall clock that may run ahead.
// WORK_UNTIL_IDLE=1 does what is due and ends; otherwise it works until it is killed.
import { pino } from 'pino'
import { openDatabase } from '#db/connect.ts'
import { readConfig } from '#src/config.ts'
import { assembleModes } from '#src/modes.ts'
import { runDue, startWorker } from '#worker/loop.ts'

const { WALL_AHEAD_SECONDS = '0', WORK_UNTIL_IDLE, DATABASE_URL = '', SECRET_KEY = '' } = process.env
const log = pino({ level: 'silent' })
const connections = await openDatabase({ databaseUrl: DATABASE_URL, role: 'command', log })
const { test } = assembleModes({
  config: readConfig(),
  connections,
  secretKey: SECRET_KEY,
  log,
  wall: { now: () => Temporal.Now.instant().add({ seconds: Number(WALL_AHEAD_SECONDS) }) },
})
console.log('working')
if (WORK_UNTIL_IDLE === '1') {
  await runDue(test.ctx, test.jobs)
  await connections.close()
} else {
  startWorker(test.ctx, test.jobs)
}
