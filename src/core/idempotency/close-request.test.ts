import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { createCustomer } from '#core/customers/create-customer.ts'
import { from, update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import type { World } from '#test/support/world.ts'
import { keepAnswer } from './close-request.ts'
import { openRequest } from './open-request.ts'

const { newWorld } = stage()

let world: World
let ctx: BusinessCtx
beforeEach(async () => {
  world = await newWorld()
  ctx = await world.fresh()
})

const nameOne = async (name: string) => {
  const { customer_id } = await createCustomer(ctx, { email: `${name}@northwind.example`, name })
  return customer_id
}

const open = async () => {
  const opened = await openRequest(ctx, {
    operation: 'createRefund',
    path: '/api/refunds',
    caller_id: 'key_1',
    key_owner: null,
    idempotency_key: null,
    retry_count: 0,
    content: '[]',
    may_repeat: false,
  })
  if (opened.type !== 'run') throw new Error(`the request is ${opened.type}`)
  return opened.request
}

const keep = async (named: string) => keepAnswer(ctx, await open(), { status: 200, body: '{}' }, named)
const kept = async () => (await rowsOf(world, 'api_requests')).map(({ status, answer }) => [status, answer !== null])

test('an answer that names nobody, or customers who are there, is kept', async () => {
  await keep('nobody')
  await keep(`${await nameOne('mara')} ${await nameOne('kim')}`)
  expect(await kept()).toEqual([
    [200, true],
    [200, true],
  ])
})

test('of one that names somebody who is being erased nothing is kept', async () => {
  const [mara, kim] = [await nameOne('mara'), await nameOne('kim')]
  let keeping: Promise<void> | undefined
  await inTransaction(ctx, async (erasing) => {
    await from(erasing, 'customers').select('customer_id').where('customer_id', '=', kim).forUpdate().execute()
    keeping = keep(`${mara} ${kim}`)
    await expect.poll(() => waitingFor(erasing)).toBe(1)
    await update(erasing, 'customers').set({ erased_at: ctx.clock.now() }).where('customer_id', '=', kim).execute()
  })
  await keeping
  expect(await kept()).toEqual([[200, false]])
})

/** How many wait for a transaction, by its own word. */
async function waitingFor({ db }: BusinessCtx): Promise<number> {
  const { rows } = await sql`
    select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))`.execute(db)
  return rows.length
}
