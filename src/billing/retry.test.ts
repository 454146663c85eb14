import { describe, expect, test } from 'vitest'
import { decideManualRetry, endsChain, hardDeclines, nextRetry, softDeclines } from './retry.ts'

const at = (text: string) => Temporal.Instant.from(text)
const declined_at = at('2026-01-31T09:00:00Z')

/** Days after the first decline at which retries fall, each declined with the same code. */
function chain(window: number, code = 'INSUFFICIENT_FUNDS'): number[] {
  const days: number[] = []
  let now = declined_at
  for (;;) {
    const next = nextRetry({ code, declined_at, automatic: days.length, retries: days.length }, window, now)
    if (next === undefined) return days
    now = next
    days.push(declined_at.until(next).total('hours') / 24)
  }
}

describe('nextRetry', () => {
  test('12 h, 24 h, 48 h, 72 h, 96 h, 120 h, 7 d, 7 d after the previous one, as far as the window goes', () => {
    expect(chain(30)).toEqual([0.5, 1.5, 3.5, 6.5, 10.5, 15.5, 22.5, 29.5])
    expect(chain(13)).toEqual([0.5, 1.5, 3.5, 6.5, 10.5])
    expect(chain(1)).toEqual([0.5])
  })

  test.each(hardDeclines)('%s ends the chain', (code) => {
    expect(chain(30, code)).toEqual([])
  })

  test('what only the customer can lift is never asked again, nor what nobody understands', () => {
    expect(softDeclines.filter((code) => chain(30, code).length === 0)).toEqual(['AUTHENTICATION_REQUIRED'])
    expect([endsChain('SOMETHING_NEW'), endsChain(null)]).toEqual([true, true])
  })

  test('counts what was sent by hand: no more than ten in all', () => {
    const declined = { code: 'GENERIC_DECLINE', declined_at, automatic: 1 }
    expect(nextRetry({ ...declined, retries: 9 }, 30, declined_at)).toBeDefined()
    expect(nextRetry({ ...declined, retries: 10 }, 30, declined_at)).toBeUndefined()
  })

  test('no code is both soft and hard', () => {
    expect(softDeclines.filter((code) => hardDeclines.includes(code))).toEqual([])
    expect([softDeclines.length, hardDeclines.length]).toEqual([29, 15])
  })
})

describe('decideManualRetry', () => {
  const sent = at('2026-02-01T09:00:00Z')

  test('once an hour', () => {
    const made = { sends_used: 1, retries: 1, last_sent_at: sent }
    expect(decideManualRetry(made, at('2026-02-01T09:59:59Z'))).toEqual({
      type: 'cooling_down',
      until: at('2026-02-01T10:00:00Z'),
    })
    expect(decideManualRetry(made, at('2026-02-01T10:00:00Z'))).toEqual({ type: 'allowed' })
  })

  test('three times for what is owed, ten retries of any kind', () => {
    const later = at('2026-02-09T09:00:00Z')
    expect(decideManualRetry({ sends_used: 3, retries: 3, last_sent_at: sent }, later)).toEqual({ type: 'used_up' })
    expect(decideManualRetry({ sends_used: 0, retries: 10, last_sent_at: null }, later)).toEqual({ type: 'used_up' })
    expect(decideManualRetry({ sends_used: 2, retries: 9, last_sent_at: sent }, later)).toEqual({ type: 'allowed' })
  })
})
