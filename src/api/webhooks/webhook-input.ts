import { z } from '@hono/zod-openapi'
import { metadataInput } from '#api/input/metadata.ts'
import { text, webAddress } from '#api/input/text.ts'
import { MOST_HEADERS } from '#core/webhooks/secret.ts'
import { webhookEventTypeSchema, webhookMetadataSchema } from '#wire/webhook.ts'

/** Headers that the message itself needs. */
const TAKEN = new Set([
  'host',
  'connection',
  'content-length',
  'content-type',
  'content-encoding',
  'expect',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
])
const NAME = /^[0-9A-Za-z!#$%&'*+.^_`|~-]{1,100}$/
const VALUE = /^[\x20-\x7e]{0,1000}$/

export const headersInput = z
  .record(z.string(), z.string())
  .superRefine((headers, issues) => {
    const problem = problemOf(Object.entries(headers))
    if (problem !== undefined) issues.addIssue({ code: 'custom', message: problem })
  })
  .openapi({ description: 'Sent along with every message', example: { 'x-shop': 'linden' } })

function problemOf(headers: [string, string][]): string | undefined {
  if (headers.length > MOST_HEADERS) return `may hold at most ${MOST_HEADERS} headers`
  for (const [name, value] of headers) {
    if (!NAME.test(name)) return 'must have names of letters, digits and hyphens'
    const lower = name.toLowerCase()
    if (TAKEN.has(lower) || lower.startsWith('webhook-')) return `must not name ${lower}, which Portico sets itself`
    if (!VALUE.test(value)) return 'must have values of at most 1000 plain characters'
  }
  return undefined
}

const description = text({ max: 500, lines: true })
const metadata = webhookMetadataSchema.and(metadataInput)
const rateLimit = z.int().min(0).max(1_000).openapi({ description: 'Requests a second' })
const filterTypes = z
  .array(webhookEventTypeSchema)
  .max(100)
  .openapi({ description: 'Only these types; all where it is empty' })

export const createWebhookBody = z
  .object({
    url: webAddress().openapi({ description: 'Where messages are sent; https in live mode' }),
    description: description.nullish(),
    filter_types: filterTypes.optional(),
    metadata: metadata.nullish(),
    rate_limit: rateLimit.nullish(),
    disabled: z.boolean().nullish(),
    headers: headersInput.nullish(),
    idempotency_key: text({ max: 255 })
      .nullish()
      .openapi({ description: 'The same key gives the webhook made before' }),
  })
  .openapi('CreateWebhook')

export const updateWebhookBody = z
  .object({
    url: webAddress().nullish(),
    description: description.nullish().openapi({ description: 'null clears it' }),
    filter_types: filterTypes.nullish().openapi({ description: 'null: every type' }),
    metadata: metadata.nullish().openapi({ description: 'Replaces all of it' }),
    rate_limit: rateLimit.nullish().openapi({ description: 'null clears it' }),
    disabled: z.boolean().nullish(),
  })
  .openapi('UpdateWebhook')

/** An empty list wants what no list wants: everything. */
export function toFilter(types: string[] | null): string[] | null {
  return types === null || types.length === 0 ? null : [...new Set(types)]
}
