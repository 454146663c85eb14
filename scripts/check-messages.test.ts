import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkMessages } from './check-messages.ts'

function check(files: Record<string, Record<string, string>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'messages-'))
  try {
    for (const [name, messages] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(messages))
    return checkMessages(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const plural = '{count, plural, one {# day} other {# days}}'

test.each([
  ['a missing key', {}, 'ar.json lacks invoice.total.'],
  ['a surplus key', { 'invoice.total': 'x', 'more.keys': 'y' }, 'ar.json has more.keys, which en.json does not have.'],
  ['an empty text', { 'invoice.total': '' }, 'ar.json: invoice.total is not a text.'],
  ['a space at the end', { 'invoice.total': 'x ' }, 'ar.json: invoice.total begins or ends with a space.'],
  ['unsorted keys', { 'zz.z': 'x', 'invoice.total': 'x' }, 'ar.json is not sorted by key.'],
])('%s is a problem', (_, arabic, problem) => {
  expect(check({ 'en.json': { 'invoice.total': 'Total' }, 'ar.json': arabic })).toContain(problem)
})

test('a broken, changed or incomplete message is a problem', () => {
  const problems = (text: string) =>
    check({ 'en.json': { 'invoice.total': plural }, 'ar.json': { 'invoice.total': text } }).join('\n')
  expect(problems('{count, plural, other {#}')).toContain('is not a valid ICU message')
  expect(problems('{counts}')).toContain('has the placeholders [counts argument]; en.json has [count plural]')
  expect(problems('{count, number}')).toContain('only {name}, plural and select may be used')
  expect(problems('{count, plural, one {#} two {#} other {#}}')).toMatch(/plural form zero[\s\S]*few[\s\S]*many/)
})

test('a message nobody uses is a problem', () => {
  expect(check({ 'en.json': { 'no.such_key': 'x' } })).toEqual(['en.json: no.such_key is used nowhere in src.'])
})
