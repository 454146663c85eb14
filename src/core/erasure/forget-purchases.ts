import { sql } from 'kysely'
import { from, update } from '#core/scope.ts'
import type { BillingAddress, Metadata, QuotedRequest } from '#db/json-types.ts'
import type { BusinessCtx } from '#src/context.ts'

/** The country stays: figures by country say nothing of one person. */
const billing = sql<BillingAddress>`jsonb_build_object(
  'country', billing->'country', 'state', null, 'city', null, 'street', null, 'zipcode', null)`
const metadata = sql<Metadata>`'{}'::jsonb`

/** What was bought stays, without who bought it. Issued invoices are left as they are until they need not be kept. */
export async function forgetPurchases(ctx: BusinessCtx, customer_id: string): Promise<void> {
  await forgetSubscriptions(ctx, customer_id)
  await forgetPayments(ctx, customer_id)
  await update(ctx, 'wallet_entries').set({ reason: null }).where('customer_id', '=', customer_id).execute()
  await update(ctx, 'credit_ledger_entries')
    .set({ description: null, metadata })
    .where('customer_id', '=', customer_id)
    .execute()
  await update(ctx, 'credit_grants').set({ metadata }).where('customer_id', '=', customer_id).execute()
  await update(ctx, 'usage_events').set({ metadata: null }).where('customer_id', '=', customer_id).execute()
  await forgetCredits(ctx, customer_id)
  await update(ctx, 'entitlement_grants')
    .set({ metadata, error_message: null })
    .where('customer_id', '=', customer_id)
    .execute()
  const keys = from(ctx, 'license_keys').select('license_key_id').where('customer_id', '=', customer_id)
  await update(ctx, 'license_key_instances')
    .set({ name: 'Erased device' })
    .where('license_key_id', 'in', keys)
    .execute()
}

async function forgetCredits(ctx: BusinessCtx, customer_id: string): Promise<void> {
  await update(ctx, 'credit_grants').set({ metadata }).where('customer_id', '=', customer_id).execute()
  await update(ctx, 'credit_ledger_entries')
    .set({ metadata, description: null })
    .where('customer_id', '=', customer_id)
    .execute()
}

async function forgetSubscriptions(ctx: BusinessCtx, customer_id: string): Promise<void> {
  await update(ctx, 'subscriptions')
    .set({ billing, metadata, customer_business_name: null, tax_id: null })
    .set({ cancellation_comment: null, custom_field_responses: null })
    .where('customer_id', '=', customer_id)
    .execute()
  await update(ctx, 'cancellation_offers_made')
    .set({ cancellation_comment: null })
    .where('customer_id', '=', customer_id)
    .execute()
  const subscriptions = from(ctx, 'subscriptions').select('subscription_id').where('customer_id', '=', customer_id)
  await update(ctx, 'plan_change_quotes')
    .set({ request: sql<QuotedRequest>`request - 'metadata'` })
    .where('subscription_id', 'in', subscriptions)
    .execute()
}

async function forgetPayments(ctx: BusinessCtx, customer_id: string): Promise<void> {
  await update(ctx, 'payments')
    .set({ billing, metadata, card_holder_name: null, card_last_four: null, error_message: null, action_url: null })
    .set({ custom_field_responses: null })
    .where('customer_id', '=', customer_id)
    .execute()
  await update(ctx, 'method_setups').set({ action_url: null }).where('customer_id', '=', customer_id).execute()
  const payments = from(ctx, 'payments').select('payment_id').where('customer_id', '=', customer_id)
  await update(ctx, 'refunds')
    .set({ metadata, reason: null, error_message: null })
    .where('payment_id', 'in', payments)
    .execute()
  await update(ctx, 'disputes').set({ remarks: null }).where('payment_id', 'in', payments).execute()
}
