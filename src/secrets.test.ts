import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Config, readConfig } from '#src/config.ts'
import { readSecretKey, secretsOf } from '#src/secrets.ts'

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'portico-secrets-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

const configOf = (change: Partial<Config>): Config => ({ ...readConfig({}), ...change })

test('what is derived depends on the key, the mode, the purpose and each part, not on how the parts are joined', () => {
  const of = (key: string, mode: 'test' | 'live', purpose: string, ...parts: string[]) =>
    secretsOf(key, mode)
      .derive(purpose, ...parts)
      .toString('hex')
  const all = [
    of('key', 'test', 'link', 'ab', 'c'),
    of('other', 'test', 'link', 'ab', 'c'),
    of('key', 'live', 'link', 'ab', 'c'),
    of('key', 'test', 'code', 'ab', 'c'),
    of('key', 'test', 'link', 'a', 'bc'),
    of('key', 'test', 'link', 'abc'),
    of('key', 'test', 'link', 'ab', 'c', ''),
    of('key', 'test', 'link', 'ab1:c'),
    of('key', 'test', 'linkab', 'c'),
  ]
  expect(new Set(all).size).toBe(all.length)
  expect(of('key', 'test', 'link', 'ab', 'c')).toBe(all[0])
})

test('a key that is made is kept, long enough, and nobody else’s to read', () => {
  const data_dir = join(directory(), 'not', 'there', 'yet')
  const first = readSecretKey(configOf({ data_dir }))
  expect(first.length).toBeGreaterThanOrEqual(43)
  expect(readSecretKey(configOf({ data_dir }))).toBe(first)
  expect(statSync(join(data_dir, 'secret-key')).mode & 0o077).toBe(0)
})

test('the one that is set wins; with a database of one’s own it has to be set', () => {
  const secret_key = 'set by the operator, 32 characters or more'
  expect(readSecretKey(configOf({ secret_key, data_dir: directory() }))).toBe(secret_key)
  expect(() => readSecretKey(configOf({ database_url: 'postgres://x' }))).toThrow('set SECRET_KEY')
})

test('a file that a killed process left empty is no key', () => {
  const data_dir = directory()
  writeFileSync(join(data_dir, 'secret-key'), '')
  expect(() => readSecretKey(configOf({ data_dir }))).toThrow('secret-key')
})

test('a directory that cannot be written is named', () => {
  const data_dir = directory()
  writeFileSync(join(data_dir, 'file'), 'x')
  chmodSync(join(data_dir, 'file'), 0o600)
  expect(() => readSecretKey(configOf({ data_dir: join(data_dir, 'file', 'below') }))).toThrow('set SECRET_KEY')
  expect(readFileSync(join(data_dir, 'file'), 'utf8')).toBe('x')
})

describe('what is sealed', () => {
  const secrets = secretsOf('a key of the tests', 'test')

  test('opens in its own place and looks different each time', () => {
    const sealed = secrets.seal('whsec_ü', 'webhook_secret', 'bus_1', 'whk_1')
    expect(secrets.open(sealed, 'webhook_secret', 'bus_1', 'whk_1')).toBe('whsec_ü')
    expect(sealed).not.toContain('whsec')
    expect(secrets.seal('whsec_ü', 'webhook_secret', 'bus_1', 'whk_1')).not.toBe(sealed)
  })

  test('does not open elsewhere, changed, or for another mode or key', () => {
    const sealed = secrets.seal('text', 'webhook_secret', 'bus_1', 'whk_1')
    const changed = sealed.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    expect(() => secrets.open(sealed, 'webhook_secret', 'bus_1', 'whk_2')).toThrow()
    expect(() => secrets.open(sealed, 'webhook_headers', 'bus_1', 'whk_1')).toThrow()
    expect(() => secrets.open(changed, 'webhook_secret', 'bus_1', 'whk_1')).toThrow()
    for (const other of [secretsOf('a key of the tests', 'live'), secretsOf('another key', 'test')]) {
      expect(() => other.open(sealed, 'webhook_secret', 'bus_1', 'whk_1')).toThrow('a key that is not here')
    }
  })

  test('opens by a key from before, while new things are sealed by the new one', () => {
    const sealed = secrets.seal('text', 'x')
    const rotated = secretsOf('a newer key', 'test', ['an old one', 'a key of the tests'])
    expect(rotated.open(sealed, 'x')).toBe('text')
    expect(() => secrets.open(rotated.seal('text', 'x'), 'x')).toThrow('a key that is not here')
  })
})
