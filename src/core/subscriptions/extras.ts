// What most subscriptions have nothing of, each in tables of its own: one look tells which of them are worth reading, where a renewal
// would otherwise ask them all in vain. Call it with the subscription locked, as whoever adds to them does.
import { sql } from 'kysely'
import type { Dues } from '#core/payments/queries.ts'
import { inOrder, together } from '#core/together/together.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Whether there is any. */
export interface Extras {
  changes: boolean
  meters: boolean
  credits: boolean
  addons: boolean
  discounts: boolean
  carried: boolean
  /** Credit, or money in the wallet. */
  funds: boolean
}

export async function readExtras(ctx: BusinessCtx, subscription_id: string): Promise<Extras> {
  return (await together(ctx, readExtrasOf, subscription_id)) ?? everything
}

async function readExtrasOf(ctx: BusinessCtx, ids: readonly string[]): Promise<(Extras | undefined)[]> {
  const its = sql`x.business_id = s.business_id and x.subscription_id = s.subscription_id`
  const { rows } = await sql<Extras & { subscription_id: string }>`
    select subscription_id,
           exists (select from plan_changes x where ${its} and status in ('scheduled', 'pending')) as changes,
           exists (select from subscription_meters x where ${its}) as meters,
           exists (select from subscription_credits x where ${its} and removed_at is null) as credits,
           exists (select from subscription_addons x where ${its}) as addons,
           exists (select from subscription_discounts x where ${its}) as discounts,
           exists (select from carried_amounts x where ${its} and waived_at is null) as carried,
           (s.credit_balance > 0 or exists (select from wallets x where x.business_id = s.business_id
             and x.customer_id = s.customer_id and x.currency = s.currency and balance > 0)) as funds
      from subscriptions s
     where s.business_id = ${ctx.business.business_id} and s.subscription_id = any(${ids})
  `.execute(ctx.db)
  return inOrder(ids, rows, (row) => row.subscription_id)
}

/** Where what there was has just become something else. */
export const everything: Extras = {
  changes: true,
  meters: true,
  credits: true,
  addons: true,
  discounts: true,
  carried: true,
  funds: true,
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

type Paid = Pick<Dues, 'dues_id' | 'subscription_id'>

export async function readPaidExtras(ctx: BusinessCtx, { dues_id, subscription_id }: Paid): Promise<PaidExtras> {
  const found = await together(ctx, readPaidExtrasOf, { dues_id, subscription_id })
  return found ?? { overage: true, discounts: true, credits: true, dunning: true }
}

async function readPaidExtrasOf(ctx: BusinessCtx, paid: readonly Paid[]): Promise<(PaidExtras | undefined)[]> {
  const ids = paid.map(({ dues_id }) => dues_id)
  const dues = sql`x.business_id = d.business_id and x.dues_id = d.dues_id`
  const its = sql`x.business_id = d.business_id and x.subscription_id = d.subscription_id`
  const { rows } = await sql<PaidExtras & { dues_id: string }>`
    select dues_id,
           exists (select from overage_charges x where ${dues}) as overage,
           exists (select from dues_discounts x where ${dues}) as discounts,
           (exists (select from subscription_credits x where ${its} and removed_at is null)
             or exists (select from credit_grants x where ${its} and remaining_amount > 0 and ends_with_cycle)) as credits,
           exists (select from dunning_attempts x where ${its} and x.status = 'recovering') as dunning
      from dues d where d.business_id = ${ctx.business.business_id} and d.dues_id = any(${ids})
  `.execute(ctx.db)
  return inOrder(ids, rows, (row) => row.dues_id)
}
