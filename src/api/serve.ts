// How every endpoint is answered: the caller, the path, the query, the body, the verb; then the answer.

import type { Context } from 'hono'
import { findHolder } from '#core/licenses/find-holder.ts'
import type { Ctx } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'
import { answerOf, send } from './answer.ts'
import { answerOnce } from './answer-once.ts'
import { authenticate, countCaller, setHeaders } from './authenticate.ts'
import type { Endpoint } from './endpoint.ts'
import type { ApiEnv } from './env.ts'
import type { RateLimits } from './rate-limits.ts'
import { assertLength, assertText, readJson } from './read-json.ts'
import { uploadOf } from './read-upload.ts'
import { validate } from './validate.ts'

export async function serve(endpoint: Endpoint, c: Context<ApiEnv>, limits: RateLimits): Promise<Response> {
  if (endpoint.mode !== undefined && endpoint.mode !== c.var.ctx.mode) {
    await countCaller(c, limits)
    throw new AppError('NOT_FOUND')
  }
  if (endpoint.open) return serveHolder(endpoint, c, limits)
  const { ctx } = await authenticate(c, limits)
  assertLength(c.req.raw.headers, endpoint.limits)
  const params = readParams(c.req.param())
  const query = readQuery(endpoint, c.req.url)
  const upload = uploadOf(c.req.raw)
  const { sent, body } = await readBody(endpoint, c.req.raw)
  const isFile = endpoint.receives === 'file'
  try {
    return await answerOnce(endpoint, c, {
      ctx,
      content: isFile ? await upload.declare() : sent,
      run: (ctx, retried) => endpoint.handle(ctx, { params, query, body, upload, retried }),
    })
  } finally {
    if (isFile) await upload.drop()
  }
}

/** Whoever holds a license key has no other one: counted by address, and by the key against guessing and loops. */
async function serveHolder(endpoint: Endpoint, c: Context<ApiEnv>, limits: RateLimits): Promise<Response> {
  setHeaders(c, await limits.countAddress(c.var.client_ip))
  assertLength(c.req.raw.headers, endpoint.limits)
  const { sent, body } = (await readBody(endpoint, c.req.raw)) as { sent: unknown; body: { license_key: string } }
  await limits.countLicenseKey(body.license_key)
  const handle = endpoint.handle as unknown as (ctx: Ctx, input: object) => Promise<unknown>
  const run = (ctx: Ctx) => handle(ctx, { params: {}, query: undefined, body })
  const holder = await findHolder(c.var.ctx, body.license_key)
  if (holder === undefined) return send(c, answerOf(endpoint, await run(c.var.ctx)))
  return answerOnce(endpoint, c, { ctx: holder.ctx, content: sent, run })
}

const ID = /^[0-9A-Za-z_-]{1,64}$/

/** What callers named themselves. */
const OWN_NAMES: Record<string, RegExp> = { event_id: /^\P{Cc}{1,255}$/u }

/** What cannot be an id leads nowhere, like an id that is nobody's. */
function readParams(params: Record<string, string>): Record<string, string> {
  for (const [name, value] of Object.entries(params)) {
    if (!(OWN_NAMES[name] ?? ID).test(value)) throw notFound(nouns[name] ?? 'resource')
  }
  return params
}

const nouns: Record<string, string> = {
  customer_id: 'customer',
  product_id: 'product',
  session_id: 'checkout session',
  subscription_id: 'subscription',
  payment_id: 'payment',
  meter_id: 'meter',
  event_id: 'event',
  refund_id: 'refund',
  webhook_id: 'webhook',
  entitlement_id: 'entitlement',
  grant_id: 'grant',
  license_key_id: 'license key',
  license_key_instance_id: 'license key instance',
  file_id: 'file',
}

function readQuery({ query }: Endpoint, url: string): unknown {
  if (query === undefined) return undefined
  const sent: Record<string, string> = {}
  for (const [name, value] of new URL(url).searchParams) {
    if (!Object.hasOwn(query.shape, name)) continue
    assertText(value, 'INVALID_QUERY_PARAMS')
    if (Object.hasOwn(sent, name)) {
      throw new AppError('INVALID_QUERY_PARAMS', { message: `${name} must be sent once`, field: name })
    }
    sent[name] = value
  }
  return validate(query, sent, 'INVALID_QUERY_PARAMS')
}

/** As it was sent, and what the endpoint makes of it. */
async function readBody(
  { body: schema, limits, read }: Pick<Endpoint, 'body' | 'limits' | 'read'>,
  request: Request,
): Promise<{ sent: unknown; body: unknown }> {
  if (schema === undefined) return { sent: undefined, body: undefined }
  const sent = await readJson(request, limits)
  return { sent, body: read?.(sent) ?? validate(schema, sent, 'INVALID_REQUEST_BODY') }
}
