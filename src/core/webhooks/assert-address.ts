import { isIP } from 'node:net'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/**
 * Refuses at once what could never be delivered: plain http in live mode, an IP address inside the house. A name is looked up and
 * checked each time something is sent.
 */
export function assertWebhookAddress(ctx: BusinessCtx, address: string): void {
  const url = new URL(address)
  if (ctx.mode === 'live' && url.protocol !== 'https:') throw refused('url must be an https address in live mode')
  if (url.hash !== '') throw refused('url must have no fragment')
  const host = url.hostname.replaceAll(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !ctx.egress.allows(host)) throw refused('url must lead to a public address')
}

function refused(message: string): AppError {
  return new AppError('INVALID_REQUEST_PARAMETERS', { message, field: 'url' })
}
