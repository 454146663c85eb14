// The periods of a subscription tile its life: each begins where the one before it ended.
import type { Selectable } from 'kysely'
import { from, owned, update } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

export type SubscriptionPeriod = Selectable<DB['subscription_periods']>

export async function recordPeriod(
  ctx: BusinessCtx,
  period: Pick<SubscriptionPeriod, 'subscription_id' | 'period_start' | 'period_end' | 'kind' | 'dues_id'>,
): Promise<void> {
  await ctx.db
    .insertInto('subscription_periods')
    .values({ ...owned(ctx), ...period })
    .execute()
}

/** The latest period: the one that runs, of a subscription that does. */
export async function readCurrentPeriod(ctx: BusinessCtx, subscription_id: string): Promise<SubscriptionPeriod> {
  return from(ctx, 'subscription_periods')
    .selectAll()
    .where('subscription_id', '=', subscription_id)
    .orderBy('period_start', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
}

/** The current period ends then, longer or shorter than it was. */
export async function moveCurrentPeriodEnd(
  ctx: BusinessCtx,
  subscription_id: string,
  period_end: Temporal.Instant,
): Promise<void> {
  const { period_start } = await readCurrentPeriod(ctx, subscription_id)
  await updatePeriod(ctx, subscription_id, period_start, { period_end })
}

/** A change of plan begins a new period and ends the running one. */
export async function restartPeriod(
  ctx: BusinessCtx,
  subscription_id: string,
  { period_start, period_end, dues_id }: Pick<SubscriptionPeriod, 'period_start' | 'period_end' | 'dues_id'>,
): Promise<void> {
  await moveCurrentPeriodEnd(ctx, subscription_id, period_start)
  await recordPeriod(ctx, { subscription_id, period_start, period_end, kind: 'paid', dues_id })
}

/** A free trial that goes on as another plan is none any more; its date stays. */
export async function turnTrialIntoPeriod(ctx: BusinessCtx, subscription_id: string): Promise<boolean> {
  const { period_start, kind } = await readCurrentPeriod(ctx, subscription_id)
  if (kind !== 'trial') return false
  await updatePeriod(ctx, subscription_id, period_start, { kind: 'paid' })
  return true
}

async function updatePeriod(
  ctx: BusinessCtx,
  subscription_id: string,
  period_start: Temporal.Instant,
  change: { period_end?: Temporal.Instant; kind?: 'paid' },
): Promise<void> {
  await update(ctx, 'subscription_periods')
    .set(change)
    .where('subscription_id', '=', subscription_id)
    .where('period_start', '=', period_start)
    .execute()
}
