// Who comes with a request finds what was noted of it, or notes it.
import { sql } from 'kysely'
import { from, owned, update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { newId } from '#src/ids.ts'
import { decideRepeat } from './decide-repeat.ts'
import {
  type AskedRequest,
  type HeldRequest,
  type KeptAnswer,
  keyHashOf,
  LEASE,
  type NotedRequest,
  RETRIED_WITHIN,
  requestHashOf,
} from './request.ts'

export type OpenedRequest =
  | { type: 'run'; request: HeldRequest }
  | { type: 'replay'; request_id: string; answer: KeptAnswer }
  | { type: 'under_way'; request_id: string }
  | { type: 'other_request' | 'interrupted' | 'forgotten' }

/** `request_id` names the one it was found to repeat, when it is looked at again. */
export async function openRequest(
  outer: BusinessCtx,
  asked: AskedRequest,
  request_id?: string,
): Promise<OpenedRequest> {
  // Most come once, and are noted by one statement.
  const made = request_id === undefined && mayBeFirst(asked) ? await insert(outer, asked) : undefined
  if (made !== undefined) return { type: 'run', request: made }
  return inTransaction(outer, async (ctx) => {
    const noted = request_id === undefined ? await find(ctx, asked) : await lock(ctx, request_id)
    return noted === undefined ? { type: 'run', request: await note(ctx, asked) } : resume(ctx, noted, asked)
  })
}

/** A key tells by itself whether it came before. */
function mayBeFirst({ idempotency_key, retry_count }: AskedRequest): boolean {
  return idempotency_key !== null || retry_count === 0
}

function find(ctx: BusinessCtx, asked: AskedRequest): Promise<NotedRequest | undefined> {
  const key_hash = keyHashOf(asked)
  if (key_hash === null) return findRetried(ctx, asked)
  return from(ctx, 'api_requests').selectAll().where('key_hash', '=', key_hash).forUpdate().executeTakeFirst()
}

/**
 * Without a key: the request this one repeats, if it is one whose answer the client cannot have, or was told to ask for again. Each is
 * found once for each time it was sent, so that two requests which are alike stay two.
 */
async function findRetried(ctx: BusinessCtx, asked: AskedRequest): Promise<NotedRequest | undefined> {
  const request_hash = requestHashOf(asked)
  // One after the other: whoever comes second must see which one the first took.
  await sql`select pg_advisory_xact_lock(hashtextextended(${ctx.business.business_id + request_hash}, 0))`.execute(
    ctx.db,
  )
  // One that was being answered just now is none: another may be.
  const found = (await lockRetried(ctx, asked, request_hash)) ?? (await lockRetried(ctx, asked, request_hash))
  if (found === undefined) return undefined
  return update(ctx, 'api_requests')
    .set({ retry_count: asked.retry_count, unanswered_at: null })
    .where('request_id', '=', found.request_id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

function lockRetried(ctx: BusinessCtx, asked: AskedRequest, request_hash: string): Promise<NotedRequest | undefined> {
  return from(ctx, 'api_requests')
    .selectAll()
    .where('key_hash', 'is', null)
    .where('request_hash', '=', request_hash)
    .where('created_at', '>', ctx.wall.now().subtract(RETRIED_WITHIN))
    .where('retry_count', '<', asked.retry_count)
    .where((eb) => eb.or([eb('status', 'is', null), eb('unanswered_at', 'is not', null)]))
    .orderBy('retry_count', 'desc')
    .orderBy('created_at')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
}

function lock(ctx: BusinessCtx, request_id: string): Promise<NotedRequest | undefined> {
  return from(ctx, 'api_requests').selectAll().where('request_id', '=', request_id).forUpdate().executeTakeFirst()
}

async function note(ctx: BusinessCtx, asked: AskedRequest): Promise<HeldRequest> {
  const made = await insert(ctx, asked)
  if (made === undefined) throw new Error('the key was taken while its row was gone')
  return made
}

/** Undefined where the key is known. */
async function insert(ctx: BusinessCtx, asked: AskedRequest): Promise<HeldRequest | undefined> {
  const { operation, path, caller_id, retry_count } = asked
  const now = ctx.wall.now()
  const request_id = newId('api_request', now.epochMilliseconds)
  const row = await ctx.db
    .insertInto('api_requests')
    .values({
      ...owned(ctx),
      request_id,
      caller_id,
      operation,
      path,
      key_hash: keyHashOf(asked),
      request_hash: requestHashOf(asked),
      retry_count,
      created_at: now,
      claimed_until: now.add(LEASE),
    })
    .onConflict((conflict) =>
      conflict.columns(['business_id', 'key_hash']).where('key_hash', 'is not', null).doNothing(),
    )
    .returning('claim_token')
    .executeTakeFirst()
  return row && { request_id, token: row.claim_token, retry_count, again: false }
}

async function resume(ctx: BusinessCtx, noted: NotedRequest, asked: AskedRequest): Promise<OpenedRequest> {
  const { request_id } = noted
  const { may_repeat } = asked
  const repeat = decideRepeat(noted, { now: ctx.wall.now(), request_hash: requestHashOf(asked), may_repeat })
  if (repeat === 'under_way') return { type: repeat, request_id }
  if (repeat === 'other_request' || repeat === 'interrupted' || repeat === 'forgotten') return { type: repeat }
  if (repeat === 'replay') {
    const answer = readAnswer(ctx, noted)
    return answer === undefined ? { type: 'forgotten' } : { type: 'replay', request_id, answer }
  }
  return { type: 'run', request: await takeOver(ctx, noted, asked, repeat === 'anew') }
}

/** Undefined where the key that encrypted it is not here any more. */
function readAnswer(ctx: BusinessCtx, { request_id, status, answer }: NotedRequest): KeptAnswer | undefined {
  if (status === null || answer === null) return undefined
  try {
    return { status, body: ctx.secrets.open(answer, 'api_answer', ctx.business.business_id, request_id) }
  } catch (error) {
    ctx.log.warn({ err: error, request_id }, 'a kept answer cannot be read')
    return undefined
  }
}

/** From here on whoever held it cannot commit any more. */
async function takeOver(
  ctx: BusinessCtx,
  { request_id, retry_count }: NotedRequest,
  asked: AskedRequest,
  isAnew: boolean,
): Promise<HeldRequest> {
  const now = ctx.wall.now()
  const { claim_token: token } = await update(ctx, 'api_requests')
    .set({
      request_hash: requestHashOf(asked),
      has_effect: false,
      status: null,
      answer: null,
      customer_ids: [],
      ended_at: null,
      unanswered_at: null,
      claimed_until: now.add(LEASE),
      claim_token: sql`claim_token + 1`,
      ...(isAnew ? { created_at: now, caller_id: asked.caller_id } : {}),
    })
    .where('request_id', '=', request_id)
    .returning('claim_token')
    .executeTakeFirstOrThrow()
  return { request_id, token, retry_count, again: !isAnew }
}
