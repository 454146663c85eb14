import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findDecimal, formatDecimal, parseDecimal } from './decimal.ts'

test.each([
  ['0.0025', 2_500_000_000n],
  ['3', 3_000_000_000_000n],
  ['-0.5', -500_000_000_000n],
  ['+7.000000000001', 7_000_000_000_001n],
  ['007', 7_000_000_000_000n],
])('%s is exact', (text, steps) => expect(findDecimal(text)).toBe(steps))

test.each(['', '.5', '5.', '1e3', 'NaN', '1,5', '0x1', ' 1', '1234567890123456', '0.0000000000001', '--1'])(
  '"%s" is no decimal',
  (text) => expect(findDecimal(text)).toBeUndefined(),
)

test('what is written is read again, in its shortest form', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (steps) => {
      const text = formatDecimal(steps)
      expect(parseDecimal(text)).toBe(steps)
      expect(parseDecimal(`${text}${text.includes('.') ? '000' : '.000'}`)).toBe(steps)
      expect(text).toMatch(/^-?\d+(\.\d*[1-9])?$/)
    }),
    { numRuns: 200 },
  )
})

test('a decimal that would lose a digit is refused', () => {
  expect(() => parseDecimal('0.0000000000001')).toThrow(RangeError)
  expect(() => parseDecimal('many')).toThrow(RangeError)
})
