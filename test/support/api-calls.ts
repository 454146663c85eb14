// What the tests of this door share: raw calls, other callers, and values for every path.

import { endpoints } from '#api/endpoints.ts'
import { createApiKey } from '#core/api-keys/create-api-key.ts'
import { createBusiness } from '#core/businesses/create-business.ts'
import { setBusiness } from '#core/businesses/set-business.ts'
import type { BusinessCtx } from '#src/context.ts'
import type { World } from './world.ts'

export interface Call {
  method?: string
  key?: string | null
  /** Sent as JSON. */
  json?: unknown
  /** Sent as it is. */
  body?: BodyInit
  headers?: Record<string, string>
  /** The address of the socket. */
  from?: string
}

export interface Answer {
  status: number
  body: { code?: string; message?: string; [field: string]: unknown }
  text: string
  headers: Headers
}

/** `path` is below /api. */
export async function call(world: World, path: string, request: Call = {}): Promise<Answer> {
  const {
    key = world.api_key,
    from = '192.0.2.1',
    json,
    body = json === undefined ? undefined : JSON.stringify(json),
  } = request
  const { method = body === undefined ? 'GET' : 'POST' } = request
  const headers = {
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    ...request.headers,
  }
  const answer = await world.app.request(
    `${world.urls.api()}${path}`,
    { method, headers, body, duplex: 'half' } as RequestInit,
    socketFrom(from),
  )
  const text = await answer.text()
  return { status: answer.status, body: parse(text), text, headers: answer.headers }
}

/** As the server hands its sockets on. */
function socketFrom(remoteAddress: string) {
  return { incoming: { socket: { remoteAddress, remotePort: 40_000, remoteFamily: 'IPv4' } } }
}

function parse(text: string): Answer['body'] {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

export interface Neighbour {
  ctx: BusinessCtx
  key: string
}

/** Another business on the same server. */
export async function neighbourOf(world: World, tier: '0' | 'unlimited' = 'unlimited'): Promise<Neighbour> {
  const operator = world.modes.test.ctx
  const { business } = await createBusiness(operator, { name: 'Kiln & Co', email: 'hello@kiln.example' })
  const ctx = await setBusiness(operator, business.business_id, { rate_limit_tier: tier })
  const { key } = await createApiKey(ctx, { name: 'neighbour' })
  return { ctx, key }
}

/** Every operation that wants an API key, its path filled with `ids` by the names of its parameters. */
export function everyCall(ids: Record<string, string>) {
  return endpoints
    .filter(({ open }) => !open)
    .map(({ operation, method, path, body, example }) => ({
      operation,
      method: method.toUpperCase(),
      template: path,
      path: path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? 'none'),
      json: body === undefined ? undefined : example,
    }))
}
