// The credits of a subscription with what its customer holds of them.
import { type Decimal, formatDecimal, parseDecimal } from '#billing/decimal.ts'
import { from, on } from '#core/scope.ts'
import type { CreditTerms } from '#db/json-types.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface CreditInCart {
  credit_entitlement_id: string
  product_id: string
  name: string
  unit: string
  terms: CreditTerms
  /** Of the customer, whichever subscription they came from; decimals. */
  balance: string
  overage: string
}

export async function readCreditCart(ctx: BusinessCtx, subscription_id: string): Promise<CreditInCart[]> {
  const rows = await from(ctx, 'subscription_credits')
    .innerJoin('subscriptions', on('subscriptions.subscription_id', 'subscription_credits.subscription_id'))
    .innerJoin(
      'credit_entitlements',
      on('credit_entitlements.credit_entitlement_id', 'subscription_credits.credit_entitlement_id'),
    )
    .leftJoin('credit_balances', (join) =>
      join
        .onRef('credit_balances.business_id', '=', 'subscription_credits.business_id')
        .onRef('credit_balances.credit_entitlement_id', '=', 'subscription_credits.credit_entitlement_id')
        .onRef('credit_balances.customer_id', '=', 'subscriptions.customer_id'),
    )
    .select(['subscription_credits.credit_entitlement_id', 'subscription_credits.product_id'])
    .select(['credit_entitlements.name', 'credit_entitlements.unit', 'terms', 'balance', 'overage'])
    .where('subscription_credits.subscription_id', '=', subscription_id)
    .where('removed_at', 'is', null)
    .orderBy('subscription_credits.credit_entitlement_id')
    .execute()
  return rows.map(({ balance, overage, ...row }) => ({
    ...row,
    balance: shortest(balance),
    overage: shortest(overage),
  }))
}

export interface CreditUsage extends CreditInCart {
  limit_reached: boolean
  /** How much more overage there may be; null where there is none or no limit. */
  remaining_headroom: string | null
}

export function usageOf(credit: CreditInCart): CreditUsage {
  const { overage_enabled, overage_limit } = credit.terms
  const limit = overage_enabled && overage_limit !== null ? parseDecimal(overage_limit) : null
  const used = parseDecimal(credit.overage)
  const headroom = limit === null ? null : larger(0n, limit - used)
  return {
    ...credit,
    limit_reached: limit !== null && used >= limit,
    remaining_headroom: headroom === null ? null : formatDecimal(headroom),
  }
}

function shortest(amount: string | null): string {
  return formatDecimal(parseDecimal(amount ?? '0'))
}

function larger(a: Decimal, b: Decimal): Decimal {
  return a > b ? a : b
}
