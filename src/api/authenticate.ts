import type { Context } from 'hono'
import { type Caller, findCaller } from '#core/api-keys/find-caller.ts'
import { AppError } from '#src/errors.ts'
import type { ApiEnv } from './env.ts'
import type { RateLimits } from './rate-limits.ts'

const BEARER = /^Bearer +(\S+)$/i

/** Whose key the request carries, within its limits. Throws 401, 403 for a write with a key that may only read, 429. */
export async function authenticate(c: Context<ApiEnv>, limits: RateLimits): Promise<Caller> {
  const caller = await countCaller(c, limits)
  if (caller === undefined) {
    c.header('WWW-Authenticate', 'Bearer')
    throw new AppError('UNAUTHORIZED', { message: unauthorized(c.var.ctx.mode, keyOf(c)) })
  }
  if (caller.read_only && c.req.method !== 'GET' && c.req.method !== 'HEAD') throw new AppError('FORBIDDEN')
  return caller
}

/** Counts whoever asks, whatever for: by their key, or else by where they are. Undefined without a good key. Throws 429. */
export async function countCaller(c: Context<ApiEnv>, limits: RateLimits): Promise<Caller | undefined> {
  const key = keyOf(c)
  const caller = key === undefined ? undefined : await findCaller(c.var.ctx, key)
  setHeaders(
    c,
    caller === undefined
      ? await limits.countAddress(c.var.client_ip)
      : await limits.countKey(caller.ctx.business, caller.ctx.actor.id),
  )
  return caller
}

const keyOf = (c: Context<ApiEnv>) => BEARER.exec(c.req.header('authorization')?.trim() ?? '')?.[1]

function unauthorized(mode: string, key: string | undefined): string {
  if (key === undefined) return 'The API key is missing; send it as Authorization: Bearer <key>'
  return `The API key is not a valid key of ${mode} mode`
}

export function setHeaders(c: Context<ApiEnv>, headers: object | undefined): void {
  for (const [name, value] of Object.entries(headers ?? {})) c.header(name, value)
}
