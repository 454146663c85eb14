// The periods of a subscription tile its life: each begins where the one before it ended.
import type { Selectable } from 'kysely'
import { earlier } from '#billing/period.ts'
import { from, update } from '#core/scope.ts'
import { writer } from '#core/together/rows.ts'
import { together } from '#core/together/together.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

export type SubscriptionPeriod = Selectable<DB['subscription_periods']>

export async function recordPeriod(
  ctx: BusinessCtx,
  period: Pick<SubscriptionPeriod, 'subscription_id' | 'period_start' | 'period_end' | 'kind' | 'dues_id'> &
    Partial<Pick<SubscriptionPeriod, 'whole_until'>>,
): Promise<void> {
  await together(ctx, insertPeriods, period)
}

const insertPeriods = writer('subscription_periods')

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
  await updatePeriod(ctx, subscription_id, period_start, { period_end, whole_until: null })
}

/** The current period is a part of a whole one, although the term does not end in it any more. */
export async function noteWholePeriod(
  ctx: BusinessCtx,
  subscription_id: string,
  whole_until: Temporal.Instant,
): Promise<void> {
  const { period_start } = await readCurrentPeriod(ctx, subscription_id)
  await updatePeriod(ctx, subscription_id, period_start, { whole_until })
}

/** A new period begins now and ends the running one. */
export async function restartPeriod(
  ctx: BusinessCtx,
  subscription_id: string,
  period: Pick<SubscriptionPeriod, 'period_start' | 'period_end' | 'dues_id'> &
    Partial<Pick<SubscriptionPeriod, 'whole_until'>>,
): Promise<void> {
  const { period_start, period_end, dues_id, whole_until = null } = period
  await moveCurrentPeriodEnd(ctx, subscription_id, period_start)
  await recordPeriod(ctx, { subscription_id, period_start, period_end, kind: 'paid', dues_id, whole_until })
}

/** A restart is taken back: the period it cut short ends when it would have. */
export async function dropRestart(
  ctx: BusinessCtx,
  subscription_id: string,
  period_start: Temporal.Instant,
  period_end: Temporal.Instant,
): Promise<void> {
  await deletePeriod(ctx, subscription_id, period_start)
  await moveCurrentPeriodEnd(ctx, subscription_id, period_end)
}

/** A trial that goes on as another plan is none any more; its date stays. */
export async function turnTrialIntoPeriod(ctx: BusinessCtx, subscription_id: string): Promise<boolean> {
  const { period_start, kind } = await readCurrentPeriod(ctx, subscription_id)
  if (kind !== 'trial') return false
  await updatePeriod(ctx, subscription_id, period_start, { kind: 'paid' })
  return true
}

/** Time without service: what was left of the running period at `since` follows it. */
export async function insertGap(
  ctx: BusinessCtx,
  subscription_id: string,
  gap: { kind: 'held' | 'paused'; since: Temporal.Instant; length: Temporal.Duration },
): Promise<void> {
  const { period_start, period_end, kind, dues_id, whole_until } = await readCurrentPeriod(ctx, subscription_id)
  const split = earlier(gap.since, period_end)
  const resumes = split.add(gap.length)
  if (!isAfter(resumes, split)) return
  if (isAfter(split, period_start))
    await updatePeriod(ctx, subscription_id, period_start, { period_end: split, whole_until: null })
  else await deletePeriod(ctx, subscription_id, period_start)
  await recordPeriod(ctx, { subscription_id, period_start: split, period_end: resumes, kind: gap.kind, dues_id: null })
  if (!isAfter(period_end, split)) return
  const whole = { whole_until: whole_until?.add(gap.length) ?? null }
  const left = { period_start: resumes, period_end: period_end.add(gap.length), ...whole }
  await recordPeriod(ctx, { subscription_id, ...left, kind, dues_id })
}

interface ServedPeriod {
  start: Temporal.Instant
  end: Temporal.Instant
  kind: SubscriptionPeriod['kind']
  /** What paid for it; null for a free trial, and for a period of nothing but usage. */
  dues_id: string | null
  /** When it really began. */
  began: Temporal.Instant
  /** Where it would end if it were whole; null where it is, or where the end of the term cuts it. */
  whole_until: Temporal.Instant | null
}

/**
 * The time of the running period without the gaps inside it, as an interval that ends at `end`; with `until`, of the one that ran when
 * another began then.
 */
export async function readServedPeriod(
  ctx: BusinessCtx,
  subscription_id: string,
  end: Temporal.Instant,
  until?: Temporal.Instant,
): Promise<ServedPeriod> {
  let query = from(ctx, 'subscription_periods').selectAll().where('subscription_id', '=', subscription_id)
  if (until !== undefined) query = query.where('period_start', '<', until)
  const [latest, ...before] = await query.orderBy('period_start', 'desc').execute()
  if (latest === undefined) throw new Error('a running subscription has a period')
  let start = latest.period_start
  let began = start
  let afterGap = false
  for (const piece of before) {
    const gap = isGap(piece)
    // Only a gap cuts a period in pieces: what lies against it without one is the period before.
    if (!gap && (!afterGap || piece.dues_id !== latest.dues_id || piece.kind !== latest.kind)) break
    if (!gap) start = start.subtract(piece.period_start.until(piece.period_end))
    if (!gap) began = piece.period_start
    afterGap = gap
  }
  const { kind, dues_id, whole_until } = latest
  return { start, end, kind, dues_id, began, whole_until }
}

function isGap({ kind }: SubscriptionPeriod): boolean {
  return kind === 'held' || kind === 'paused'
}

function isAfter(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) > 0
}

async function deletePeriod(ctx: BusinessCtx, subscription_id: string, period_start: Temporal.Instant): Promise<void> {
  await ctx.db
    .deleteFrom('subscription_periods')
    .where('business_id', '=', ctx.business.business_id)
    .where('subscription_id', '=', subscription_id)
    .where('period_start', '=', period_start)
    .execute()
}

async function updatePeriod(
  ctx: BusinessCtx,
  subscription_id: string,
  period_start: Temporal.Instant,
  change: { period_end?: Temporal.Instant; kind?: 'paid'; whole_until?: Temporal.Instant | null },
): Promise<void> {
  await update(ctx, 'subscription_periods')
    .set(change)
    .where('subscription_id', '=', subscription_id)
    .where('period_start', '=', period_start)
    .execute()
}
