// T1: an id of another business in a body or a query is answered like an id of nobody, on every operation, field by field. The fields are
// those of the OpenAPI document: none has to be remembered here.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endpoints } from '#api/endpoints.ts'
import { documentFor } from '#api/openapi.ts'
import { call } from '#test/support/api-calls.ts'
import { besides } from '#test/support/besides.ts'
import { furnish, type Ids, nobody } from '#test/support/furnish.ts'
import { createWorld, type World } from '#test/support/world.ts'

let world: World
let mine: Ids
let theirs: Ids

beforeAll(async () => {
  world = await createWorld()
  mine = await furnish(world)
  theirs = await furnish(await besides(world, {}))
})
afterAll(() => world.close())

type Json = string | number | boolean | null | Json[] | { [field: string]: Json }
type At = readonly (string | number)[]

/** Named as the path parameters are: `products[].product_id`, `to_product_id`. An event's is the caller's own name for it. */
const kindOf = (field: string) =>
  Object.keys(mine)
    .filter((name) => name.endsWith('_id') && name !== 'event_id')
    .find((name) => field === name || field.endsWith(`_${name}`))

function idsIn(value: Json, at: At = []): At[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => idsIn(item, [...at, index]))
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, inner]) => idsIn(inner, [...at, name]))
  }
  return kindOf(String(at.at(-1))) === undefined ? [] : [at]
}

function put(value: Json, [first, ...rest]: At, id: string): Json {
  if (first === undefined) return id
  if (Array.isArray(value)) return value.map((item, index) => (index === first ? put(item, rest, id) : item))
  const fields = value as { [field: string]: Json }
  return { ...fields, [first]: put(fields[first] ?? null, rest, id) }
}

const fieldOf = (at: At) => String(at.at(-1))
const withIds = (json: Json, ids: Ids) =>
  idsIn(json).reduce((filled, at) => put(filled, at, ids[kindOf(fieldOf(at)) ?? ''] ?? ''), json)

interface Schema {
  $ref?: string
  properties?: object
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}

interface Described {
  parameters?: { name: string; in: string }[]
  requestBody?: { content: { 'application/json'?: { schema: Schema } } }
}

const { paths = {}, components } = documentFor('test', 'http://127.0.0.1/api')
const described = (path: string, method: string) => (paths[path] as Record<string, Described>)[method] ?? {}

const schemas = new Map<string, Schema>(Object.entries((components?.schemas ?? {}) as Record<string, Schema>))

/** The names of the fields of an object, of whatever kind it may be. */
function fieldsOf({ $ref, properties = {}, anyOf = [], oneOf = [], allOf = [] }: Schema): string[] {
  const named = $ref === undefined ? undefined : schemas.get($ref.split('/').at(-1) ?? '')
  const inner = [...(named === undefined ? [] : [named]), ...anyOf, ...oneOf, ...allOf]
  return [...Object.keys(properties), ...inner.flatMap(fieldsOf)]
}

/** Without the id that was asked for, and what is new each time. */
const told = (answer: { status: number; text: string }, id: string) =>
  `${answer.status} ${answer.text.replaceAll(id, '<id>').replaceAll(/"(session_id|checkout_url)":"[^"]*"/g, '')}`

test('in a body', { timeout: 90_000 }, async () => {
  let asked = 0
  for (const { method, path, example, body, open } of endpoints) {
    if (body === undefined || open) continue
    const { requestBody } = described(path, method)
    const named = fieldsOf(requestBody?.content['application/json']?.schema ?? {}).map((name) => [name])
    const json = withIds((example ?? {}) as Json, mine)
    const places = new Map([...idsIn(json), ...named].map((at) => [at.join('.'), at as At]))
    for (const at of places.values()) {
      const kind = kindOf(fieldOf(at)) ?? ''
      const [foreign, none] = [theirs[kind], nobody[kind]]
      if (foreign === undefined || none === undefined) continue
      const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => mine[name] ?? 'none')
      const ask = (id: string) => call(world, address, { method: method.toUpperCase(), json: put(json, at, id) })
      const answers = [told(await ask(none), none), told(await ask(foreign), foreign)]
      expect(answers[1], `${method} ${path} ${at.join('.')}`).toBe(answers[0])
      expect(answers[1], `${method} ${path} ${at.join('.')}`).toMatch(/^4(0[0349]|22) /)
      asked += 1
    }
  }
  expect(asked).toBeGreaterThan(15)
})

test('in a query', async () => {
  let asked = 0
  for (const { method, path, open } of endpoints) {
    if (open) continue
    for (const { name } of (described(path, method).parameters ?? []).filter((parameter) => parameter.in === 'query')) {
      const kind = kindOf(name) ?? ''
      const [foreign, none] = [theirs[kind], nobody[kind]]
      if (foreign === undefined || none === undefined) continue
      const address = path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => mine[parameter] ?? 'none')
      const ask = (id: string) => call(world, `${address}?${name}=${id}`, { method: method.toUpperCase() })
      const answers = [told(await ask(none), none), told(await ask(foreign), foreign)]
      expect(answers[1], `${method} ${path}?${name}`).toBe(answers[0])
      asked += 1
    }
  }
  expect(asked).toBeGreaterThan(10)
})
