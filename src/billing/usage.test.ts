import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatDecimal, ONE, parseDecimal } from './decimal.ts'
import { type Aggregation, boundariesUntil, bucketOf, chargeUsage, countedAt, microsecondsOf } from './usage.ts'

function charge(aggregation: Aggregation, measured: string | undefined, free: string, price: string, counted = '0') {
  const { units, free_units, chargeable_units, amount, ...rest } = chargeUsage({
    aggregation,
    measured: measured === undefined ? undefined : parseDecimal(measured),
    counted: parseDecimal(counted),
    free_threshold: parseDecimal(free),
    price_per_unit: parseDecimal(price),
  })
  return [...[units, free_units, chargeable_units].map(formatDecimal), amount, formatDecimal(rest.counted)]
}

describe('usage is charged above what is free', () => {
  test.each<[string, Parameters<typeof charge>, [string, string, string, number, string]]>([
    [
      '1,000,000 × 0.0025 = 2500',
      ['count', '1500000', '500000', '0.0025'],
      ['1500000', '500000', '1000000', 2500, '1500000'],
    ],
    ['up to the threshold nothing', ['count', '1000', '1000', '5'], ['1000', '1000', '0', 0, '1000']],
    ['1 × 0.5 rounds away from zero', ['count', '1', '0', '0.5'], ['1', '0', '1', 1, '1']],
    ['once for the line: 199 × 0.0025 = 0.4975 → 0', ['count', '199', '0', '0.0025'], ['199', '0', '199', 0, '199']],
    ['200 × 0.0025 = 0.5 → 1', ['count', '200', '0', '0.0025'], ['200', '0', '200', 1, '200']],
    ['2.5 GB × 40 = 100', ['sum', '2.5', '0', '40'], ['2.5', '0', '2.5', 100, '2.5']],
    ['given back below zero costs nothing', ['sum', '-3', '0', '40'], ['-3', '0', '0', 0, '-3']],
    ['a peak of 12 seats, 10 free', ['max', '12', '10', '300'], ['12', '10', '2', 600, '12']],
    ['no events', ['last', undefined, '0', '300'], ['0', '0', '0', 0, '0']],
  ])('%s', (_, given, expected) => expect(charge(...given)).toEqual(expected))

  test('never more than the largest amount', () => {
    expect(charge('sum', '1000000000000000000', '0', '99999')[3]).toBe(1_000_000_000_000)
  })
})

describe('after a change of plan within the period', () => {
  test('700 counted, 1,000 free now: of 500 more 300 are free', () => {
    expect(charge('count', '500', '1000', '2', '700')).toEqual(['500', '300', '200', 400, '1200'])
  })
  test('1,200 counted, 1,000 free now: nothing is free any more', () => {
    expect(charge('count', '5', '1000', '2', '1200')).toEqual(['5', '0', '5', 10, '1205'])
  })
  test('a peak of 12 was billed: only what rises above it', () => {
    expect(charge('max', '15', '10', '300', '12')).toEqual(['15', '12', '3', 900, '15'])
    expect(charge('max', '9', '10', '300', '12')).toEqual(['12', '12', '0', 0, '12'])
    expect(charge('last', '9', '10', '300', '12')).toEqual(['9', '12', '0', 0, '12'])
  })
})

test('cutting a period by changes to the same price costs the same, but for rounding once a piece', () => {
  const pieces = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(
      pieces,
      fc.integer({ min: 0, max: 8000 }),
      fc.constantFrom('count', 'max'),
      (given, free, aggregation) => {
        const shared = { aggregation, free_threshold: BigInt(free) * ONE, price_per_unit: 3n * ONE } as const
        let counted = 0n
        let charged = 0
        for (const units of given) {
          const piece = chargeUsage({ ...shared, measured: BigInt(units) * ONE, counted })
          counted = piece.counted
          charged += piece.amount
        }
        const whole = aggregation === 'count' ? given.reduce((a, b) => a + b) : Math.max(...given)
        expect(charged).toBe(Math.max(0, whole - free) * 3)
      },
    ),
    { numRuns: 200 },
  )
})

describe('an event counts', () => {
  const of = (date: string, time: string) => microsecondsOf(Temporal.Instant.from(`${date}T${time}Z`))
  const at = (time: string) => of('2026-02-01', time)
  test('at its own time, or from the end of what was billed', () => {
    expect(countedAt(at('00:10:00'), at('00:00:00'))).toBe(at('00:10:00'))
    expect(countedAt(of('2026-01-31', '23:50:00'), at('00:00:00'))).toBe(at('00:00:00'))
  })

  test('to the microsecond', () => {
    expect(at('10:29:59.999999999')).toBe(at('10:30:00') - 1)
    expect(at('10:29:59.999998')).toBe(at('10:30:00') - 2)
  })

  test.each([
    ['10:40:00', '10:30:00'],
    ['10:30:00', '10:30:00'],
    ['10:29:59.999999', '10:00:00'],
    ['11:10:00', '11:00:00'],
    ['12:50:00', '12:45:00'],
  ])('%s belongs to the bucket of %s where periods begin at 10:30, 12:15 and 12:45', (time, bucket) => {
    expect(bucketOf(at(time), ['10:30:00', '12:15:00', '12:45:00'].map(at))).toBe(at(bucket))
  })

  test('in a bucket that no boundary cuts', () => {
    const moments = fc.integer({ min: 0, max: 86_400_000_000 })
    fc.assert(
      fc.property(moments, fc.uniqueArray(moments, { maxLength: 4 }), (moment, cuts) => {
        const bucket = bucketOf(
          moment,
          cuts.toSorted((a, b) => a - b),
        )
        for (const cut of cuts) expect(bucket < cut).toBe(moment < cut)
      }),
      { numRuns: 200 },
    )
  })
})

describe('boundaries', () => {
  const day = (date: string) => Temporal.Instant.from(`${date}T00:00:00Z`)
  const monthly = {
    anchor: day('2026-01-31'),
    period_number: -1,
    next_billing_date: day('2026-01-31'),
    frequency: { count: 1, interval: 'Month' },
  } as const
  const until = (latest: string, expires_at: string | null = null) =>
    boundariesUntil({ ...monthly, expires_at: expires_at === null ? null : day(expires_at) }, day(latest)).map((at) =>
      at.toString().slice(5, 10),
    )
  test('none before the next billing date, then one for each missed renewal', () => {
    expect(until('2026-01-30')).toEqual([])
    expect(until('2026-03-15')).toEqual(['01-31', '02-28'])
    expect(until('2026-04-30')).toEqual(['01-31', '02-28', '03-31', '04-30'])
  })
  test('none beyond the end of the term', () => {
    expect(until('2027-01-01', '2026-03-10')).toEqual(['01-31', '02-28', '03-10'])
  })
})
