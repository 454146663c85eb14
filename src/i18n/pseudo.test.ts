import { expect, test } from 'vitest'
import { getEnglish } from './catalog.ts'
import { completeLocales } from './locales.ts'
import { negotiate } from './negotiate.ts'
import { forgetPseudoLocales, ideographicMessages, longMessages, registerPseudoLocales } from './pseudo.ts'
import { translator } from './translator.ts'

forgetPseudoLocales()
const before = { long: translator('en-XA').locale, asked: negotiate({ query: 'en-XA' }) }
registerPseudoLocales()

test('unregistered, they do not exist', () => {
  expect(before).toEqual({ long: 'en', asked: 'en' })
})

test('registered, they are found by name only', () => {
  expect(negotiate({ query: 'en-XA' })).toBe('en-XA')
  expect(negotiate({ cookie: 'zh-XA' })).toBe('zh-XA')
  expect(completeLocales.map(({ code }) => code)).not.toContain('en-XA')
  expect(negotiate({ acceptLanguage: 'xa' })).toBe('en')
})

test('the long one is 1.6 times as long and has no plain letters', () => {
  const english = Object.entries(getEnglish()).filter(([, text]) => !text.includes('{'))
  const long = longMessages()
  const ratio = english.map(([key, text]) => (long[key as keyof typeof long].length ?? 0) / text.length)
  expect(ratio.reduce((sum, one) => sum + one, 0) / ratio.length).toBeGreaterThan(1.5)
  for (const [key] of english) expect(long[key as keyof typeof long]).not.toMatch(/[a-z]/i)
})

test('placeholders, plurals and selects live on', () => {
  const long = translator('en-XA')
  expect(long.perInterval(3, 'Month')).toMatch(/^\S+ 3 \S+$/)
  expect(long.t('invoice.paid_on', { date: 'Jan 1' })).toMatch(/ Jan 1$/)
  const cjk = translator('zh-XA')
  expect(cjk.perInterval(3, 'Month')).toMatch(/^[\u4e00-\u9fff]+ 3 [\u4e00-\u9fff]+$/)
  expect(ideographicMessages()['invoice.title']).toMatch(/^[\u4e00-\u9fff]{4}$/)
})
