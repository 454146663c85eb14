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

test('an object store is set up whole; with an endpoint the bucket stands in the path', () => {
  const keys = { S3_BUCKET: 'files', S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'secret' }
  expect(readConfig(keys).s3).toMatchObject({ region: 'us-east-1', endpoint: undefined, force_path_style: false })
  const own = { ...keys, S3_ENDPOINT: 'http://127.0.0.1:9000', S3_REGION: 'garage' }
  expect(readConfig(own).s3).toMatchObject({ region: 'garage', force_path_style: true })
  expect(readConfig({ ...own, S3_FORCE_PATH_STYLE: 'false' }).s3?.force_path_style).toBe(false)
  expect(readConfig({}).s3).toBeUndefined()
})

test.each([
  [
    { S3_BUCKET: 'files' },
    'S3_BUCKET turns the object store on, which also needs S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY.',
  ],
  [{ S3_ENDPOINT: 'http://127.0.0.1:9000', S3_BUCKET: 'files', S3_ACCESS_KEY_ID: 'id' }, 'S3_SECRET_ACCESS_KEY.'],
  [{ S3_REGION: 'garage' }, 'S3_REGION turns the object store on, which also needs S3_BUCKET'],
])('half an object store is refused: %j', (env, words) => {
  expect(() => readConfig(env)).toThrow(words)
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

test('how much files may take is told in GiB, also in parts of one', () => {
  expect(readConfig({}).files_per_business).toBe(50 * 1024 ** 3)
  expect(readConfig({ FILES_PER_BUSINESS_GB: '0.5' }).files_per_business).toBe(512 * 1024 ** 2)
  for (const value of ['0', '-1', 'much', 'Infinity']) {
    expect(() => readConfig({ FILES_PER_BUSINESS_GB: value })).toThrow('FILES_PER_BUSINESS_GB')
  }
})
