// Whatever a client, its library or the network repeats is done once (src/core/idempotency): what every request passes that changes something.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from 'hono'
import { claimOf, keepAnswer, keepHold, letGo, noteUnanswered } from '#core/idempotency/close-request.ts'
import { type OpenedRequest, openRequest } from '#core/idempotency/open-request.ts'
import type { AskedRequest, HeldRequest } from '#core/idempotency/request.ts'
import { type BusinessCtx, LostClaim } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { type Answer, answerOf, send, sendFile } from './answer.ts'
import { answerError } from './answer-error.ts'
import type { Endpoint } from './endpoint.ts'
import type { ApiEnv } from './env.ts'

/** The endpoint's verb; `retried` as the client says, or as was found. */
type Run = (ctx: BusinessCtx, retried: boolean) => Promise<unknown>

interface Visit {
  endpoint: Endpoint
  c: Context<ApiEnv>
  ctx: BusinessCtx
  asked: AskedRequest
  run: Run
}

/** Who is asked again while the first is at work waits so long for its answer. */
const MOST_WAIT_MS = 25_000
const LOOK_EVERY_MS = 200
const SAY_EVERY_MS = 5_000
/** Answers that say "not now": nothing was done, and the same request may come again. */
const NOT_NOW = new Set([408, 409, 429])

export async function answerOnce(
  endpoint: Endpoint,
  c: Context<ApiEnv>,
  { ctx, content, run }: { ctx: BusinessCtx; content: unknown; run: Run },
): Promise<Response> {
  const asked = readAsked(endpoint, c, ctx, content)
  if (asked === undefined) {
    const result = await run(ctx, retryCountOf(c) > 0)
    return result instanceof Response ? sendFile(c, result) : send(c, answerOf(endpoint, result))
  }
  const visit = { endpoint, c, ctx, asked, run }
  const opened = await openPatiently(visit)
  if (opened.type === 'run') return answerFirst(visit, opened.request)
  if (opened.type === 'replay') return replay(visit, opened.request_id, opened.answer)
  return refuse(visit, opened.type)
}

/** Undefined where nothing is to be noted: it reads, is harmless to repeat, or comes from a client that says nothing of repeating. */
function readAsked(
  { method, operation, repeat }: Endpoint,
  c: Context<ApiEnv>,
  { actor }: BusinessCtx,
  content: unknown,
): AskedRequest | undefined {
  if (method === 'get') return undefined
  const idempotency_key = readKey(c)
  const counts = c.req.header('x-stainless-retry-count') !== undefined
  if (idempotency_key === null && (repeat === 'harmless' || !counts)) return undefined
  const { pathname, search } = new URL(c.req.url)
  return {
    operation,
    path: pathname,
    caller_id: actor.id,
    key_owner: actor.type === 'license_key' ? actor.id : null,
    idempotency_key,
    retry_count: retryCountOf(c),
    content: JSON.stringify([search, content]),
    may_repeat: repeat !== undefined,
  }
}

const KEY = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/

function readKey(c: Context<ApiEnv>): string | null {
  const key = c.req.header('idempotency-key')
  if (key === undefined) return null
  if (KEY.test(key)) return key
  throw new AppError('MALFORMED_REQUEST', { message: 'An Idempotency-Key has 1 to 255 printable ASCII characters' })
}

function retryCountOf(c: Context<ApiEnv>): number {
  const count = c.req.header('x-stainless-retry-count') ?? ''
  return /^\d{1,4}$/.test(count) ? Number(count) : 0
}

/** Whoever is asked once more waits for the one that is at work; a second request with the same key does not. */
async function openPatiently({ c, ctx, asked }: Visit): Promise<OpenedRequest> {
  const { signal } = c.req.raw
  let opened = await openRequest(ctx, asked)
  if (asked.retry_count === 0) return opened
  for (let waited = 0; opened.type === 'under_way' && waited < MOST_WAIT_MS; waited += LOOK_EVERY_MS) {
    if (signal.aborted) {
      await noteUnanswered(ctx, opened.request_id, asked.retry_count)
      return opened
    }
    await sleep(LOOK_EVERY_MS)
    opened = await openRequest(ctx, asked, opened.request_id)
  }
  return opened
}

async function answerFirst(visit: Visit, request: HeldRequest): Promise<Response> {
  const { endpoint, c, ctx, asked, run } = visit
  watchSocket(c, ctx, request)
  const say = setInterval(() => {
    keepHold(ctx, request).catch((error: unknown) =>
      ctx.log.warn({ err: error }, 'a request could not be kept hold of'),
    )
  }, SAY_EVERY_MS).unref()
  try {
    const result = await run({ ...ctx, claim: claimOf(ctx, request) }, request.again || asked.retry_count > 0)
    const answer = answerOf(endpoint, result)
    await keep(visit, request, answer)
    return send(c, answer)
  } catch (error) {
    if (error instanceof LostClaim) return refuse({ c }, 'under_way')
    return await keepRefusal(visit, request, error as Error)
  } finally {
    clearInterval(say)
  }
}

async function keepRefusal(visit: Visit, request: HeldRequest, error: Error): Promise<Response> {
  const { c, ctx } = visit
  const response = answerError(error, c)
  const { status } = response
  if (status < 500 && !NOT_NOW.has(status)) await keep(visit, request, { status, body: await response.clone().text() })
  // What the verb itself says no to, it can be asked for again; after anything else nobody knows how far it came.
  else await closing(ctx, letGo(ctx, request, error instanceof AppError))
  return response
}

async function keep({ ctx, asked }: Visit, request: HeldRequest, answer: Answer): Promise<void> {
  await closing(ctx, keepAnswer(ctx, request, answer, `${asked.path} ${asked.content}`))
}

/** The deed is done: whoever did it hears so, even if it could not be noted. */
async function closing(ctx: BusinessCtx, noting: Promise<void>): Promise<void> {
  try {
    await noting
  } catch (error) {
    ctx.log.error({ err: error }, 'the answer to a request could not be kept')
  }
}

/** Notes the client that goes away before it has its answer: it may come again. */
function watchSocket(c: Context<ApiEnv>, ctx: BusinessCtx, noted: { request_id: string; retry_count: number }): void {
  const { signal } = c.req.raw
  const note = () => closing(ctx, noteUnanswered(ctx, noted.request_id, noted.retry_count))
  if (signal.aborted) void note()
  else signal.addEventListener('abort', () => void note(), { once: true })
}

function replay({ c, ctx, asked }: Visit, request_id: string, answer: Answer): Response {
  watchSocket(c, ctx, { request_id, retry_count: asked.retry_count })
  c.header('Idempotent-Replayed', 'true')
  return send(c, answer)
}

type Refused = Exclude<OpenedRequest['type'], 'run' | 'replay'>

const messages: Record<Refused, string> = {
  other_request: 'This Idempotency-Key was sent with another request; each request needs a key of its own',
  under_way: 'The same request is being worked on; ask again in a moment',
  interrupted:
    'This request was broken off and may have been carried out: look before you send it again with a new Idempotency-Key',
  forgotten: 'This request was carried out; its answer was erased since',
}

function refuse({ c }: Pick<Visit, 'c'>, type: Refused): Response {
  const error = new AppError(type === 'other_request' ? 'INVALID_REQUEST_PARAMETERS' : 'CONFLICT', {
    message: messages[type],
  })
  const response = answerError(error, c)
  if (type !== 'under_way') return response
  response.headers.set('x-should-retry', 'true')
  response.headers.set('Retry-After', '2')
  return response
}
