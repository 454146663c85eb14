import { expect, test } from 'vitest'
import { portalPath } from '#core/sessions/tokens.ts'

const here = 'bus_0000000000000000000aa'
test.each([
  [`/${here}/subscriptions/sub_1?done=x`, true],
  [`/${here}/`, true],
  [`/${here}`, false],
  [`//evil.example/${here}/`, false],
  ['/\\evil.example', false],
  [`/${here}/\\evil.example`, false],
  [`/${here}//evil.example`, false],
  [`/${here}/../bus_other/`, false],
  [`/${here}/./%2e%2e/bus_other/`, false],
  ['https://evil.example/', false],
  [`https://evil.example/${here}/`, false],
  ['javascript:alert(1)', false],
  [`/bus_0000000000000000000bb/`, false],
  [`/${here}/\r\nset-cookie: x=y`, false],
  [`/${here}/\t`, false],
  [`/${here}/${'x'.repeat(300)}`, false],
])('a sign-in may lead to %j: %s', (path, allowed) => {
  expect(portalPath(here, path)).toBe(allowed ? path : null)
})
