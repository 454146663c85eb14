// Probes, answered on any host: alive, and ready to work.

import type { Hono } from 'hono'
import { sql } from 'kysely'
import type { AppEnv } from '#src/app-env.ts'
import type { Modes } from '#src/modes.ts'

export function answerProbes(app: Hono<AppEnv>, modes: Modes, accepting: () => boolean): void {
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', async (c) => {
    const reason = accepting() ? await findTrouble(modes) : 'stopping'
    return reason === undefined ? c.json({ status: 'ready' }) : c.json({ status: 'unavailable', reason }, 503)
  })
}

async function findTrouble(modes: Modes): Promise<string | undefined> {
  try {
    await Promise.race([
      Promise.all([modes.test, modes.live].map((mode) => mode && sql`select 1`.execute(mode.ctx.db))),
      new Promise((_, reject) => setTimeout(reject, 3000, new Error('timeout')).unref()),
    ])
    return undefined
  } catch {
    return 'database'
  }
}
