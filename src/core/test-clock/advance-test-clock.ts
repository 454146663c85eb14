// A business's own time in test mode: wall time plus an offset that only grows.

import { sql } from 'kysely'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { findNextWork } from '#core/due-work/find-next-work.ts'
import { reconcilePayment } from '#core/payments/reconcile-payment.ts'
import { from, owned } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/**
 * Moves the business's time to `to` and runs all work due on the way, each at its own moment and in order. Returns the new now.
 * Throws UNSUPPORTED_ACTION in live mode, INVALID_REQUEST_PARAMETERS for a time that has passed.
 */
export async function advanceTestClock(ctx: BusinessCtx, to: Temporal.Instant): Promise<Temporal.Instant> {
  if (ctx.mode !== 'test') throw new AppError('UNSUPPORTED_ACTION', { message: 'Only test mode has a clock to move' })
  if (Temporal.Instant.compare(to, ctx.clock.now()) < 0) {
    throw new AppError('INVALID_REQUEST_PARAMETERS', {
      message: `The clock only moves forward; it is ${ctx.clock.now().toString()} now`,
      field: 'to',
    })
  }
  let current = ctx
  for (;;) {
    const next = await findNextWork(current)
    if (next === undefined || Temporal.Instant.compare(next.at, to) > 0) break
    current = await moveTo(current, next.at)
    await next.work.run(current, next.key)
    await decideOpenPayments(current)
  }
  current = await moveTo(current, to)
  return current.clock.now()
}

/** Starts a new business's time in the past, so that a year of its life can be played. Only before anything happened there. */
export async function startTestClock(ctx: BusinessCtx, at: Temporal.Instant): Promise<BusinessCtx> {
  if (ctx.mode !== 'test') throw new AppError('UNSUPPORTED_ACTION')
  const customer = await from(ctx, 'customers').select('customer_id').limit(1).executeTakeFirst()
  if (customer !== undefined) throw new AppError('CONFLICT', { message: 'This business has begun to live already' })
  const offset_ms = at.epochMilliseconds - ctx.wall.now().epochMilliseconds
  await ctx.db
    .insertInto('test_clocks')
    .values({ ...owned(ctx), offset_ms })
    .execute()
  return rejoin(ctx)
}

/** A payment left undecided would keep its subscription standing still while time goes on. */
async function decideOpenPayments(ctx: BusinessCtx): Promise<void> {
  const open = await from(ctx, 'payments')
    .select('payment_id')
    .where('next_check_at', 'is not', null)
    .where('off_session', '=', true)
    .execute()
  for (const { payment_id } of open) await reconcilePayment(ctx, payment_id)
}

async function moveTo(ctx: BusinessCtx, to: Temporal.Instant): Promise<BusinessCtx> {
  const offset_ms = to.epochMilliseconds - ctx.wall.now().epochMilliseconds
  await ctx.db
    .insertInto('test_clocks')
    .values({ ...owned(ctx), offset_ms })
    .onConflict((conflict) =>
      conflict
        .column('business_id')
        .doUpdateSet({ offset_ms: sql<number>`greatest(test_clocks.offset_ms, excluded.offset_ms)` }),
    )
    .execute()
  return rejoin(ctx)
}

async function rejoin(ctx: BusinessCtx): Promise<BusinessCtx> {
  return getBusinessCtx(ctx, ctx.business.business_id)
}
