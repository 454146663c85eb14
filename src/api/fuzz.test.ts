// Promise V1 by chance: what no list of bad input thought of.

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { call, everyCall } from '#test/support/api-calls.ts'
import { furnish, type Ids, nobody } from '#test/support/furnish.ts'
import { arbitraryOf, type JsonSchema } from '#test/support/schema-arbitrary.ts'
import { createWorld, type World } from '#test/support/world.ts'
import { endpoints } from './endpoints.ts'
import { documentFor } from './openapi.ts'

const full = process.env.PORTICO_TEST_FULL === '1'
/** 20,000 requests in the nightly run. */
const runs = (few: number, many: number) => ({ numRuns: full ? many : few })
const PATIENCE = full ? 3_600_000 : 60_000

let world: World
/** One of everything, so that requests come past the door. */
let ids: Ids

beforeAll(async () => {
  world = await createWorld()
  ids = await furnish(world)
})
afterAll(() => world.close())

const writes = everyCall(nobody).filter(({ json }) => json !== undefined)
const reads = everyCall(nobody).filter(({ method }) => method === 'GET')

/** An example of the reference with one of its values, at any depth, made into something else. */
const mangled = fc
  .tuple(fc.constantFrom(...writes), fc.nat(), fc.jsonValue({ maxDepth: 3 }))
  .map(([{ method, path, json }, at, value]) => {
    const paths = pathsIn(json)
    return { method, path, json: replaced(json, paths[at % paths.length] ?? [], value) }
  })

test(
  'bodies with one value replaced',
  async () => {
    await fc.assert(
      fc.asyncProperty(mangled, async ({ method, path, json }) =>
        expectSane(await call(world, path, { method, json })),
      ),
      runs(100, 4_000),
    )
  },
  PATIENCE,
)

test(
  'bodies made from the schemas, about things that are there',
  async () => {
    const { paths = {}, components } = documentFor('test', 'http://127.0.0.1/api')
    const schemas = new Map(Object.entries((components?.schemas ?? {}) as Record<string, JsonSchema>))
    // Moving the clock by years is work, not a fault.
    const asked = endpoints.filter(({ body, operation }) => body !== undefined && operation !== 'advanceTestClock')
    const requests = asked.map(({ method, path }) => {
      const described = paths[path] as Record<
        string,
        { requestBody?: { content: Record<string, { schema: JsonSchema }> } }
      >
      const schema = described[method]?.requestBody?.content['application/json']?.schema ?? {}
      const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? 'none')
      return arbitraryOf(schema, { schemas, ids }).map((json) => ({
        method: method.toUpperCase(),
        path: address,
        json,
      }))
    })
    await fc.assert(
      fc.asyncProperty(fc.oneof(...requests), async ({ path, ...request }) =>
        expectSane(await call(world, path, request)),
      ),
      runs(60, 10_000),
    )
  },
  PATIENCE,
)

test(
  'bodies of any bytes',
  async () => {
    const headers = { 'content-type': 'application/json' }
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...writes), fc.uint8Array({ maxLength: 200 }), async ({ method, path }, bytes) =>
        expectSane(await call(world, path, { method, body: new Uint8Array(bytes), headers })),
      ),
      runs(100, 2_000),
    )
  },
  PATIENCE,
)

test(
  'paths and queries of any text',
  async () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 }).map((value) => encodeURIComponent(value.toWellFormed()))
    const name = fc.constantFrom('page_size', 'page_number', 'email', 'name', 'created_at_gte', 'status', 'customer_id')
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...reads), name, text, text, async ({ template }, parameter, value, id) => {
        const path = template.replaceAll(/\{\w+\}/g, id === '' ? 'x' : id)
        expectSane(await call(world, `${path}?${parameter}=${value}`))
      }),
      runs(100, 4_000),
    )
  },
  PATIENCE,
)

function expectSane({ status, body, text }: Awaited<ReturnType<typeof call>>): void {
  expect(status, text).toBeLessThan(500)
  if (status >= 400) expect(Object.keys(body)).toEqual(['code', 'message'])
}

type Path = (string | number)[]

function pathsIn(value: unknown, here: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [here]
  const inside = Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...here, key]))
  return [here, ...inside]
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by
  const copy = structuredClone(value) as Record<string, unknown>
  copy[key] = replaced(copy[key], rest, by)
  return copy
}
