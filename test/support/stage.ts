// One database for all tests of a file, and a business of its own for each: their stories do not touch, and cost no database each.
// What looks at all businesses (a claim, the worker's count of rows) needs a world of its own instead.
import { afterAll, beforeAll } from 'vitest'
import { besides } from './besides.ts'
import { createWorld, type World } from './world.ts'

/** Call it at the top of a file; then `newWorld` in each test. */
export function stage(): { newWorld(options?: { startsAt?: string }): Promise<World> } {
  let shared: World
  beforeAll(async () => {
    shared = await createWorld()
  })
  afterAll(() => shared.close())
  return { newWorld: (options = {}) => besides(shared, { ...options, name: 'Linden Studio' }) }
}
