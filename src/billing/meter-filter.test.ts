import { expect, test } from 'vitest'
import { decimalOf, type FilterOperator, type MeterFilter, passesFilter } from './meter-filter.ts'

const one = (operator: FilterOperator, value: string | number | boolean, key = 'n'): MeterFilter => ({
  conjunction: 'and',
  clauses: [{ key, operator, value }],
})

test.each<[FilterOperator, string | number | boolean, string | number | boolean | undefined, boolean]>([
  ['equals', 'eu', 'eu', true],
  ['equals', 'eu', 'EU', false],
  ['equals', 150, '150.0', true],
  ['equals', true, 'true', true],
  ['equals', 'eu', undefined, false],
  ['not_equals', 'eu', 'us', true],
  ['not_equals', 'eu', 'eu', false],
  ['not_equals', 'eu', undefined, true],
  ['greater_than', 99, '150', true],
  ['greater_than', 99, 99, false],
  ['greater_than', 9, '10', true],
  ['greater_than', 'a', 'b', false],
  ['greater_than_or_equals', 99, 99, true],
  ['less_than', 0.1, 0.05, true],
  ['less_than', 1, undefined, false],
  ['less_than_or_equals', '0.3', 0.3, true],
  ['contains', 'api', '/v1/api/users', true],
  ['contains', 'api', undefined, false],
  ['does_not_contain', 'api', '/health', true],
  ['does_not_contain', 'api', '/api', false],
  ['does_not_contain', 'api', undefined, true],
])('%s %s holds of %s: %s', (operator, value, found, expected) => {
  expect(passesFilter(one(operator, value), found === undefined ? {} : { n: found })).toBe(expected)
})

test('and needs all, or needs one, and they nest', () => {
  const eu = { key: 'region', operator: 'equals', value: 'eu' } as const
  const big = { key: 'size', operator: 'greater_than', value: 10 } as const
  const paid = { key: 'plan', operator: 'not_equals', value: 'free' } as const
  const nested: MeterFilter = {
    conjunction: 'and',
    clauses: [
      { conjunction: 'or', clauses: [eu, big] },
      { conjunction: 'and', clauses: [paid] },
    ],
  }
  expect(passesFilter(nested, { region: 'eu', size: 1, plan: 'pro' })).toBe(true)
  expect(passesFilter(nested, { region: 'us', size: 11 })).toBe(true)
  expect(passesFilter(nested, { region: 'us', size: 1, plan: 'pro' })).toBe(false)
  expect(passesFilter(nested, { region: 'eu', size: 1, plan: 'free' })).toBe(false)
})

test('what an object inherits is not metadata', () => {
  expect(passesFilter(one('contains', 'native', 'toString'), {})).toBe(false)
})

test.each([
  [1e-7, '0.0000001'],
  [0.1, '0.1'],
  [-3, '-3'],
])('%d is the same number as text', (number, text) => expect(decimalOf(number)).toBe(decimalOf(text)))

test.each([true, 'many', 1e20, Number.NaN, undefined])('%s is no number of units', (value) => {
  expect(decimalOf(value)).toBeUndefined()
})
