// config → database → migrate → modes → HTTP and worker.

import closeWithGrace from 'close-with-grace'
import { greet } from '#cli/greet.ts'
import { openDatabase } from '#db/connect.ts'
import { migrate } from '#db/migrate.ts'
import { readConfig } from '#src/config.ts'
import { exitWithStartupError } from '#src/exit.ts'
import { createLog } from '#src/log.ts'
import { assembleModes } from '#src/modes.ts'
import { readSecretKey } from '#src/secrets.ts'
import { type RunningServer, startServer } from '#src/server.ts'

try {
  const config = readConfig()
  const log = createLog(config.log_level)
  const secretKey = readSecretKey(config)
  const connections = await openDatabase({
    databaseUrl: config.database_url,
    dataDir: config.data_dir,
    role: 'server',
    log,
  })
  try {
    await migrate(connections)
    const modes = assembleModes({ config, connections, secretKey, log })
    let server: RunningServer | undefined
    closeWithGrace({ delay: 15_000, logger: log }, async () => {
      await server?.stop()
      await connections.close()
    })
    const greeting = await greet(modes.test, log)
    server = await startServer({ config, modes, connections })
    console.log(greeting)
  } catch (error) {
    await connections.close()
    throw error
  }
} catch (error) {
  exitWithStartupError(error)
}
