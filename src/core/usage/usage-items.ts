// Usage as it is owed: an item for each charge that no dues hold yet. Dues that became void let go of theirs.
import type { Ratio } from '#billing/money.ts'
import type { UsedColumns } from '#core/payments/priced-dues.ts'
import { from, on } from '#core/scope.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import { type Closing, closeUsage } from '#core/usage/close-usage.ts'
import type { TaxCategory } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface UsageItem {
  kind: 'meter'
  product_id: null
  addon_id: null
  description: string
  tax_category: TaxCategory
  quantity: 1
  unit_price: number
  /** Minor units, before discounts and tax. */
  amount: number
  /** All of it, however much of a period the other lines are for. */
  share: Ratio
  used: UsedColumns & { meter_id: string; charge_id: string }
}

/**
 * Closes the usage of a locked subscription, where that was not done before, and answers all of it that is not owed yet, oldest first;
 * what costs nothing is no item.
 */
export async function usageItems(
  ctx: BusinessCtx,
  { subscription_id, product_id }: Subscription,
  closing: Closing | undefined,
): Promise<UsageItem[]> {
  if (closing !== undefined && !(await closeUsage(ctx, subscription_id, closing))) return []
  const charges = await listUnowed(ctx, subscription_id)
  if (charges.length === 0) return []
  const { tax_category } = await from(ctx, 'products')
    .select('tax_category')
    .where('product_id', '=', product_id)
    .executeTakeFirstOrThrow()
  return charges.map(({ amount, name, measurement_unit, ...charge }) => ({
    ...chargeItem({ amount, description: `${name} (${charge.units} ${measurement_unit})`, tax_category }),
    used: usedOf(charge),
  }))
}

export function chargeItem(what: Pick<UsageItem, 'amount' | 'description' | 'tax_category'>): Omit<UsageItem, 'used'> {
  const share = { numerator: 1n, denominator: 1n }
  return { kind: 'meter', product_id: null, addon_id: null, quantity: 1, unit_price: what.amount, share, ...what }
}

function usedOf(charge: UsageItem['used']): UsageItem['used'] {
  const { charge_id, meter_id, units, price_per_unit, period_start, period_end } = charge
  return { charge_id, meter_id, units, price_per_unit, period_start, period_end }
}

/** Also what only dues ask for that an end makes void, where asked. */
export async function listUnowed(ctx: BusinessCtx, subscription_id: string, { voided } = { voided: false }) {
  return from(ctx, 'usage_charges')
    .innerJoin('meters', on('meters.meter_id', 'usage_charges.meter_id'))
    .selectAll('usage_charges')
    .select(['meters.name', 'meters.measurement_unit'])
    .where('subscription_id', '=', subscription_id)
    .where('amount', '>', 0)
    .where('waived_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('dues_lines')
            .innerJoin('dues', on('dues.dues_id', 'dues_lines.dues_id'))
            .select('dues.dues_id')
            .whereRef('dues_lines.business_id', '=', 'usage_charges.business_id')
            .whereRef('dues_lines.charge_id', '=', 'usage_charges.charge_id')
            .where('dues.status', '!=', 'void')
            .$if(voided, (query) =>
              query.where((eb) => eb.or([eb('dues.status', '=', 'paid'), eb('dues.kind', '=', 'usage')])),
            ),
        ),
      ),
    )
    .orderBy('period_start')
    .orderBy('usage_charges.meter_id')
    .execute()
}
