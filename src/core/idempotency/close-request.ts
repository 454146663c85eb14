// What came of a request, written by whoever still holds it.
import { type RawBuilder, sql } from 'kysely'
import { from, update } from '#core/scope.ts'
import type { BusinessCtx, Claim } from '#src/context.ts'
import { customersOf } from './customers-of.ts'
import { type HeldRequest, type KeptAnswer, LEASE } from './request.ts'

/** With it, each transaction notes that the request changed something, and none commits once somebody else took it over. */
export function claimOf(ctx: BusinessCtx, { request_id, token }: HeldRequest): Claim {
  return { table: 'api_requests', key: { business_id: ctx.business.business_id, request_id }, token }
}

/** Still at it. */
export async function keepHold(ctx: BusinessCtx, request: HeldRequest): Promise<void> {
  await held(ctx, request)
    .set({ claimed_until: ctx.wall.now().add(LEASE) })
    .where('ended_at', 'is', null)
    .execute()
}

/** The answer to give again. `named` is all text that may say whom it is about; of who is erased nothing is kept. */
export async function keepAnswer(
  ctx: BusinessCtx,
  request: HeldRequest,
  { status, body }: KeptAnswer,
  named: string,
): Promise<void> {
  const customer_ids = await customersOf(ctx, `${named} ${body}`)
  const sealed = ctx.secrets.seal(body, 'api_answer', ctx.business.business_id, request.request_id)
  await held(ctx, request)
    .set({
      status,
      answer: sql`case when ${someErased(ctx, customer_ids)} then null else ${sealed} end`,
      customer_ids,
      ended_at: ctx.wall.now(),
      claimed_until: null,
    })
    .execute()
}

/** All of them are held until the answer is written: who is erased at the same time waits, and finds it. */
function someErased(ctx: BusinessCtx, customer_ids: string[]): RawBuilder<boolean> {
  const customers = from(ctx, 'customers')
    .select('erased_at')
    .where(sql<boolean>`customer_id = any(${customer_ids})`)
    .orderBy('customer_id')
    .forKeyShare()
  return sql`(select bool_or(erased_at is not null) from ${customers} as named)`
}

/** No answer to keep. `is_harmless`: the verb itself refused it, and it may be asked for again. */
export async function letGo(ctx: BusinessCtx, request: HeldRequest, is_harmless: boolean): Promise<void> {
  await held(ctx, request)
    .set({
      ended_at: ctx.wall.now(),
      claimed_until: null,
      ...(is_harmless ? { has_effect: sql<boolean>`false` } : {}),
    })
    .execute()
}

/** The client went away before it was answered, and has not come back since. */
export async function noteUnanswered(ctx: BusinessCtx, request_id: string, retry_count: number): Promise<void> {
  await update(ctx, 'api_requests')
    .set({ unanswered_at: ctx.wall.now() })
    .where('request_id', '=', request_id)
    .where('retry_count', '=', retry_count)
    .execute()
}

function held(ctx: BusinessCtx, { request_id, token }: HeldRequest) {
  return update(ctx, 'api_requests').where('request_id', '=', request_id).where('claim_token', '=', token)
}
