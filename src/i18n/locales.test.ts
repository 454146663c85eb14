import { expect, test } from 'vitest'
import { completeLocales, locales } from './locales.ts'

test('twenty-one languages, of which those with messages are offered', () => {
  expect(locales).toHaveLength(21)
  expect(completeLocales.map(({ code }) => code)).toEqual(expect.arrayContaining(['en', 'ar']))
  expect(locales.filter(({ dir }) => dir === 'rtl').map(({ code }) => code)).toEqual(['ar', 'he'])
})
