// The floor: a bare Hono server that runs the SQL of the same request, the key's included, and answers a constant text. A process of its own.
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import pg from 'pg'
import type { Statement } from '#bench/record-visits.ts'
import { newId } from '#src/ids.ts'
import type { Recorded } from './stage.ts'

export interface FloorInput {
  database_url: string
  pool_size: number
  operations: Recorded[]
}

process.once('message', ({ database_url, pool_size, operations }: FloorInput) => {
  const pool = new pg.Pool({ connectionString: database_url, max: pool_size })
  const app = new Hono()
  for (const { method, paths, statements, bytes } of operations) {
    const answer = JSON.stringify('x'.repeat(Math.max(bytes - 2, 0)))
    const fresh = method === 'POST' ? renamed(statements[0] ?? []) : undefined
    const byPath = new Map(paths.map((path, at) => [path.split('?')[0] ?? '', statements[at] ?? []]))
    app.on(method, [...byPath.keys()], async (c) => {
      if (fresh !== undefined) await c.req.json()
      await run(pool, fresh?.() ?? byPath.get(c.req.path) ?? [])
      return c.body(answer, 200, { 'content-type': 'application/json' })
    })
  }
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) =>
    process.send?.(port),
  )
  process.once('disconnect', () => server.close(() => process.exit()))
})

/** On one connection from a `begin` to its `commit`. */
async function run(pool: pg.Pool, statements: readonly Statement[]): Promise<void> {
  let held: pg.PoolClient | undefined
  for (const { text, values } of statements) {
    if (/^begin|^start transaction/i.test(text)) held = await pool.connect()
    await (held ?? pool).query(text, values)
    if (/^commit/i.test(text)) {
      held?.release()
      held = undefined
    }
  }
}

const NAME = /\b[a-z]{2,4}_[0-9A-Za-z]{16,}/g

/** The statements of a request that writes, each time with new names for what it made: those that none of its first reads had named. */
function renamed(statements: readonly Statement[]): () => Statement[] {
  const namesOf = (some: readonly Statement[]) => new Set(JSON.stringify(some.map(({ values }) => values)).match(NAME))
  const given = namesOf(statements.slice(0, 1))
  const made = [...namesOf(statements)].filter((name) => !given.has(name) && !name.startsWith('bus_'))
  return () => {
    const names = new Map(made.map((name) => [name, `${name.split('_')[0]}_${newId('event').slice(4)}`]))
    const rename = (value: unknown) =>
      typeof value === 'string' ? value.replaceAll(NAME, (name) => names.get(name) ?? name) : value
    return statements.map(({ text, values }) => ({ text, values: values.map(rename) }))
  }
}
