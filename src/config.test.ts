import { describe, expect, test } from 'vitest'
import { readConfig } from '#src/config.ts'

test('nothing set: test mode on loopback, nothing reachable from outside, no proxy believed', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    test_url: 'http://localhost:3000',
    live_url: undefined,
    database_url: undefined,
    secret_key: undefined,
    trusted_proxies: [],
  })
})

test('the test URL follows the port; a trailing slash and a default port are nothing', () => {
  expect(readConfig({ PORT: '4100' }).test_url).toBe('http://localhost:4100')
  expect(readConfig({ PORTICO_LIVE_URL: 'https://Billing.example:443/' }).live_url).toBe('https://billing.example')
})

test('an empty variable is one that is not set', () => {
  const empty = { PORT: '', PORTICO_LIVE_URL: '', SECRET_KEY: '', DATABASE_URL: '', SMTP_URL: '', TRUSTED_PROXIES: '' }
  expect(readConfig(empty)).toEqual(readConfig({}))
})

test('proxies are a list of CIDRs', () => {
  expect(readConfig({ TRUSTED_PROXIES: ' 10.0.0.0/8, ::1 ,' }).trusted_proxies).toEqual(['10.0.0.0/8', '::1'])
})

describe('what cannot be is refused, by name', () => {
  test.each([
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PORT', '3.5'],
    ['PORTICO_TEST_URL', 'localhost:3000'],
    ['PORTICO_TEST_URL', 'ftp://localhost'],
    ['PORTICO_LIVE_URL', 'https://x.example/portal'],
    ['PORTICO_LIVE_URL', 'https://x.example/?a=b'],
    ['PORTICO_LIVE_URL', 'javascript:alert(1)'],
    ['SECRET_KEY', 'short'],
    ['MAIL_FROM', 'Linden <portal@linden.example>'],
    ['MAIL_FROM', 'portal@linden.example\r\nBcc: x@evil.example'],
    ['SMTP_URL', 'https://mail.example'],
    ['LOG_LEVEL', 'loud'],
    ['TRUSTED_PROXIES', 'everybody'],
    ['TRUSTED_PROXIES', '10.0.0.0/99'],
  ])('%s=%j', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(name)
  })
})
