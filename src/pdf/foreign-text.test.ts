import { expect, test } from 'vitest'
import { foreignText, printable } from './foreign-text.ts'

test('one line without controls and overrides', () => {
  expect(printable(' a\u0000b\r\n\tc\u202ed\u2066e\ue000f\ud800g ')).toBe('a b c d e f g')
})

test('bounded in characters, not in halves of them', () => {
  expect(printable('😀'.repeat(500), 3)).toBe('😀😀😀…')
  expect(printable('x'.repeat(10_000))).toHaveLength(401)
})

test('set apart only where directions could mix', () => {
  expect(foreignText('Mara', 'ltr')).toBe('Mara')
  expect(foreignText('ليلى', 'ltr')).toBe('\u2068ليلى\u2069')
  expect(foreignText('Mara', 'rtl')).toBe('\u2068Mara\u2069')
  expect(foreignText(' \u202e ', 'rtl')).toBe('')
})

test('long words may break, short ones and Thai are left alone', () => {
  expect(foreignText('mara@example.com', 'ltr')).toBe('mara@example.com')
  const address = 'somebody@subdomain.of.example.com'
  expect(foreignText(address, 'ltr').split('\u200b')).toEqual(['somebody@', 'subdomain.', 'of.', 'example.', 'com'])
  expect(foreignText('ก'.repeat(60), 'ltr')).toBe('ก'.repeat(60))
})
