// What a customer holds of each kind of credits, and what of it expires next.
import { sql } from 'kysely'
import { formatDecimal, parseDecimal } from '#billing/decimal.ts'
import { from, on } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Amounts are decimals. */
export interface HeldCredits {
  credit_entitlement_id: string
  name: string
  description: string | null
  unit: string
  balance: string
  /** Used beyond the balance. */
  overage: string
  expires_next: { at: Temporal.Instant; amount: string } | null
}

/** By name; of one kind, where it is named. */
export async function listHeldCredits(
  ctx: BusinessCtx,
  customer_id: string,
  credit_entitlement_id?: string,
): Promise<HeldCredits[]> {
  let query = from(ctx, 'credit_balances')
    .innerJoin(
      'credit_entitlements',
      on('credit_entitlements.credit_entitlement_id', 'credit_balances.credit_entitlement_id'),
    )
    .select(['credit_balances.credit_entitlement_id', 'name', 'description', 'unit', 'balance', 'overage'])
    .select(
      sql<{ at: string; amount: string } | null>`(select json_build_object('at', g.expires_at,
          'amount', trim_scale(sum(g.remaining_amount))::text)
        from credit_grants g
       where g.business_id = credit_balances.business_id and g.customer_id = credit_balances.customer_id
         and g.credit_entitlement_id = credit_balances.credit_entitlement_id
         and g.remaining_amount > 0 and g.expires_at > ${ctx.clock.now()}
       group by g.expires_at order by g.expires_at limit 1)`.as('next'),
    )
    .where('credit_balances.customer_id', '=', customer_id)
  if (credit_entitlement_id !== undefined) {
    query = query.where('credit_balances.credit_entitlement_id', '=', credit_entitlement_id)
  }
  const rows = await query.orderBy('name').orderBy('credit_balances.credit_entitlement_id').execute()
  return rows.map(({ next, balance, overage, ...row }) => ({
    ...row,
    balance: shortest(balance),
    overage: shortest(overage),
    expires_next: next === null ? null : { at: Temporal.Instant.from(next.at), amount: next.amount },
  }))
}

const shortest = (amount: string) => formatDecimal(parseDecimal(amount))
