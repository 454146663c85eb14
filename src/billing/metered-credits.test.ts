import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ONE, parseDecimal } from './decimal.ts'
import { creditsFor } from './metered-credits.ts'

const credits = (units: string, per: string, precision: number, ended: boolean) =>
  creditsFor(parseDecimal(units), parseDecimal(per), { precision, ended })

test.each([
  ['1049', '100', 0, false, '10'],
  ['1049', '100', 0, true, '10'],
  ['1050', '100', 0, false, '10'],
  ['1050', '100', 0, true, '11'],
  // 7 ÷ 3 = 2.333…
  ['7', '3', 2, true, '2.33'],
  // Half a unit is a credit.
  ['4', '0.5', 0, true, '8'],
  ['0', '100', 0, true, '0'],
])('%s units at %s for a credit, %i places, ended: %s', (units, per, precision, ended, expected) => {
  expect(credits(units, per, precision, ended)).toBe(parseDecimal(expected))
})

test('what is taken while units come in is never more than what it comes to', () => {
  const units = fc.bigInt({ min: 0n, max: 10n ** 18n })
  const more = fc.bigInt({ min: 0n, max: 10n ** 18n })
  fc.assert(
    fc.property(units, more, fc.integer({ min: 0, max: 10 }), (some, then, precision) => {
      const per = 3n * ONE
      const soFar = creditsFor(some, per, { precision, ended: false })
      expect(soFar <= creditsFor(some + then, per, { precision, ended: true })).toBe(true)
    }),
    { numRuns: 200 },
  )
})
