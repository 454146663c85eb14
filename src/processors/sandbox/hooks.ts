// The sandbox's webhooks on the wire: HMAC-SHA-256 over time, business and body. A hook says only what to look up.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { ProcessorEvent, ProcessorHook } from '#processors/processor.ts'

const TOLERANCE_SECONDS = 300

const hookBody = z.object({
  event_id: z.string().min(1),
  kind: z.enum(['payment', 'refund', 'setup', 'dispute']),
  key: z.string().min(1),
})

/** Headers and body of one delivery of an event. */
export function signHook(
  secret: Buffer,
  business_id: string,
  { event_id, kind, key }: ProcessorEvent,
  now: Temporal.Instant,
): { headers: Record<string, string>; body: string } {
  const body = JSON.stringify({ event_id, kind, key })
  const timestamp = String(seconds(now))
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'sandbox-timestamp': timestamp,
      'sandbox-signature': signature(secret, timestamp, business_id, body),
    },
  }
}

/** Undefined where the hook is forged, meant for another business, older or newer than five minutes, or not readable. */
export function verifyHook(
  secret: Buffer,
  business_id: string,
  { headers, body }: ProcessorHook,
  now: Temporal.Instant,
): ProcessorEvent[] | undefined {
  const timestamp = headers.get('sandbox-timestamp') ?? ''
  const given = Buffer.from(headers.get('sandbox-signature') ?? '')
  const expected = Buffer.from(signature(secret, timestamp, business_id, body))
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(seconds(now) - Number(timestamp)) > TOLERANCE_SECONDS) return undefined
  const event = hookBody.safeParse(parseJson(body))
  return event.success ? [event.data] : undefined
}

function signature(secret: Buffer, timestamp: string, business_id: string, body: string): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.${business_id}.${body}`).digest('hex')}`
}

function seconds(instant: Temporal.Instant): number {
  return Math.floor(instant.epochMilliseconds / 1000)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
