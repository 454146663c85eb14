import { sql } from 'kysely'
import { from, update } from '#core/scope.ts'
import { forgetAddresses } from '#core/unscoped/by-address.ts'
import type { Facts, Metadata } from '#db/json-types.ts'
import type { BusinessCtx } from '#src/context.ts'

/** What was sent, asked and recorded. `addresses` are those the customer was ever known by, as they are compared. */
export async function forgetTraces(ctx: BusinessCtx, customer_id: string, addresses: readonly string[]): Promise<void> {
  await forgetMails(ctx, customer_id)
  await forgetForms(ctx, customer_id, addresses)
  await forgetAddresses(ctx, addresses)
  const events = from(ctx, 'events').select('event_id').where('customer_id', '=', customer_id)
  // What a merchant's server answered may repeat what it was sent.
  await update(ctx, 'webhook_deliveries').set({ response: null }).where('event_id', 'in', events).execute()
  // Those a merchant is told of hold ids and figures only.
  await update(ctx, 'events')
    .set({
      data: sql<Facts>`'{}'::jsonb`,
      dispatched_at: sql<Temporal.Instant>`coalesce(dispatched_at, ${ctx.wall.now()}::timestamptz)`,
    })
    .where('customer_id', '=', customer_id)
    .where('audience', '=', 'internal')
    .execute()
  // Who repeats a request hears that it was answered, and no longer what.
  await update(ctx, 'api_requests')
    .set({ answer: null, request_hash: null })
    .where(sql<boolean>`customer_ids @> array[${customer_id}]::text[]`)
    .execute()
  await update(ctx, 'audit_entries')
    .set({ details: sql<Facts>`'{}'::jsonb` })
    .where('customer_id', '=', customer_id)
    .execute()
}

/** Mails keep that they were sent; those that wait are not sent any more. */
async function forgetMails(ctx: BusinessCtx, customer_id: string): Promise<void> {
  const events = from(ctx, 'events').select('event_id').where('customer_id', '=', customer_id)
  await update(ctx, 'emails')
    .set({
      recipient: sql<string>`email_id || '@erased.invalid'`,
      data: sql<Facts>`jsonb_build_object('resource_id', data->'resource_id')`,
      last_error: null,
      next_attempt_at: null,
      status: sql`case status when 'queued' then 'failed'::email_status else status end`,
    })
    .where('event_id', 'in', events)
    .execute()
}

/** What was typed into checkouts and "send me a link", also where nobody knew yet whose it was. */
async function forgetForms(ctx: BusinessCtx, customer_id: string, addresses: readonly string[]): Promise<void> {
  await update(ctx, 'checkout_sessions')
    .set({
      customer_email: null,
      customer_name: null,
      customer_phone_number: null,
      customer_business_name: null,
      tax_id: null,
      billing: null,
      custom_field_responses: null,
      return_url: null,
      cancel_url: null,
      metadata: sql<Metadata>`'{}'::jsonb`,
    })
    .where((eb) =>
      eb.or([
        eb('customer_id', '=', customer_id),
        eb.and([eb('customer_id', 'is', null), eb(sql`lower(btrim(customer_email))`, 'in', [...addresses])]),
      ]),
    )
    .execute()
  await update(ctx, 'sign_in_requests')
    .set({
      email: sql<string>`request_id || '@erased.invalid'`,
      return_path: null,
      answered_at: sql<Temporal.Instant>`coalesce(answered_at, ${ctx.wall.now()}::timestamptz)`,
    })
    .where('email_key', 'in', [...addresses])
    .execute()
}
