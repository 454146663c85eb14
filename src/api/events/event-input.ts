// Events as they come in. Their ids and metadata are another system's: long numbers in them are not taken for card numbers.
import { z } from '@hono/zod-openapi'
import { instant } from '#api/input/instant.ts'
import { id } from '#api/input/text.ts'

export const MAX_EVENTS = 1_000
export const MAX_ID = 255
export const MAX_NAME = 100
export const MAX_KEYS = 50
export const MAX_KEY = 100
export const MAX_VALUE = 500
export const VISIBLE = /^(?!\s*$)\P{Cc}+$/u

function name(max: number) {
  return z.string().min(1).max(max).regex(VISIBLE, 'must not be blank or hold control characters')
}

const metadata = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .superRefine((pairs, issues) => {
    const keys = Object.keys(pairs)
    if (keys.length > MAX_KEYS) {
      const message = `may hold at most ${MAX_KEYS} keys`
      issues.addIssue({ code: 'custom', message, params: { code: 'MAXIMUM_KEYS_REACHED' } })
      return
    }
    for (const key of keys) {
      const value = pairs[key]
      if (key.length > MAX_KEY)
        issues.addIssue({ code: 'custom', message: `must have keys of at most ${MAX_KEY} characters` })
      if (typeof value === 'string' && value.length > MAX_VALUE) {
        issues.addIssue({ code: 'custom', message: `must have values of at most ${MAX_VALUE} characters` })
      }
    }
  })
  .openapi({ description: 'At most 50 pairs, keys of 100 and values of 500 characters', example: { region: 'eu' } })

const event = z
  .object({
    event_id: name(MAX_ID).openapi({
      description: 'Your own name for it; sent again it changes nothing',
      example: 'request-7f3a',
    }),
    customer_id: id(),
    event_name: name(MAX_NAME).openapi({ example: 'api_request' }),
    timestamp: instant().nullish().openapi({ description: 'Now, where it is left out' }),
    metadata: metadata.nullish(),
  })
  .openapi('EventInput')

export const ingestEventsBody = z.object({ events: z.array(event).min(1).max(MAX_EVENTS) }).openapi('IngestEvents')
