// Erasing a customer: what runs ends, every way in is closed, and no table but issued invoices says any more who it was.
import { recordAudit } from '#core/audit/record-audit.ts'
import { readEmailKeys } from '#core/customers/email-key.ts'
import { type Customer, getCustomer } from '#core/customers/queries.ts'
import { assertNothingPending } from '#core/erasure/close-attempts.ts'
import { closeWaysIn } from '#core/erasure/close-ways-in.ts'
import { endWhatRuns, settleWhatIsLeft } from '#core/erasure/end-what-runs.ts'
import { forgetPurchases } from '#core/erasure/forget-purchases.ts'
import { forgetTraces } from '#core/erasure/forget-traces.ts'
import { findNextPurge } from '#core/erasure/purge-invoices.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { from, update } from '#core/scope.ts'
import { json } from '#db/temporal.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

/**
 * Erased already, nothing changes. Throws NOT_FOUND, and PREVIOUS_PAYMENT_PENDING while a payment is still being checked.
 * What is due at once from here on is told by events without a person in them.
 */
export async function eraseCustomer(outer: BusinessCtx, customer_id: string): Promise<Customer> {
  const found = await getCustomer(outer, customer_id)
  if (found.erased_at !== null) return found
  await endWhatRuns(outer, customer_id)
  return inTransaction(outer, async (ctx) => {
    await settleWhatIsLeft(ctx, customer_id)
    const customer = await from(ctx, 'customers')
      .selectAll()
      .where('customer_id', '=', customer_id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (customer.erased_at !== null) return customer
    await assertNothingPending(ctx, customer_id)
    await closeWaysIn(ctx, customer_id)
    await forgetPurchases(ctx, customer_id)
    await forgetTraces(ctx, customer_id, await addressesOf(ctx, customer))
    const erased = await forgetCustomer(ctx, customer_id)
    await recordEvent(ctx, { type: 'customer.erased', resource_id: customer_id, customer_id })
    await recordAudit(ctx, { action: 'customer.erased', resource_id: customer_id, customer_id })
    return erased
  })
}

/** Every address the customer was written to or typed, in the form in which addresses are compared. */
async function addressesOf(ctx: BusinessCtx, { customer_id, email }: Customer): Promise<string[]> {
  const typed = await from(ctx, 'checkout_sessions')
    .select('customer_email as address')
    .where('customer_id', '=', customer_id)
    .execute()
  const written = await from(ctx, 'emails')
    .select('recipient as address')
    .where('event_id', 'in', from(ctx, 'events').select('event_id').where('customer_id', '=', customer_id))
    .execute()
  const known = [email, ...[...typed, ...written].flatMap(({ address }) => address ?? [])]
  return readEmailKeys(ctx, known)
}

async function forgetCustomer(ctx: BusinessCtx, customer_id: string): Promise<Customer> {
  const now = ctx.clock.now()
  return update(ctx, 'customers')
    .set({
      email: `${customer_id.toLowerCase()}@erased.invalid`,
      name: 'Erased customer',
      phone_number: null,
      locale: null,
      metadata: json({}),
      erased_at: now,
      updated_at: now,
      forget_at_processors_at: ctx.wall.now(),
      purge_invoices_at: (await findNextPurge(ctx, customer_id)) ?? null,
    })
    .where('customer_id', '=', customer_id)
    .returningAll()
    .executeTakeFirstOrThrow()
}
