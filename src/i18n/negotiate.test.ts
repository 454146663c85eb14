import { describe, expect, test } from 'vitest'
import { locales } from './locales.ts'
import { negotiate } from './negotiate.ts'

const all = locales.map(({ code }) => code)

describe('a browser that lists its languages', () => {
  test.each([
    ['fr', 'fr'],
    ['fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5', 'fr'],
    ['en-US,en;q=0.5', 'en'],
    ['iw', 'he'],
    ['iw-IL, en;q=0.4', 'he'],
    ['in-ID', 'id'],
    ['yue-Hant-HK', 'zh'],
    ['zh-Hant-TW', 'zh'],
    ['zh-CN', 'zh'],
    ['cmn-Hans', 'zh'],
    ['pt-BR,pt;q=0.9', 'pt'],
    ['zsm', 'ms'],
    ['ar-EG', 'ar'],
    ['arz', 'ar'],
    ['mo', 'ro'],
    ['PT-br', 'pt'],
    ['es_419', 'es'],
    ['nb-NO, sv;q=0.8, en;q=0.7', 'sv'],
    ['de;q=0.3, ja;q=0.9', 'ja'],
    ['de;q=0, fr;q=0.1', 'fr'],
    ['en;q=0, *', 'ar'],
    ['en-GB;q=0, en', 'en'],
    ['*', 'en'],
    ['*;q=0', 'en'],
    ['tlh', 'en'],
    ['', 'en'],
    ['th;q=1.000, ko;q=0.999', 'th'],
    ['ko;Q=0.5 , it ; q=0.6', 'it'],
    ['nl;level=1;q=0.2, pl;q=0.1', 'nl'],
  ])('%s → %s', (acceptLanguage, expected) => {
    expect(negotiate({ acceptLanguage }, all)).toBe(expected)
  })
})

test.each([
  ',,,;;;===',
  'de;q=abc, fr',
  'de;q=7, fr',
  'de;q=-1, fr;q=0.1',
  'dé, fr',
  '<script>, fr',
  '__proto__, constructor, fr',
])('malformed parts are passed over: %s', (acceptLanguage) => {
  expect(negotiate({ acceptLanguage }, all)).toBe(acceptLanguage.includes('fr') ? 'fr' : 'en')
})

test('a header of any length costs little and never throws', () => {
  const started = performance.now()
  expect(negotiate({ acceptLanguage: `${'x-'.repeat(200_000)}, de` }, all)).toBe('en')
  expect(negotiate({ acceptLanguage: '\u0000\ud800,'.repeat(100_000) }, all)).toBe('en')
  expect(performance.now() - started).toBeLessThan(100)
})

test('query, cookie, stored language, browser, in this order', () => {
  const wishes = { query: 'de', cookie: 'fr', stored: 'ja', acceptLanguage: 'it' }
  expect(negotiate(wishes, all)).toBe('de')
  expect(negotiate({ ...wishes, query: 'xx' }, all)).toBe('fr')
  expect(negotiate({ ...wishes, query: null, cookie: '' }, all)).toBe('ja')
  expect(negotiate({ acceptLanguage: 'it', cookie: '../../etc' }, all)).toBe('it')
})

test('a language without a complete file gives way to the next one that has it', () => {
  expect(negotiate({ stored: 'de', acceptLanguage: 'de, ar;q=0.5' }, ['en', 'ar'])).toBe('ar')
  expect(negotiate({ query: 'de' }, ['en', 'ar'])).toBe('en')
})
