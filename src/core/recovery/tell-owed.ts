import { findOpenDues } from '#core/payments/queries.ts'
import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface ToldOwed {
  /** What the last attempt asked for; minor units. */
  amount: number
  currency: string
  /** Why it was refused, as the processor says: for the merchant, and for decline-text. */
  code: string | null
  /** When it is asked for again by itself; null where it is not. */
  next_retry_at: Temporal.Instant | null
}

/** What holds a subscription, as its customer is told of it; undefined where nothing was declined or all is paid. */
export async function tellOwed(ctx: BusinessCtx, subscription_id: string): Promise<ToldOwed | undefined> {
  const dues = await findOpenDues(ctx, subscription_id)
  if (dues === undefined) return undefined
  const declined = await from(ctx, 'payments')
    .select(['total_amount', 'error_code'])
    .where('dues_id', '=', dues.dues_id)
    .where('status', '=', 'failed')
    .orderBy('attempt', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (declined === undefined) return undefined
  const { currency, next_retry_at } = dues
  return { amount: declined.total_amount, currency, code: declined.error_code, next_retry_at }
}
