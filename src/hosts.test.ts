import { expect, test } from 'vitest'
import { matchHost } from './hosts.ts'

const urls = { test: 'http://localhost:3000', live: 'https://billing.example.com' }

test.each([
  ['http://localhost:3000/api', { type: 'canonical', mode: 'test' }],
  ['http://127.0.0.1:3000/', { type: 'alias', mode: 'test' }],
  ['http://[::1]:3000/', { type: 'alias', mode: 'test' }],
  ['http://localhost:3001/', { type: 'foreign' }],
  ['http://billing.example.com/', { type: 'canonical', mode: 'live' }],
  ['https://billing.example.com/', { type: 'canonical', mode: 'live' }],
  ['http://evil.example/', { type: 'foreign' }],
  ['http://localhost.evil.example:3000/', { type: 'foreign' }],
])('%s', (url, match) => {
  expect(matchHost(url, urls)).toEqual(match)
})
