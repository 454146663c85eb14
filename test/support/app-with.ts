// The app of a world, over a processor that misbehaves or a database that is lost on cue.
import DodoPayments from 'dodopayments'
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '#db/schema.ts'
import type { Processor } from '#processors/processor.ts'
import { createApp } from '#src/app.ts'
import { readConfig } from '#src/config.ts'
import type { World } from './world.ts'

type App = World['app']

export function appWith(
  world: World,
  parts: { url?: string; processor?: (real: Processor) => Partial<Processor>; db?: (real: Kysely<DB>) => Kysely<DB> },
): App {
  const { test } = world.modes
  const { db, processors } = test.ctx
  const ctx = {
    ...test.ctx,
    db: parts.db?.(db) ?? db,
    processors: processors.map((real) => ({ ...real, ...parts.processor?.(real) })),
  }
  const { url = new URL(world.urls.base).origin } = parts
  return createApp({ modes: { ...world.modes, test: { ...test, ctx } }, config: readConfig({ PORTICO_TEST_URL: url }) })
}

/** Something happens at the nth transaction, counted from 1: before its work, before its commit, after it. With `dead`, nothing after that. */
export function atTransaction(
  nth: number,
  moment: 'begin' | 'commit' | 'committed',
  act: () => void | Promise<void>,
  { dead = false } = {},
) {
  let begun = 0
  let isDead = false
  return (real: Kysely<DB>): Kysely<DB> => {
    const guarded = real.withPlugin({
      transformQuery: ({ node }) => {
        if (isDead) throw new Error('dead')
        return node
      },
      transformResult: async ({ result }) => result,
    })
    const execute = async <T>(work: (inner: Transaction<DB>) => Promise<T>): Promise<T> => {
      begun += 1
      const number = begun
      const pass = async (at: typeof moment) => {
        if (number !== nth || at !== moment) return
        isDead = dead
        await act()
      }
      await pass('begin')
      const result = await guarded.transaction().execute(async (inner) => {
        const done = await work(inner)
        await pass('commit')
        return done
      })
      await pass('committed')
      return result
    }
    return new Proxy(guarded, {
      get: (object, name) => {
        if (name === 'transaction') return () => ({ execute })
        const value = Reflect.get(object, name, object)
        return typeof value === 'function' ? value.bind(object) : value
      },
    })
  }
}

export function lose(): never {
  throw new Error('lost')
}

/** The published SDK, as it comes: it retries twice. Each request goes to the app of its turn, the last one to all that follow. */
export function sdkOver(world: World, apps: readonly App[], options: { timeout?: number } = {}) {
  const headers: Headers[] = []
  const client = new DodoPayments({
    bearerToken: world.api_key,
    baseURL: `${new URL(world.urls.base).origin}/api`,
    ...options,
    fetch: async (to: string | URL | Request, init?: RequestInit) => {
      const app = apps[Math.min(headers.length, apps.length - 1)] ?? world.app
      headers.push(new Headers(init?.headers))
      const { signal } = init ?? {}
      const answer = app.request(to as string, init as RequestInit)
      return signal ? await Promise.race([answer, cutOff(signal)]) : answer
    },
  })
  return { client, asked: () => headers.length }
}

/** What a fetch over a network does when it is told to stop. */
function cutOff(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}
