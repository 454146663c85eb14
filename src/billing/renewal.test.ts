import { describe, expect, test } from 'vitest'
import { scale } from './money.ts'
import { decideRenewal, nextAttempt, type Renewable } from './renewal.ts'

const at = (text: string) => Temporal.Instant.from(text)

const monthly: Renewable = {
  anchor: at('2026-01-31T00:00:00Z'),
  period_number: 0,
  frequency: { count: 1, interval: 'Month' },
  next_billing_date: at('2026-02-28T00:00:00Z'),
  expires_at: null,
  cancel_at_next_billing_date: false,
}

describe('at the boundary', () => {
  test('nothing happens a moment before', () => {
    expect(decideRenewal(monthly, at('2026-02-27T23:59:59.999Z'))).toEqual({ type: 'not_due' })
  })
  test('the next whole period is charged', () => {
    const decision = decideRenewal(monthly, at('2026-02-28T00:00:00Z'))
    if (decision.type !== 'charge') throw new Error(decision.type)
    expect(decision.period_number).toBe(1)
    expect(decision.period.end.toString()).toBe('2026-03-31T00:00:00Z')
    expect(scale(6000, decision.share)).toBe(6000)
  })
  test('the end of the term comes first, then a scheduled cancellation, then the renewal', () => {
    const ending = { ...monthly, cancel_at_next_billing_date: true, expires_at: at('2026-02-28T00:00:00Z') }
    expect(decideRenewal(ending, at('2026-03-05T00:00:00Z')).type).toBe('expire')
    expect(decideRenewal({ ...ending, expires_at: null }, at('2026-03-05T00:00:00Z'))).toEqual({
      type: 'cancel',
      at: at('2026-02-28T00:00:00Z'),
    })
  })
  test('a period cut by the end of the term costs its share: 14 of 31 days of 31.00 is 14.00', () => {
    const cut = { ...monthly, expires_at: at('2026-03-14T00:00:00Z') }
    const decision = decideRenewal(cut, at('2026-02-28T00:00:00Z'))
    expect(decision.type === 'charge' && scale(3100, decision.share)).toBe(1400)
  })
})

describe('when the worker acts next', () => {
  test('at the end of a period billed on time', () => {
    expect(nextAttempt(at('2026-03-31T00:00:00Z'), at('2026-02-28T00:00:01Z')).toString()).toBe('2026-03-31T00:00:00Z')
  })
  test('a day later where the billed period is over already: never two charges at once', () => {
    expect(nextAttempt(at('2026-03-31T00:00:00Z'), at('2026-04-02T08:00:00Z')).toString()).toBe('2026-04-03T08:00:00Z')
  })
})
