// What most subscriptions have nothing of, each in tables of its own: one look tells which of them are worth reading, where a renewal
// would otherwise ask them all in vain. Call it with the subscription locked, as whoever adds to them does.
import { sql } from 'kysely'
import type { Dues } from '#core/payments/queries.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Whether there is any. */
export interface Extras {
  changes: boolean
  meters: boolean
  credits: boolean
  addons: boolean
  discounts: boolean
  carried: boolean
}

export async function readExtras(ctx: BusinessCtx, subscription_id: string): Promise<Extras> {
  const { business_id } = ctx.business
  const its = sql`business_id = ${business_id} and subscription_id = ${subscription_id}`
  const { rows } = await sql<Extras>`
    select exists (select from plan_changes where ${its} and status in ('scheduled', 'pending')) as changes,
           exists (select from subscription_meters where ${its}) as meters,
           exists (select from subscription_credits where ${its} and removed_at is null) as credits,
           exists (select from subscription_addons where ${its}) as addons,
           exists (select from subscription_discounts where ${its}) as discounts,
           exists (select from carried_amounts where ${its} and waived_at is null) as carried
  `.execute(ctx.db)
  return rows[0] ?? everything
}

/** Where what there was has just become something else. */
export const everything: Extras = {
  changes: true,
  meters: true,
  credits: true,
  addons: true,
  discounts: true,
  carried: true,
}

/** Whether there is any, of dues and of the subscription they are for. */
export interface PaidExtras {
  /** Overage that the dues ask for. */
  overage: boolean
  /** Discounts that were taken from the dues. */
  discounts: boolean
  /** Credits it grants, or that end with its cycle. */
  credits: boolean
  /** Somebody is being reminded of it. */
  dunning: boolean
}

export async function readPaidExtras(
  ctx: BusinessCtx,
  { dues_id, subscription_id }: Pick<Dues, 'dues_id' | 'subscription_id'>,
): Promise<PaidExtras> {
  const { business_id } = ctx.business
  const dues = sql`business_id = ${business_id} and dues_id = ${dues_id}`
  const its = sql`business_id = ${business_id} and subscription_id = ${subscription_id}`
  const { rows } = await sql<PaidExtras>`
    select exists (select from overage_charges where ${dues}) as overage,
           exists (select from dues_discounts where ${dues}) as discounts,
           (exists (select from subscription_credits where ${its} and removed_at is null)
             or exists (select from credit_grants where ${its} and remaining_amount > 0 and ends_with_cycle)) as credits,
           exists (select from dunning_attempts where ${its} and status = 'recovering') as dunning
  `.execute(ctx.db)
  return rows[0] ?? { overage: true, discounts: true, credits: true, dunning: true }
}
