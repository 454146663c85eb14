// One address, several customers of one business: which of them the browser acts as. Only whoever proved the address may choose.
import { type RawBuilder, sql } from 'kysely'
import { recordAudit } from '#core/audit/record-audit.ts'
import { from, update } from '#core/scope.ts'
import type { Visitor } from '#core/sessions/find-visitor.ts'
import { type BusinessCtx, inTransaction, withActor } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export interface CustomerChoice {
  customer_id: string
  name: string
  created_at: Temporal.Instant
  /** Names of what runs. */
  running: string[]
  /** How many are over. */
  past: number
}

/** The customers of the proven address, oldest first; where none was proven, the one customer there is. */
export async function listChoices(
  { ctx, customer, proven_email_key }: Visitor,
  limit: number,
): Promise<CustomerChoice[]> {
  const runs = sql`s.status in ('active', 'on_hold', 'past_due', 'paused', 'pending')`
  return from(ctx, 'customers')
    .select(['customer_id', 'name', 'created_at'])
    .select([
      sql<string[]>`coalesce((select json_agg(p.name order by s.created_at) from subscriptions s
        join products p using (business_id, product_id)
        where s.business_id = customers.business_id and s.customer_id = customers.customer_id and ${runs}), '[]')`.as(
        'running',
      ),
      sql<number>`(select count(*) from subscriptions s where s.business_id = customers.business_id
        and s.customer_id = customers.customer_id and not ${runs})`.as('past'),
    ])
    .$if(proven_email_key === null, (query) => query.where('customer_id', '=', customer.customer_id))
    .$if(proven_email_key !== null, (query) => query.where('email_key', '=', proven_email_key))
    .where('erased_at', 'is', null)
    .orderBy('created_at')
    .orderBy('customer_id')
    .limit(limit)
    .execute()
}

/** Throws NOT_FOUND for a customer of another address, and for everybody where no address was proven. */
export async function chooseCustomer(visitor: Visitor, customer_id: string): Promise<void> {
  const { session_id, proven_email_key } = visitor
  if (customer_id === visitor.customer.customer_id) return
  await inTransaction(visitor.ctx, async (outer) => {
    const chosen = await from(outer, 'customers')
      .select('customer_id')
      .where('customer_id', '=', customer_id)
      .where('email_key', '=', proven_email_key)
      .where('erased_at', 'is', null)
      .executeTakeFirst()
    if (chosen === undefined) throw notFound('customer')
    await update(outer, 'session_grants').set({ customer_id }).where('session_id', '=', session_id).execute()
    const ctx = withActor(outer, { type: 'customer', id: customer_id })
    await recordAudit(ctx, {
      action: 'session.opened',
      resource_id: session_id,
      customer_id,
      details: { by: 'choice' },
    })
  })
}

/** Whether the address that was proven has other customers at this business. */
export async function hasOtherCustomers(
  ctx: BusinessCtx,
  { customer_id, proven_email_key }: { customer_id: string; proven_email_key: string | null },
): Promise<boolean> {
  if (proven_email_key === null) return false
  const other = await from(ctx, 'customers')
    .select('customer_id')
    .where('email_key', '=', proven_email_key)
    .where('customer_id', '<>', customer_id)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  return other !== undefined
}

/** The same of a grant joined with its customer, as a column. */
export function otherCustomers(): RawBuilder<boolean> {
  return sql<boolean>`exists (select from customers other where other.business_id = session_grants.business_id
    and other.email_key = session_grants.proven_email_key and other.customer_id <> session_grants.customer_id
    and other.erased_at is null)`
}
