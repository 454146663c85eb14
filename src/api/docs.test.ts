import { afterAll, beforeAll, expect, test } from 'vitest'
import { call } from '#test/support/api-calls.ts'
import { createWorld, type World } from '#test/support/world.ts'
import { nounPage } from './docs/docs-page.tsx'
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

test('whatever changes something may carry an Idempotency-Key, and nothing else does', () => {
  const paths = documentFor('test', 'http://127.0.0.1/api').paths as Record<
    string,
    Record<string, { parameters?: { name: string }[] }>
  >
  const carrying = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { parameters = [] }]) => parameters.some(({ name }) => name === 'Idempotency-Key'))
      .map(([method]) => `${method} ${path}`),
  )
  const changing = endpoints.filter(({ method, open }) => method !== 'get' && !open)
  expect(carrying.sort()).toEqual(changing.map(({ method, path }) => `${method} ${path}`).sort())
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

test('a page for each noun shows its operations and their objects once, and asks nobody else for anything', async () => {
  const contents = await call(world, '/docs', { key: null })
  expect(contents.headers.get('content-type')).toContain('text/html')
  expectHarmless(contents.text)
  const nouns = new Set(linksOf(contents.text).map((link) => link.split('#')[0] ?? ''))
  const shown = [...nouns].flatMap((noun) => pageOf(noun).map((id) => `${noun}#${id}`))
  const operations = linksOf(contents.text).filter((link) => link.includes('#'))
  expect(operations.filter((link) => !shown.includes(link))).toEqual([])
  expect(operations.map((link) => link.split('#')[1]).sort()).toEqual(endpoints.map((e) => e.operation).sort())
})

test('what the reference is made of is there, and what it is not made of is not', async () => {
  const style = await call(world, '/docs/style.css', { key: null })
  expect([style.status, style.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8'])
  expect((await call(world, '/docs/customers', { key: null })).status).toBe(200)
  expect((await call(world, '/docs/nothing', { key: null })).status).toBe(404)
})

/** The ids on the page of a noun, each there once; what it points at is there. */
function pageOf(noun: string): string[] {
  const html = String(nounPage({ document: documentFor('test', world.urls.api()), urls: world.urls }, noun))
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1] ?? '')
  expect(new Set(ids).size).toBe(ids.length)
  const targets = [...html.matchAll(/href="#([^"]+)"/g)].map((match) => match[1] ?? '')
  expect(targets.filter((target) => !ids.includes(target))).toEqual([])
  expectHarmless(html)
  return ids
}

/** "customers#createCustomer" of every link into the reference's own pages. */
const linksOf = (html: string) =>
  [...html.matchAll(/href="([^"]+)"/g)]
    .map((match) => match[1] ?? '')
    .filter((link) => link.startsWith(`${world.urls.apiDocs()}/`) && !link.endsWith('.css'))
    .map((link) => link.slice(world.urls.apiDocs().length + 1))

function expectHarmless(html: string) {
  expect(html).not.toMatch(/<script|<style| style="| on\w+="/)
  const foreign = [...html.matchAll(/(?:src|href)="(https?:[^"]+)"/g)].map((match) => match[1])
  expect(foreign.filter((address) => !address?.startsWith(world.urls.base))).toEqual([])
}
