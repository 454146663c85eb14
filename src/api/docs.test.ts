import { afterAll, beforeAll, expect, test } from 'vitest'
import { call } from '#test/support/api-calls.ts'
import { createWorld, type World } from '#test/support/world.ts'
import { endpoints } from './endpoints.ts'
import { documentFor } from './openapi.ts'

let world: World

beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

test('the document describes every operation, and every reference in it leads somewhere', async () => {
  const { body: document } = await call(world, '/openapi.json', { key: null })
  expect(document).toMatchObject({ openapi: '3.1.0', servers: [{ url: world.urls.api() }] })
  const operations = Object.entries(document.paths as Record<string, Record<string, { operationId: string }>>).flatMap(
    ([path, methods]) => Object.entries(methods).map(([method, { operationId }]) => `${operationId} ${method} ${path}`),
  )
  expect(operations.sort()).toEqual(endpoints.map((e) => `${e.operation} ${e.method} ${e.path}`).sort())
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
    (match) => match[1],
  )
  const schemas = (document.components as { schemas: Record<string, { type?: unknown }> }).schemas
  expect(references.filter((name) => !Object.hasOwn(schemas, name ?? ''))).toEqual([])
  const nullable = Object.entries(schemas).filter(([, { type }]) => Array.isArray(type) && type.includes('null'))
  expect(nullable.map(([name]) => name)).toEqual([])
})

test('every example of a body would be taken', () => {
  for (const { body, example, operation } of endpoints) {
    if (body === undefined) continue
    expect([operation, body.safeParse(example).success]).toEqual([operation, true])
  }
})

test('live mode has no test clock', () => {
  const paths = Object.keys(documentFor('live', 'https://live.example.com/api').paths ?? {})
  expect(paths).not.toContain('/portico/test-clock/advance')
  const inTest = Object.keys(documentFor('test', 'https://test.example.com').paths ?? {})
  expect(paths).toEqual(inTest.filter((path) => path !== '/portico/test-clock/advance'))
})

test('the page shows each operation and object once, and asks nobody else for anything', async () => {
  const { text, headers } = await call(world, '/docs', { key: null })
  expect(headers.get('content-type')).toContain('text/html')
  const ids = [...text.matchAll(/ id="([^"]+)"/g)].map((match) => match[1])
  expect(new Set(ids).size).toBe(ids.length)
  for (const { operation } of endpoints) expect(ids).toContain(operation)
  const targets = [...text.matchAll(/href="#([^"]+)"/g)].map((match) => match[1])
  expect(targets.filter((target) => !ids.includes(target))).toEqual([])
  expect(text).not.toMatch(/<script|<style| style="| on\w+="/)
  const foreign = [...text.matchAll(/(?:src|href)="(https?:[^"]+)"/g)].map((match) => match[1])
  expect(foreign.filter((address) => !address?.startsWith(world.urls.base))).toEqual([])
  const style = await call(world, '/docs/style.css', { key: null })
  expect([style.status, style.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8'])
})
