// Who a customer is on the invoices to come.
import { recordAudit } from '#core/audit/record-audit.ts'
import { updateCustomer } from '#core/customers/update-customer.ts'
import { from, owned } from '#core/scope.ts'
import { updateSubscription } from '#core/subscriptions/update-subscription.ts'
import type { BillingAddress } from '#db/json-types.ts'
import { json } from '#db/temporal.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface BillingDetails {
  customer_business_name: string | null
  tax_id: string | null
  billing: BillingAddress
}

const RUNNING = ['active', 'on_hold', 'past_due', 'paused'] as const

/** As the customer set it; else as the newest subscription has it; undefined where neither is. */
export async function findBillingDetails(ctx: BusinessCtx, customer_id: string): Promise<BillingDetails | undefined> {
  const own = await from(ctx, 'customer_billing')
    .select(['customer_business_name', 'tax_id', 'billing'])
    .where('customer_id', '=', customer_id)
    .executeTakeFirst()
  if (own !== undefined) return own
  return from(ctx, 'subscriptions')
    .select(['customer_business_name', 'tax_id', 'billing'])
    .where('customer_id', '=', customer_id)
    .where('status', 'not in', ['pending', 'failed'])
    .orderBy('created_at', 'desc')
    .executeTakeFirst()
}

export interface ProfileChange extends BillingDetails {
  name: string
  phone_number: string | null
  /** One of the customer's subscriptions, or all that run. */
  applies_to: 'all' | { subscription_id: string }
}

/** Throws INVALID_REQUEST_PARAMETERS for a company without a tax id. */
export async function setBillingDetails(
  outer: BusinessCtx,
  customer_id: string,
  { name, phone_number, applies_to, ...details }: ProfileChange,
): Promise<void> {
  const { customer_business_name, tax_id, billing } = details
  if (customer_business_name !== null && tax_id === null) {
    throw new AppError('INVALID_REQUEST_PARAMETERS', {
      message: 'A business name needs a tax id beside it',
      field: 'customer_business_name',
    })
  }
  await inTransaction(outer, async (ctx) => {
    for (const subscription_id of await subscriptionsOf(ctx, customer_id, applies_to)) {
      await updateSubscription(ctx, subscription_id, details)
    }
    await updateCustomer(ctx, customer_id, { name, phone_number })
    if (applies_to === 'all') {
      const row = { customer_business_name, tax_id, billing: json(billing), updated_at: ctx.clock.now() }
      await ctx.db
        .insertInto('customer_billing')
        .values({ ...owned(ctx), customer_id, ...row })
        .onConflict((conflict) => conflict.columns(['business_id', 'customer_id']).doUpdateSet(row))
        .execute()
    }
    await recordAudit(ctx, { action: 'customer.billing_details_set', resource_id: customer_id, customer_id })
  })
}

async function subscriptionsOf(ctx: BusinessCtx, customer_id: string, applies_to: ProfileChange['applies_to']) {
  let query = from(ctx, 'subscriptions').select('subscription_id').where('customer_id', '=', customer_id)
  query =
    applies_to === 'all'
      ? query.where('status', 'in', RUNNING).orderBy('subscription_id')
      : query.where('subscription_id', '=', applies_to.subscription_id)
  return (await query.execute()).map(({ subscription_id }) => subscription_id)
}
