// PostgreSQL's notifications: they wake whoever waits, in any process. They may be lost with a connection; a poll is the fallback.
import { type Kysely, sql } from 'kysely'
import type pg from 'pg'
import type { Connections } from './connect.ts'

export interface Listener {
  end(): Promise<void>
}

const shortestPause = 100
const longestPause = 2000

/**
 * Calls `onNotify` with each payload on the channel, and without one after every connection but the first: something may have been missed.
 * The first connection is made before this returns; later ones by themselves. Channels are the database's: name the mode in them.
 */
export async function listen(
  connections: Connections,
  channel: string,
  onNotify: (payload?: string) => void,
): Promise<Listener> {
  let ended = false
  let timer: NodeJS.Timeout | undefined
  let client = await subscribe()

  async function subscribe(): Promise<pg.Client> {
    const next = await connections.connect()
    try {
      await next.query(`listen ${next.escapeIdentifier(channel)}`)
    } catch (error) {
      await next.end()
      throw error
    }
    next.on('notification', ({ payload }) => {
      if (!ended) onNotify(payload)
    })
    next.once('end', () => {
      if (!ended) reconnect(shortestPause)
    })
    return next
  }

  function reconnect(pause: number): void {
    timer = setTimeout(async () => {
      try {
        client = await subscribe()
        if (ended) await client.end()
        else onNotify()
      } catch {
        if (!ended) reconnect(Math.min(pause * 2, longestPause))
      }
    }, pause)
  }

  return {
    async end() {
      ended = true
      clearTimeout(timer)
      await client.end()
    },
  }
}

/** Inside a transaction it is sent at the commit, and once for equal payloads. */
export async function notify<Tables>(db: Kysely<Tables>, channel: string, payload = ''): Promise<void> {
  await sql`select pg_notify(${channel}, ${payload})`.execute(db)
}
