import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { stage } from '#test/support/stage.ts'
import { compileOnce } from './compile-once.ts'

const { newWorld } = stage()

test('is built once, and asks with the values of each call beside those of its own', async () => {
  const { db } = (await newWorld()).modes.test.ctx
  let built = 0
  const add = compileOnce((asked, one: number, other: number) => {
    built += 1
    return asked.selectNoFrom(sql<number>`${other}::int * 10 + ${one}::int + ${100}::int`.as('sum'))
  })
  expect(await add(db, 1, 2)).toEqual([{ sum: 121 }])
  // Also inside of a transaction.
  const inside = await db.transaction().execute((inner) => add(inner, 3, 4))
  expect(inside).toEqual([{ sum: 143 }])
  expect(built).toBe(1)
})
