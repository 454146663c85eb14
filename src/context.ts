// What every verb is handed: the database of one mode, the clocks, the processors, and who is asking.

import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { MailKind } from '#core/emails/kinds.ts'
import type { DB } from '#db/schema.ts'
import type { Processor } from '#processors/processor.ts'
import { type Clock, offsetClock } from '#src/clock.ts'
import { AppError } from '#src/errors.ts'
import type { Mode, Urls } from '#src/urls.ts'
import type { Storage } from '#storage/storage.ts'

/** Who is asking; written to the audit trail. */
export type Actor =
  | { type: 'customer'; id: string }
  | { type: 'api_key'; id: string }
  /** Whoever holds a license key: the program it is for. */
  | { type: 'license_key'; id: string }
  | { type: 'operator'; id: 'cli' }
  | { type: 'system'; id: 'worker' | 'checkout' | 'hook' | 'portal' }

/** A row a worker or a request holds: its transactions commit only while the token is still the row's. */
export interface Claim {
  table:
    | 'subscriptions'
    | 'checkout_sessions'
    | 'plan_changes'
    | 'dues'
    | 'dunning_attempts'
    | 'method_removals'
    | 'payments'
    | 'refunds'
    | 'method_setups'
    | 'events'
    | 'emails'
    | 'processor_events'
    | 'credit_grants'
    | 'usage_deductions'
    | 'sign_in_requests'
    | 'webhook_endpoints'
    | 'customers'
    | 'license_keys'
    | 'reminders'
    | 'address_sign_ins'
    | 'chores'
    | 'api_requests'
    | 'files'
  key: Record<string, string>
  token: number
}

export interface Ctx {
  readonly mode: Mode
  /** The mode's database, or the transaction inside `inTransaction`. */
  readonly db: Kysely<DB>
  readonly wall: Clock
  readonly urls: Urls
  readonly secrets: Secrets
  /** Where requests may go that a merchant's word sends out. */
  readonly egress: Egress
  /** Where files lie. */
  readonly storage: Storage
  /** How many bytes the files of one business may take. */
  readonly files_per_business: number
  readonly log: Logger
  readonly processors: readonly Processor[]
  readonly mails: MailDrawer
  readonly actor: Actor
  readonly claim?: Claim
  /** Of the transaction at hand: whether it has locked the row of its claim and found the token to be its own. */
  readonly guard?: { holdsClaim: boolean }
  /** Those who do the same to other rows of the business at the same time, where there are any. */
  readonly company?: Company
}

/** Who travel together share transactions, and the statements in them. */
export interface Company {
  inTransaction<C extends Ctx, T>(ctx: C, work: (ctx: C) => Promise<T>): Promise<T>
  /** One question of many: those that are asked meanwhile are asked as one. */
  ask<C extends Ctx, I, O>(ctx: C, many: Many<C, I, O>, input: I): Promise<O>
}

/** Asks or writes for several at once; answers one for each, in their order. */
export type Many<C extends Ctx, I, O> = (ctx: C, inputs: readonly I[]) => Promise<readonly O[]>

/** A context that belongs to one business. `clock` is the business's own time. */
export interface BusinessCtx extends Ctx {
  readonly business: Business
  readonly clock: Clock
}

export type Business = Pick<
  BusinessColumns,
  | 'business_id'
  | 'name'
  | 'email'
  | 'legal_name'
  | 'address'
  | 'country'
  | 'tax_id'
  | 'currency'
  | 'timezone'
  | 'support_email'
  | 'invoice_prefix'
  | 'rate_limit_tier'
  | 'archived_at'
> & {
  clock_offset_ms: number
  /** How its pages look in this mode; null until it is told. */
  theme: StoredTheme | null
  /** Where its customers came from, where nobody says otherwise (business_settings). */
  return_url: string | null
}

export type StoredTheme = Omit<Selectable<DB['business_themes']>, 'business_id' | 'updated_at'>

type BusinessColumns = Selectable<DB['businesses']>

/** Derives every token from SECRET_KEY, so that the database holds only hashes, and encrypts what has to be read again. */
export interface Secrets {
  /** HMAC-SHA-256 of SECRET_KEY over the purpose and the parts. */
  derive(purpose: string, ...parts: string[]): Buffer
  /** Encrypts text for one place: the purpose and the parts, which name the row. */
  seal(text: string, purpose: string, ...parts: string[]): string
  /** What was sealed for this place, by this key or an earlier one. Throws where it was changed or moved. */
  open(sealed: string, purpose: string, ...parts: string[]): string
}

/** What core knows of how mails look: handed in, as it must not know templates. */
export interface MailDrawer {
  /** The address all mails come from; null where each business's own stands there. */
  readonly from: string | null
  /** The kind of mail a template is for. */
  kindOf(template: string): MailKind | undefined
  /** As it was sent, without the links that open something by themselves. */
  redraw(ctx: BusinessCtx, email: Selectable<DB['emails']>): Promise<{ subject: string; html: string; text: string }>
}

/** Which addresses the outside world has, seen from here. */
export interface Egress {
  /** An IP address. */
  allows(address: string): boolean
}

export function withBusiness(ctx: Ctx, business: Business): BusinessCtx {
  return { ...ctx, business, clock: offsetClock(ctx.wall, business.clock_offset_ms) }
}

export function withActor<C extends Ctx>(ctx: C, actor: Actor): C {
  return { ...ctx, actor }
}

/** The business's processor: the first registered one until merchants choose (credentials are rows of a business and mode). */
export function processorFor(ctx: Ctx): Processor {
  const processor = ctx.processors[0]
  if (processor === undefined)
    throw new AppError('PROCESSOR_UNAVAILABLE', { message: 'No payment processor is registered' })
  return processor
}

export function processorNamed(ctx: Ctx, name: string): Processor {
  const processor = ctx.processors.find((candidate) => candidate.name === name)
  if (processor === undefined)
    throw new AppError('PROCESSOR_UNAVAILABLE', { message: `No processor "${name}" is registered` })
  return processor
}

/**
 * Runs `work` in one transaction; its ctx shadows the outer one. Nested calls join. No network call belongs inside.
 * With a claim, the commit is refused once another worker has taken the row over.
 */
export async function inTransaction<C extends Ctx, T>(ctx: C, work: (ctx: C) => Promise<T>): Promise<T> {
  if (ctx.db.isTransaction) return work(ctx)
  if (ctx.company !== undefined) return ctx.company.inTransaction(ctx, work)
  return ctx.db.transaction().execute((db) => workIn(db, ctx, work))
}

/** A part of a transaction: all of it, or the share of one of those who travel together. */
export async function workIn<C extends Ctx, T>(
  db: Transaction<DB>,
  ctx: C,
  work: (ctx: C) => Promise<T>,
  company?: Company,
): Promise<T> {
  const guard = { holdsClaim: false }
  const result = await work({ ...ctx, db, guard, company })
  if (ctx.claim?.table === 'api_requests') await noteEffect(db, ctx.claim)
  else if (ctx.claim !== undefined && !guard.holdsClaim) await assertClaim(db, ctx.claim)
  return result
}

/**
 * Whoever locked a row of a claimable table says so: where it is the claimed one, nobody can take it over before the transaction ends, so
 * that its token is compared here instead of before the commit. Throws LostClaim.
 */
export function holdClaim(ctx: Ctx, table: Claim['table'], row: object & { claim_token: number }): void {
  const { claim, guard } = ctx
  if (claim?.table !== table || guard === undefined) return
  const found = new Map<string, unknown>(Object.entries(row))
  if (Object.entries(claim.key).some(([column, value]) => found.get(column) !== value)) return
  if (row.claim_token !== claim.token) throw new LostClaim(claim)
  guard.holdsClaim = true
}

/** Thrown where a worker slept past its lease and somebody else holds the row now. */
export class LostClaim extends Error {
  constructor(claim: Claim) {
    super(`the claim on ${claim.table} was taken over`)
    this.name = 'LostClaim'
  }
}

async function assertClaim(db: Transaction<DB>, claim: Claim): Promise<void> {
  let query = db.selectFrom(claim.table).select('claim_token').forUpdate()
  for (const [column, value] of Object.entries(claim.key)) query = query.where(db.dynamic.ref(column), '=', value)
  const row = await query.executeTakeFirst()
  if (row?.claim_token !== claim.token) throw new LostClaim(claim)
}

/** Of a request to the API: from this commit on it is known to have changed something. */
async function noteEffect(db: Transaction<DB>, claim: Claim): Promise<void> {
  const { business_id = '', request_id = '' } = claim.key
  const noted = await db
    .updateTable('api_requests')
    .set({ has_effect: true })
    .where('business_id', '=', business_id)
    .where('request_id', '=', request_id)
    .where('claim_token', '=', claim.token)
    .returning('claim_token')
    .executeTakeFirst()
  if (noted === undefined) throw new LostClaim(claim)
}
