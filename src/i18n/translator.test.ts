import { describe, expect, test } from 'vitest'
import { translator } from './translator.ts'

const en = translator('en', 'Asia/Riyadh')
const ar = translator('ar', 'Asia/Riyadh')
const nbsp = '\u00a0'

describe('money in English', () => {
  test.each([
    [2900, 'USD', '$29.00'],
    [0, 'USD', '$0.00'],
    [-5, 'USD', '-$0.05'],
    [123456789, 'EUR', '€1,234,567.89'],
    [2900, 'JPY', '¥2,900'],
    [29005, 'KWD', `KWD${nbsp}29.005`],
    [29005, 'IQD', `IQD${nbsp}29.005`],
    [290050, 'HUF', `Ft${nbsp}2,900.50`],
    [10000, 'CLF', `CLF${nbsp}1.0000`],
    [2900, 'CAD', 'CA$29.00'],
    [2900, 'CNY', 'CN¥29.00'],
    [1_000_000_000_000, 'USD', '$10,000,000,000.00'],
    [999_999_999_999, 'KWD', `KWD${nbsp}999,999,999.999`],
    [-1_000_000_000_000, 'JPY', '-¥1,000,000,000,000'],
    [9_007_199_254_740_991, 'USD', '$90,071,992,547,409.91'],
  ])('%i %s → %s', (amount, currency, expected) => {
    expect(en.money(amount, currency)).toBe(expected)
  })

  test('a fraction of a minor unit is refused', () => {
    expect(() => en.money(0.5, 'USD')).toThrow(RangeError)
  })
})

describe('the size of a file', () => {
  test.each([
    [1, '1 byte'],
    [206, '206 bytes'],
    [999, '999 bytes'],
    [1000, '1 kB'],
    [1450, '1.5 kB'],
    [9960, '10 kB'],
    [999_499, '999 kB'],
    [999_600, '1 MB'],
    [1_400_000, '1.4 MB'],
    [524_288_000, '524 MB'],
    [5_000_000_000_000, '5,000 GB'],
  ])('%i → %s', (bytes, expected) => {
    expect(en.fileSize(bytes)).toBe(expected)
  })

  test('in Arabic', () => {
    expect(ar.fileSize(1_400_000)).toContain('1.4')
    expect(ar.fileSize(206)).toContain('بايت')
  })
})

describe('the price of one unit', () => {
  test.each([
    ['0.25', 'USD', '$0.0025'],
    ['2', 'USD', '$0.02'],
    ['150', 'USD', '$1.50'],
    ['0.000000000001', 'USD', '$0.00000000000001'],
    ['0.5', 'JPY', '¥0.5'],
    ['1', 'KWD', `KWD${nbsp}0.001`],
  ])('%s %s → %s', (price, currency, expected) => {
    expect(en.unitPrice(price, currency)).toBe(expected)
  })

  test('decimals keep all their places', () => {
    expect(en.decimal('123456789012345.000000000001')).toBe('123,456,789,012,345.000000000001')
    expect(en.decimal('-0.5')).toBe('-0.5')
  })
})

describe('money in Arabic', () => {
  const rli = '\u2067'
  const rlm = '\u200f'
  const pdi = '\u2069'

  test('Latin digits in one right-to-left isolate', () => {
    expect(ar.money(2900, 'USD')).toBe(`${rli}${rlm}29.00${nbsp}$${pdi}`)
    expect(ar.money(29005, 'KWD')).toBe(`${rli}${rlm}29.005${nbsp}د.ك.${rlm}${pdi}`)
  })

  test('a Latin symbol keeps its own order', () => {
    expect(ar.money(2900, 'CAD')).toBe(`${rli}${rlm}29.00${nbsp}\u2066CA$${pdi}${pdi}`)
  })
})

describe('dates', () => {
  test('an instant is shown in the time zone of the translator', () => {
    const when = Temporal.Instant.from('2026-01-31T21:15:00Z')
    expect(en.date(when)).toBe('February 1, 2026')
    expect(translator('en').date(when)).toBe('January 31, 2026')
    expect(en.shortDate(when.epochMilliseconds)).toBe('Feb 1, 2026')
    expect(en.dateTime('2026-01-31T21:15:00Z').replaceAll('\u202f', ' ')).toBe('Feb 1, 2026, 12:15 AM GMT+3')
  })

  test('a plain date stays the day it is in every time zone', () => {
    expect(translator('en', 'Pacific/Apia').date('2026-01-31')).toBe('January 31, 2026')
    expect(translator('en', 'Pacific/Pago_Pago').date(Temporal.PlainDate.from('2026-01-31'))).toBe('January 31, 2026')
  })

  test('a half-open period is shown up to its last day', () => {
    expect(en.period('2026-01-30T21:00:00Z', '2026-02-27T21:00:00Z')).toBe('Jan 31 – Feb 27, 2026')
    expect(en.period('2026-01-31T10:00:00Z', '2026-02-28T10:00:00Z')).toBe('Jan 31 – Feb 28, 2026')
    expect(en.period('2026-01-31T10:00:00Z', '2026-01-31T10:00:00Z')).toBe('Jan 31, 2026')
  })

  test('Arabic has its month names and Latin digits', () => {
    expect(ar.date('2026-01-31')).toBe('31 يناير 2026')
  })

  test('what is no instant is refused', () => {
    expect(() => en.date('yesterday')).toThrow(RangeError)
    expect(() => translator('en', 'Mars/Olympus').date(0)).toThrow(RangeError)
  })
})

describe('intervals', () => {
  test.each([
    [1, 'Month', '$87.00 per month'],
    [3, 'Month', '$87.00 every 3 months'],
    [1, 'Year', '$87.00 per year'],
    [2, 'Week', '$87.00 every 2 weeks'],
    [1, 'Day', '$87.00 per day'],
  ] as const)('%i %s', (count, unit, expected) => {
    expect(en.price(8700, 'USD', count, unit)).toBe(expected)
  })

  test.each([
    [1, 'شهريًا', 'شهر واحد'],
    [2, 'كل شهرين', 'شهران'],
    [3, 'كل 3 أشهر', '3 أشهر'],
    [11, 'كل 11 شهرًا', '11 شهرًا'],
    [100, 'كل 100 شهر', '100 شهر'],
  ])('Arabic %i', (count, per, duration) => {
    expect(ar.perInterval(count, 'Month')).toBe(per)
    expect(ar.interval(count, 'Month')).toBe(duration)
  })

  test('a single interval in English', () => expect(en.interval(1, 'Year')).toBe('1 year'))
})

describe('messages', () => {
  test('a name of the other direction is isolated', () => {
    const values = { number: 'INV-7', business: 'شركة' }
    expect(en.t('invoice.document_title', values)).toBe('Invoice INV-7 from \u2068شركة\u2069')
    expect(ar.t('invoice.document_title', values)).toBe('الفاتورة \u2068INV-7\u2069 من \u2068شركة\u2069')
  })

  test('braces and quotes in a value are only text', () => {
    const values = { number: "{count, plural, '#'", business: '<b>&' }
    expect(en.t('invoice.document_title', values)).toBe("Invoice {count, plural, '#' from <b>&")
  })

  test('a missing value is a mistake', () => {
    expect(() => en.t('invoice.paid_on')).toThrow('{date}')
    expect(() => en.t('interval.per', { unit: 'Day' })).toThrow('count')
  })
})

test('numbers, per cents, lists', () => {
  expect(en.number(1234567)).toBe('1,234,567')
  expect(ar.number(1234567)).toBe('1,234,567')
  expect(en.percent(8.25)).toBe('8.25%')
  expect(en.percent(0)).toBe('0%')
  expect(en.percent(7.7)).toBe('7.7%')
  expect(en.list(['a', 'b', 'c'])).toBe('a, b, and c')
})

test('the same object for the same locale and zone; an incomplete language speaks English', () => {
  expect(translator('en', 'Asia/Riyadh')).toBe(en)
  expect(translator('en')).not.toBe(en)
  expect(translator('sv')).toMatchObject({ locale: 'en', dir: 'ltr' })
  expect(ar.dir).toBe('rtl')
})
