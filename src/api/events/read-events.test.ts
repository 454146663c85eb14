import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ingestEventsBody } from './event-input.ts'
import { readEvents } from './read-events.ts'

const odd = fc.constantFrom<unknown>('', ' ', 'a\nb', 'x'.repeat(300), 7, null, [], {}, true, undefined, 'ürökség')
const value = fc.oneof(fc.string({ maxLength: 8 }), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean())
const metadata = fc.dictionary(fc.string({ minLength: 1, maxLength: 6 }), value, { maxKeys: 4 })
const event = fc.record(
  {
    event_id: fc.oneof({ weight: 9, arbitrary: fc.string({ minLength: 1, maxLength: 20 }) }, odd),
    customer_id: fc.oneof({ weight: 9, arbitrary: fc.stringMatching(/^cus_[0-9A-Za-z]{1,9}$/) }, odd),
    event_name: fc.oneof({ weight: 9, arbitrary: fc.constant('api_request') }, odd),
    metadata: fc.oneof({ weight: 9, arbitrary: metadata }, odd, fc.dictionary(fc.string(), odd)),
    timestamp: fc.constantFrom(undefined, null),
    unknown_field: fc.anything(),
  },
  { requiredKeys: ['event_id', 'customer_id', 'event_name'] },
)
const plain = { event_id: 'one', customer_id: 'cus_1', event_name: 'api_request' }

test('what is read by hand is what the schema makes of it, and what the schema refuses is never read', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 4 }), (events) => {
      const sent = { events }
      const read = readEvents(sent)
      const parsed = ingestEventsBody.safeParse(sent)
      if (read === undefined) return
      expect(parsed.success).toBe(true)
      expect(withoutNulls(read)).toEqual(withoutNulls(parsed.data))
    }),
    { numRuns: 300 },
  )
})

test('a plain batch is read', () => {
  const events = [plain, { ...plain, event_id: 'two', metadata: { region: 'eu', tokens: 150, cached: false } }]
  expect(readEvents({ events })).toEqual({ events })
})

test.each([
  ['no batch', []],
  ['no events', { events: [] }],
  ['too many', { events: Array.from({ length: 1001 }, () => plain) }],
  ['a time', { events: [{ ...plain, timestamp: '2026-03-31T09:30:00Z' }] }],
  ['a nested value', { events: [{ ...plain, metadata: { a: { b: 1 } } }] }],
  [
    'too many keys',
    { events: [{ ...plain, metadata: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [n, n])) }] },
  ],
])('%s is left to the schema', (_, sent) => {
  expect(readEvents(sent)).toBeUndefined()
})

/** Null and left out are the same here. */
function withoutNulls(of: unknown): unknown {
  return JSON.parse(JSON.stringify(of, (_, held) => held ?? undefined))
}
