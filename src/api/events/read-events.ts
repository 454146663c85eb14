// The hottest body of the API, read by hand: what is plainly right comes out as the schema would have it. Whatever is not is left to the
// schema, which says what is wrong with it, so that there is one set of refusals.
import type { z } from '@hono/zod-openapi'
import {
  type ingestEventsBody,
  MAX_EVENTS,
  MAX_ID,
  MAX_KEY,
  MAX_KEYS,
  MAX_NAME,
  MAX_VALUE,
  VISIBLE,
} from './event-input.ts'

type Batch = z.output<typeof ingestEventsBody>
type NewEvent = Batch['events'][number]

const CUSTOMER = /^[0-9A-Za-z_-]{1,64}$/

/** Undefined where the schema has to look; times are left to it too. */
export function readEvents(sent: unknown): Batch | undefined {
  if (!isObject(sent) || !Array.isArray(sent.events)) return undefined
  const given: unknown[] = sent.events
  if (given.length === 0 || given.length > MAX_EVENTS) return undefined
  const events: NewEvent[] = []
  for (const one of given) {
    const event = readEvent(one)
    if (event === undefined) return undefined
    events.push(event)
  }
  return { events }
}

function readEvent(sent: unknown): NewEvent | undefined {
  if (!isObject(sent)) return undefined
  const { event_id, customer_id, event_name, timestamp, metadata } = sent
  if (!isName(event_id, MAX_ID) || !isName(event_name, MAX_NAME)) return undefined
  if (typeof customer_id !== 'string' || !CUSTOMER.test(customer_id)) return undefined
  if (timestamp !== undefined && timestamp !== null) return undefined
  if (metadata === undefined || metadata === null) return { event_id, customer_id, event_name }
  return isMetadata(metadata) ? { event_id, customer_id, event_name, metadata } : undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isName(value: unknown, max: number): value is string {
  return typeof value === 'string' && value.length <= max && VISIBLE.test(value)
}

function isMetadata(value: unknown): value is Record<string, string | number | boolean> {
  if (!isObject(value)) return false
  let keys = 0
  for (const key in value) {
    keys += 1
    const held = value[key]
    if (keys > MAX_KEYS || key.length > MAX_KEY) return false
    if (typeof held === 'string' ? held.length > MAX_VALUE : typeof held !== 'number' && typeof held !== 'boolean') {
      return false
    }
  }
  return true
}
