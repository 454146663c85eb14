import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { createCustomer } from '#core/customers/create-customer.ts'
import { type BusinessCtx, inTransaction, processorNamed } from '#src/context.ts'
import { rowsOf } from '#test/support/story.ts'
import { createWorld, type World } from '#test/support/world.ts'

let world: World
let ctx: BusinessCtx
beforeEach(async () => {
  world = await createWorld()
  onTestFinished(world.close)
  ctx = await world.fresh()
})

const mara = { email: 'mara@northwind.example', name: 'Mara' }
const names = async () => (await rowsOf(world, 'customers')).map(({ name }) => name)

test('a verb inside a transaction joins it: nothing is there before its end, and nothing after it fails', async () => {
  const failed = inTransaction(ctx, async (inner) => {
    await createCustomer(inner, mara)
    expect(await names()).toEqual([])
    throw new Error('no')
  })
  await expect(failed).rejects.toThrow('no')
  expect(await names()).toEqual([])
  await inTransaction(ctx, async (inner) => createCustomer(inner, mara))
  expect(await names()).toEqual(['Mara'])
})

test('a failure that was caught inside does not half-commit: PostgreSQL refuses the rest', async () => {
  const failed = inTransaction(ctx, async (inner) => {
    await createCustomer(inner, mara)
    await createCustomer(inner, { ...mara, name: '\0' }).catch(() => {})
    await createCustomer(inner, mara)
  })
  await expect(failed).rejects.toThrow()
  expect(await names()).toEqual([])
})

test('a claim on a row that is gone commits nothing', async () => {
  const claim = {
    table: 'subscriptions',
    key: { business_id: world.business_id, subscription_id: 'sub_none' },
    token: 1,
  } as const
  await expect(inTransaction({ ...ctx, claim }, (inner) => createCustomer(inner, mara))).rejects.toThrow('taken over')
  expect(await names()).toEqual([])
})

test('a processor that is not there is a failure of ours, with its name', () => {
  expect(() => processorNamed(ctx, 'none')).toThrow('none')
})
