import { describe, expect, test } from 'vitest'
import { isReverseCharge, type TaxTableRow, taxOnTop, taxRateOn, taxWithin } from './tax.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const row = (country: string, rate: number, more: Partial<TaxTableRow> = {}): TaxTableRow => {
  return { country, region: null, tax_category: null, name: 'VAT', rate, effective_from: day('2020-01-01'), ...more }
}
const table = [
  row('DE', 19),
  row('DE', 7, { tax_category: 'e_book' }),
  row('DE', 20, { effective_from: day('2027-01-01') }),
  row('US', 8.875, { region: 'NY', name: 'Sales tax' }),
  row('US', 0, { region: 'NY', tax_category: 'saas', name: 'Sales tax' }),
  row('US', 4, { tax_category: 'saas', name: 'Sales tax' }),
]
const rate = (country: string, category: string, on = '2026-03-01', region: string | null = null) =>
  taxRateOn(table, { country, region }, category, day(on))?.rate ?? null

describe('the row that wins', () => {
  test('the category before the country', () => {
    expect([rate('DE', 'e_book'), rate('DE', 'saas')]).toEqual([7, 19])
  })
  test('the region before the category, both before one; however the region is written', () => {
    expect(rate('US', 'saas', '2026-03-01', ' ny ')).toBe(0)
    expect(rate('US', 'e_book', '2026-03-01', 'NY')).toBe(8.875)
    expect(rate('US', 'saas', '2026-03-01', 'TX')).toBe(4)
    expect(rate('US', 'e_book', '2026-03-01', 'TX')).toBeNull()
  })
  test('the latest in effect on the day, and none before the first', () => {
    expect([rate('DE', 'saas', '2026-12-31'), rate('DE', 'saas', '2027-01-01')]).toEqual([19, 20])
    expect(rate('DE', 'saas', '2019-12-31')).toBeNull()
    expect(rate('FR', 'saas')).toBeNull()
  })
})

describe('reverse charge', () => {
  const seller = { country: 'DE' }
  test.each([
    ['another country of the Union with an id of it', 'FR', 'FR12345678901', true],
    ['written with spaces and in small letters', 'FR', 'fr 12 345678901', true],
    ['Greek ids begin with EL', 'GR', 'EL123456789', true],
    ['the id of another country', 'FR', 'BE0123456789', false],
    ['an id that is too short', 'FR', 'FR123', false],
    ['the seller’s own country', 'DE', 'DE123456789', false],
    ['outside the Union', 'US', '12-3456789', false],
    ['no id', 'FR', null, false],
  ])('%s', (_, country, tax_id, expected) => {
    expect(isReverseCharge(seller, { country, tax_id })).toBe(expected)
  })
  test('never for a seller whose country is unknown or outside', () => {
    const buyer = { country: 'FR', tax_id: 'FR12345678901' }
    expect([isReverseCharge({ country: null }, buyer), isReverseCharge({ country: 'CH' }, buyer)]).toEqual([
      false,
      false,
    ])
  })
})

test('30.00 at 19 % is 5.70 on top; 9.99 holds 1.60', () => {
  expect([taxOnTop(3000, 19), taxWithin(999, 19), taxWithin(999, 0)]).toEqual([570, 160, 0])
})
