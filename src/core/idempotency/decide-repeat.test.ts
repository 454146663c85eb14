import { describe, expect, test } from 'vitest'
import { decideRepeat } from './decide-repeat.ts'

const at = (text: string) => Temporal.Instant.from(`2026-03-01T${text}Z`)
const running = {
  created_at: at('12:00:00'),
  request_hash: 'h',
  ended_at: null,
  claimed_until: at('12:00:20'),
  status: null,
  answer: null,
  has_effect: false,
}
const failed = { ...running, ended_at: at('12:00:01'), claimed_until: null }
const answered = { ...failed, status: 201, answer: 'sealed', has_effect: true }
const asked = { now: at('12:00:10'), request_hash: 'h', may_repeat: false }

describe('the same request', () => {
  test('while it is worked on, is under way until its lease has ended', () => {
    expect(decideRepeat(running, asked)).toBe('under_way')
    expect(decideRepeat(running, { ...asked, now: at('12:00:20') })).toBe('again')
    expect(decideRepeat({ ...running, has_effect: true }, { ...asked, now: at('12:00:20') })).toBe('interrupted')
  })

  test('that was answered gets the same answer, and says so where that was erased', () => {
    expect(decideRepeat(answered, asked)).toBe('replay')
    expect(decideRepeat({ ...answered, answer: null, request_hash: null }, asked)).toBe('forgotten')
  })

  test('that failed is begun again where nothing was committed', () => {
    expect(decideRepeat(failed, asked)).toBe('again')
    expect(decideRepeat({ ...failed, has_effect: true }, asked)).toBe('interrupted')
  })

  test('is begun again by a verb that finds what it did', () => {
    const heard = { ...asked, may_repeat: true }
    expect(decideRepeat({ ...failed, has_effect: true }, heard)).toBe('again')
    expect(decideRepeat({ ...answered, answer: null }, heard)).toBe('again')
    expect(decideRepeat(answered, heard)).toBe('replay')
    expect(decideRepeat(running, heard)).toBe('under_way')
  })

  test('is another one after 30 days', () => {
    expect(decideRepeat(answered, { ...asked, now: Temporal.Instant.from('2026-03-31T12:00:00Z') })).toBe('replay')
    const later = { ...asked, now: Temporal.Instant.from('2026-03-31T12:00:01Z') }
    expect(decideRepeat(answered, later)).toBe('anew')
    expect(decideRepeat(answered, { ...later, request_hash: 'other' })).toBe('anew')
  })
})

test('another request with the key is told so, whatever became of the first', () => {
  const other = { ...asked, request_hash: 'other' }
  for (const noted of [running, failed, answered]) expect(decideRepeat(noted, other)).toBe('other_request')
})
