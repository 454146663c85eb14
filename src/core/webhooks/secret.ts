// The signing secret of an endpoint and the headers sent along with it: encrypted where they lie, each for its own row.
import { randomBytes } from 'node:crypto'
import type { Webhook } from '#core/webhooks/queries.ts'
import type { BusinessCtx } from '#src/context.ts'

/** What of an endpoint a message to it is made with. */
export type Sealed = Pick<Webhook, 'webhook_id' | 'secret' | 'previous_secret' | 'previous_secret_until' | 'headers'>

/** As Standard Webhooks has it: 256 bits in base64 behind a prefix. */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

export function sealSecret(ctx: BusinessCtx, webhook_id: string, secret: string): string {
  return ctx.secrets.seal(secret, 'webhook_secret', ctx.business.business_id, webhook_id)
}

export function openSecret(ctx: BusinessCtx, webhook: Sealed): string {
  return open(ctx, webhook.secret, 'webhook_secret', webhook)
}

/** What a message is signed with now: the secret, and for a while those before it. */
export function openSigningSecrets(ctx: BusinessCtx, webhook: Sealed): string[] {
  return [openSecret(ctx, webhook), ...openPreviousSecrets(ctx, webhook).map(({ secret }) => secret)]
}

/** One that a newer took the place of, and until when it signs as well. */
export interface PreviousSecret {
  secret: string
  /** RFC 3339 */
  until: string
}

/** Those that still sign, the latest first. */
export function openPreviousSecrets(ctx: BusinessCtx, webhook: Sealed): PreviousSecret[] {
  const { previous_secret, previous_secret_until } = webhook
  if (previous_secret === null || previous_secret_until === null) return []
  const text = open(ctx, previous_secret, 'webhook_secret', webhook)
  // There was only one at first, which stood there by itself.
  const previous: PreviousSecret[] = text.startsWith('[')
    ? JSON.parse(text)
    : [{ secret: text, until: previous_secret_until.toString() }]
  return previous.filter(({ until }) => Temporal.Instant.compare(until, ctx.wall.now()) > 0)
}

/** So many are sent along at most. */
export const MOST_HEADERS = 30

/** Names are told in lower case, as they are compared. */
export function sealHeaders(ctx: BusinessCtx, webhook_id: string, headers: Record<string, string>): string | null {
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
  if (named.length === 0) return null
  return ctx.secrets.seal(
    JSON.stringify(Object.fromEntries(named)),
    'webhook_headers',
    ctx.business.business_id,
    webhook_id,
  )
}

export function openHeaders(ctx: BusinessCtx, webhook: Sealed): Record<string, string> {
  return webhook.headers === null ? {} : JSON.parse(open(ctx, webhook.headers, 'webhook_headers', webhook))
}

function open(ctx: BusinessCtx, sealed: string, purpose: string, { webhook_id }: Sealed): string {
  return ctx.secrets.open(sealed, purpose, ctx.business.business_id, webhook_id)
}
