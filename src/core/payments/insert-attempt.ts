// An attempt to collect dues: a payment `processing`, under a key that a restored backup computes again.
import { createHash } from 'node:crypto'
import type { Insertable } from 'kysely'
import type { Dues, Payment } from '#core/payments/queries.ts'
import { from } from '#core/scope.ts'
import { insertNewRows, type NewRow } from '#core/together/rows.ts'
import { inOrder, together } from '#core/together/together.ts'
import type { BillingAddress, Metadata } from '#db/json-types.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export type NewAttempt = Pick<
  Insertable<DB['payments']>,
  | 'payment_method_id'
  | 'processor'
  | 'checkout_id'
  | 'off_session'
  | 'next_check_at'
  | 'origin'
  | 'page_expires_at'
  | 'pay_link_id'
  | 'custom_field_responses'
> & { billing: BillingAddress; metadata: Metadata }

/** An attempt to collect dues, numbered from 1: a payment `processing`, whose key can be computed again from a restored backup. */
export async function insertAttempt(ctx: BusinessCtx, dues: Dues, number: number, input: NewAttempt): Promise<Payment> {
  const now = ctx.clock.now()
  const payment = {
    payment_id: newId('payment', ctx.wall.now().epochMilliseconds),
    dues_id: dues.dues_id,
    attempt: number,
    status: 'processing' as const,
    customer_id: dues.customer_id,
    subscription_id: dues.subscription_id,
    currency: dues.currency,
    total_amount: leftOf(dues),
    tax: dues.tax,
    processor_key: processorKey(ctx, dues.reason_key, number),
    retry_attempt: isRetry(input.origin) ? (await lastRetry(ctx, dues.dues_id)) + 1 : 0,
    created_at: now,
    updated_at: now,
    ...input,
  }
  return together(ctx, insertAttempts, payment)
}

async function insertAttempts(ctx: BusinessCtx, attempts: readonly NewRow<'payments'>[]): Promise<Payment[]> {
  const written = await insertNewRows(ctx, 'payments', attempts)
  const ids = attempts.map(({ payment_id }) => payment_id)
  return inOrder(ids, written, ({ payment_id }) => payment_id) as Payment[]
}

/** What credit and wallet leave for the payment method; minor units. */
export function leftOf({ total, credit_applied, wallet_applied }: Dues): number {
  return total - credit_applied - wallet_applied
}

export async function lastAttempt(ctx: BusinessCtx, dues_id: string): Promise<number> {
  const { last } = await from(ctx, 'payments')
    .select((eb) => eb.fn.coalesce(eb.fn.max('attempt'), eb.lit(0)).as('last'))
    .where('dues_id', '=', dues_id)
    .executeTakeFirstOrThrow()
  return Number(last)
}

function isRetry(origin: NewAttempt['origin']): boolean {
  return origin === 'automatic_retry' || origin === 'manual_retry'
}

/** How often these dues were asked for again, by hand and by itself. */
async function lastRetry(ctx: BusinessCtx, dues_id: string): Promise<number> {
  const { last } = await from(ctx, 'payments')
    .select((eb) => eb.fn.coalesce(eb.fn.max('retry_attempt'), eb.lit(0)).as('last'))
    .where('dues_id', '=', dues_id)
    .executeTakeFirstOrThrow()
  return Number(last)
}

/** Names one attempt for ever: a hash of mode, business, reason_key and attempt. */
export function processorKey(ctx: BusinessCtx, reason_key: string, attempt: number): string {
  const name = [ctx.mode, ctx.business.business_id, reason_key, attempt].join('\n')
  return `ptc_${createHash('sha256').update(name).digest('hex').slice(0, 40)}`
}
