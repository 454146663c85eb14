// docs/api-compatibility.md names every operation there is, and none that is not.
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { endpoints } from './endpoints.ts'

test('the page lists exactly the operations that are served', async () => {
  const page = await readFile('docs/api-compatibility.md', 'utf8')
  const [, list = ''] = page.split('## Every operation')
  const listed = [...list.matchAll(/(GET|POST|PATCH|PUT|DELETE) `(\/[^`]*)`/g)].map(
    ([, method, path]) => `${method} ${path}`,
  )
  const served = endpoints.map(({ method, path }) => `${method.toUpperCase()} ${path}`)
  expect(listed.toSorted()).toEqual(served.toSorted())
})
