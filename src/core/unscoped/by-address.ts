// Everything one address has, from whichever business: asked only for an address whose owner has read a mail sent to it, and always
// keyed by that address. What is found is then read business by business, as everything else is.
import { sql } from 'kysely'
import type { FoundEntry } from '#core/billing-history/find-entries.ts'
import { offsetOf, type Page } from '#core/paging.ts'
import type { Ctx } from '#src/context.ts'

/** One customer of one business. */
export interface AddressRecord {
  business_id: string
  customer_id: string
  /** As the business writes it. */
  email: string
  name: string
}

/** Oldest first. */
export async function listRecordsOfAddress(ctx: Ctx, email_key: string, page: Page): Promise<AddressRecord[]> {
  return records(ctx, email_key).limit(page.page_size).offset(offsetOf(page)).execute()
}

/** Undefined where the address has no such customer there. */
export async function findRecordOfAddress(
  ctx: Ctx,
  email_key: string,
  { business_id, customer_id }: { business_id: string; customer_id?: string | undefined },
): Promise<AddressRecord | undefined> {
  let query = records(ctx, email_key).where('business_id', '=', business_id).limit(1)
  if (customer_id !== undefined) query = query.where('customer_id', '=', customer_id)
  return query.executeTakeFirst()
}

function records(ctx: Ctx, email_key: string) {
  return ctx.db
    .selectFrom('customers')
    .select(['business_id', 'customer_id', 'email', 'name'])
    .where('email_key', '=', email_key)
    .where('erased_at', 'is', null)
    .orderBy('created_at')
    .orderBy('business_id')
    .orderBy('customer_id')
}

export interface AddressEntry extends FoundEntry {
  business_id: string
}

/** The statements of all its customers in one, newest first: what stands in each (see billing-history/find-entries.ts). */
export async function listEntriesOfAddress(
  ctx: Ctx,
  email_key: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<AddressEntry[]> {
  const { rows } = await sql<AddressEntry>`
    with owners as materialized (
      select business_id, customer_id from customers where email_key = ${email_key} and erased_at is null
    )
    select business_id, entry, id from (
      select p.business_id, 'payment' as entry, p.payment_id as id, p.created_at as at
        from payments p join owners using (business_id, customer_id)
      union all
      select r.business_id, 'refund', r.refund_id, r.created_at
        from refunds r join owners using (business_id, customer_id) where r.status <> 'failed'
      union all
      select n.business_id, 'credit', n.credit_note_id, n.issued_at
        from credit_notes n join owners using (business_id, customer_id) where n.refund_id is null
    ) entries
    order by at desc, id desc limit ${limit} offset ${offset}
  `.execute(ctx.db)
  return rows
}

/** Sessions that may see everything of the address: theirs are no business's. */
export async function listSessionsOfAddress(ctx: Ctx, email_key: string, since: Temporal.Instant) {
  return ctx.db
    .selectFrom('portal_sessions')
    .select(['session_id', 'user_agent', 'last_seen_at'])
    .select('proven_at as since')
    .$narrowType<{ since: Temporal.Instant }>()
    .where('proven_email_key', '=', email_key)
    .where('proven_at', '>', since)
    .where('expires_at', '>', ctx.wall.now())
    .where('ended_at', 'is', null)
    .execute()
}

/** Of somebody who is erased: what was asked under these addresses, and the sessions that proved them. */
export async function forgetAddresses(ctx: Ctx, addresses: readonly string[]): Promise<void> {
  await ctx.db
    .updateTable('portal_sessions')
    .set({ ended_at: ctx.wall.now(), user_agent: null, proven_email_key: null, proven_at: null })
    .where('proven_email_key', 'in', [...addresses])
    .execute()
  await ctx.db
    .updateTable('session_grants')
    .set({ proven_email_key: null })
    .where('proven_email_key', 'in', [...addresses])
    .execute()
  await ctx.db
    .deleteFrom('address_sign_ins')
    .where('email_key', 'in', [...addresses])
    .execute()
}
