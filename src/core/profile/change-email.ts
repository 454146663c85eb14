// A new address is proved by its own mail before anything changes.
import { recordAudit } from '#core/audit/record-audit.ts'
import { emailKey } from '#core/customers/email-key.ts'
import { type Customer, getCustomerToServe } from '#core/customers/queries.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { from, owned, update } from '#core/scope.ts'
import { hashSecret } from '#core/unscoped/by-secret.ts'
import { type BusinessCtx, inTransaction, withActor } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'
import { newId, newSecret } from '#src/ids.ts'

const LIFETIME = Temporal.Duration.from({ hours: 24 })

/** Mails to addresses that nobody has proved yet. */
const HOURLY_LIMIT = 5

/** The token is stored nowhere: it is derived for the mail. */
export function emailChangeToken(ctx: BusinessCtx, change: { change_id: string; nonce: string }): string {
  return ctx.secrets.derive('email_change', change.change_id, change.nonce).toString('base64url')
}

/** Asks the new address; a request before this one ends. Throws CONFLICT where it is theirs already, TOO_MANY_REQUESTS beyond five in an hour. */
export async function requestEmailChange(outer: BusinessCtx, customer_id: string, new_email: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    await from(ctx, 'customers').select('customer_id').where('customer_id', '=', customer_id).forUpdate().execute()
    await getCustomerToServe(ctx, customer_id)
    if (await hasAddress(ctx, customer_id, new_email)) throw new AppError('CONFLICT', { field: 'email' })
    const now = ctx.wall.now()
    const recent = await from(ctx, 'email_changes')
      .select('change_id')
      .where('customer_id', '=', customer_id)
      .where('created_at', '>', now.subtract({ hours: 1 }))
      .execute()
    if (recent.length >= HOURLY_LIMIT) throw new AppError('TOO_MANY_REQUESTS')
    await update(ctx, 'email_changes')
      .set({ expires_at: now })
      .where('customer_id', '=', customer_id)
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .execute()
    const change = { change_id: newId('email_change', now.epochMilliseconds), nonce: newSecret() }
    const token_hash = hashSecret(emailChangeToken(ctx, change))
    const times = { created_at: now, expires_at: now.add(LIFETIME) }
    await ctx.db
      .insertInto('email_changes')
      .values({ ...owned(ctx), ...change, customer_id, new_email, token_hash, ...times })
      .execute()
    const about = { resource_id: change.change_id, customer_id }
    await recordEvent(ctx, { type: 'customer.email_change_requested', ...about })
    await recordAudit(ctx, { action: 'customer.email_change_requested', ...about })
  })
}

async function hasAddress(ctx: BusinessCtx, customer_id: string, email: string): Promise<boolean> {
  const same = from(ctx, 'customers').select('customer_id').where('customer_id', '=', customer_id)
  return (await same.where('email_key', '=', emailKey(email)).executeTakeFirst()) !== undefined
}

export interface EmailChange {
  change_id: string
  new_email: string
  /** As it was meant when it was asked for: one that comes after it ends it sooner. */
  good_until: Temporal.Instant
  state: EmailChangeState
  /** For the mail. */
  url: string
}

/** What the mail says. Throws NOT_FOUND. */
export async function getEmailChange(ctx: BusinessCtx, change_id: string): Promise<EmailChange> {
  const row = await from(ctx, 'email_changes').selectAll().where('change_id', '=', change_id).executeTakeFirst()
  if (row === undefined) throw notFound('request')
  const url = ctx.urls.emailChange(ctx.business.business_id, emailChangeToken(ctx, row))
  return {
    change_id,
    new_email: row.new_email,
    good_until: row.created_at.add(LIFETIME),
    state: stateOf(ctx, row),
    url,
  }
}

export type EmailChangeState = 'usable' | 'used' | 'expired'

/** Undefined where nobody made it. Looking changes nothing. */
export async function viewEmailChange(ctx: BusinessCtx, token: string): Promise<EmailChangeState | undefined> {
  const row = await findByToken(ctx, token)
  return row && stateOf(ctx, row)
}

/** Uses the link once, and answers in which state it was found. The old address is told. */
export async function confirmEmailChange(outer: BusinessCtx, token: string): Promise<EmailChangeState | undefined> {
  return inTransaction(outer, async (base) => {
    const found = await findByToken(base, token)
    if (found === undefined) return undefined
    const { change_id, customer_id, new_email } = found
    const ctx = withActor(base, { type: 'customer', id: customer_id })
    const before = await lockCustomer(ctx, customer_id)
    const row = await from(ctx, 'email_changes')
      .selectAll()
      .where('change_id', '=', change_id)
      .executeTakeFirstOrThrow()
    const state = stateOf(ctx, row)
    if (state !== 'usable' || before.erased_at !== null) return state === 'usable' ? 'expired' : state
    await update(ctx, 'email_changes').set({ used_at: ctx.wall.now() }).where('change_id', '=', change_id).execute()
    await update(ctx, 'customers')
      .set({ email: new_email, updated_at: ctx.clock.now() })
      .where('customer_id', '=', customer_id)
      .execute()
    const data = { old_email: before.email }
    await recordEvent(ctx, { type: 'customer.email_changed', resource_id: change_id, customer_id, data })
    await recordAudit(ctx, { action: 'customer.email_changed', resource_id: customer_id, customer_id })
    return 'usable'
  })
}

async function lockCustomer(ctx: BusinessCtx, customer_id: string): Promise<Customer> {
  return from(ctx, 'customers').selectAll().where('customer_id', '=', customer_id).forUpdate().executeTakeFirstOrThrow()
}

function findByToken(ctx: BusinessCtx, token: string) {
  if (token.length > 100) return Promise.resolve(undefined)
  return from(ctx, 'email_changes').selectAll().where('token_hash', '=', hashSecret(token)).executeTakeFirst()
}

function stateOf(
  ctx: BusinessCtx,
  { used_at, expires_at }: { used_at: Temporal.Instant | null; expires_at: Temporal.Instant },
): EmailChangeState {
  if (used_at !== null) return 'used'
  return Temporal.Instant.compare(expires_at, ctx.wall.now()) <= 0 ? 'expired' : 'usable'
}
