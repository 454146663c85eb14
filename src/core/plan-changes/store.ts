// The rows of plan changes: at most one scheduled and one pending for each subscription.
import type { Insertable, Selectable } from 'kysely'
import { releaseRedemptions, undoRedemptions, useRedemptions } from '#core/discounts/redeem.ts'
import { withdrawOffer } from '#core/payments/offer-attempt.ts'
import { closeDues } from '#core/payments/store.ts'
import { from, owned, update } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import { json } from '#db/temporal.ts'
import type { BusinessCtx } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export type PlanChangeRow = Selectable<DB['plan_changes']>
type Waiting = 'scheduled' | 'pending'

export type NewPlanChange = Omit<
  Insertable<DB['plan_changes']>,
  'business_id' | 'change_id' | 'actor_type' | 'actor_id' | 'created_at' | 'closed_at' | 'claimed_until' | 'claim_token'
>

export async function insertPlanChange(ctx: BusinessCtx, change: NewPlanChange): Promise<PlanChangeRow> {
  const { items, meters = [], period_values, previous, discounts = [], ...columns } = change
  const now = ctx.clock.now()
  const waits = change.status === 'scheduled' || change.status === 'pending'
  return ctx.db
    .insertInto('plan_changes')
    .values({
      ...owned(ctx),
      change_id: newId('plan_change', ctx.wall.now().epochMilliseconds),
      actor_type: ctx.actor.type,
      actor_id: ctx.actor.id,
      created_at: now,
      closed_at: waits ? null : now,
      ...columns,
      items: json(items),
      discounts: json(discounts),
      meters: json(meters),
      period_values: period_values == null ? null : json(period_values),
      previous: previous == null ? null : json(previous),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function getPlanChange(ctx: BusinessCtx, change_id: string): Promise<PlanChangeRow> {
  return from(ctx, 'plan_changes').selectAll().where('change_id', '=', change_id).executeTakeFirstOrThrow()
}

/** Of each kind at most one. */
export async function listWaiting(ctx: BusinessCtx, subscription_id: string): Promise<PlanChangeRow[]> {
  return from(ctx, 'plan_changes')
    .selectAll()
    .where('subscription_id', '=', subscription_id)
    .where('status', 'in', ['scheduled', 'pending'])
    .execute()
}

export async function getChangeOfDues(ctx: BusinessCtx, dues_id: string): Promise<PlanChangeRow> {
  return from(ctx, 'plan_changes').selectAll().where('dues_id', '=', dues_id).executeTakeFirstOrThrow()
}

export async function nameDues(ctx: BusinessCtx, change_id: string, dues_id: string): Promise<void> {
  await update(ctx, 'plan_changes').set({ dues_id }).where('change_id', '=', change_id).execute()
}

export async function closePlanChange(
  ctx: BusinessCtx,
  change_id: string,
  status: 'applied' | 'failed' | 'cancelled',
): Promise<void> {
  await update(ctx, 'plan_changes')
    .set({ status, closed_at: ctx.clock.now(), expires_at: null })
    .where('change_id', '=', change_id)
    .where('status', 'in', ['scheduled', 'pending'])
    .execute()
  const reason_key = `change:${change_id}`
  await (status === 'applied' ? useRedemptions(ctx, reason_key) : releaseRedemptions(ctx, reason_key))
}

/** A change that was made although nobody has paid for it, where nothing else is owed. */
export async function findUnpaidChange(ctx: BusinessCtx, subscription_id: string): Promise<PlanChangeRow | undefined> {
  const open = await from(ctx, 'dues')
    .select('dues_id')
    .where('subscription_id', '=', subscription_id)
    .where('status', '=', 'open')
    .execute()
  if (open.length !== 1) return undefined
  return from(ctx, 'plan_changes')
    .selectAll()
    .where('dues_id', '=', open[0]?.dues_id ?? '')
    .where('status', '=', 'applied')
    .executeTakeFirst()
}

export async function markUndone(ctx: BusinessCtx, change_id: string): Promise<void> {
  await update(ctx, 'plan_changes')
    .set({ status: 'undone', closed_at: ctx.clock.now() })
    .where('change_id', '=', change_id)
    .where('status', '=', 'applied')
    .execute()
  await undoRedemptions(ctx, `change:${change_id}`)
}

/** A pending change whose time has run out. */
export async function findRunOut(ctx: BusinessCtx, change_id: string): Promise<PlanChangeRow | undefined> {
  return from(ctx, 'plan_changes')
    .selectAll()
    .where('change_id', '=', change_id)
    .where('status', '=', 'pending')
    .where('expires_at', '<=', ctx.clock.now())
    .executeTakeFirst()
}

/** What waits will not happen: the dues of a pending change are void, and a late success of its payment is refunded. */
export async function dropWaiting(ctx: BusinessCtx, subscription_id: string, which: readonly Waiting[]): Promise<void> {
  for (const change of await listWaiting(ctx, subscription_id)) {
    if (!which.some((status) => status === change.status)) continue
    if (change.dues_id !== null) {
      await closeDues(ctx, change.dues_id, 'void')
      await withdrawOffer(ctx, change.dues_id)
    }
    await closePlanChange(ctx, change.change_id, 'cancelled')
  }
}
