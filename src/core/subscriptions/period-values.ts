// What the running period is worth, line by line: what was really charged for all of it. Every credit of a plan change is a share of it.
import type { Selectable } from 'kysely'
import { ownLines } from '#core/payments/own-lines.ts'
import { type Dues, getDuesLines } from '#core/payments/queries.ts'
import { from, owned } from '#core/scope.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import type { PlanItem } from '#db/json-types.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Usage has no value: it is billed once it is over. */
export type PeriodValueRow = Selectable<DB['period_values']> & Pick<PlanItem, 'kind'>
type NewValue = Omit<PlanItem, 'unit_price'> & { amount: number }

export async function readPeriodValues(ctx: BusinessCtx, subscription_id: string): Promise<PeriodValueRow[]> {
  return from(ctx, 'period_values')
    .selectAll()
    .where('subscription_id', '=', subscription_id)
    .orderBy('position')
    .$castTo<PeriodValueRow>()
    .execute()
}

export async function writePeriodValues(
  ctx: BusinessCtx,
  subscription_id: string,
  values: readonly NewValue[],
): Promise<void> {
  await ctx.db
    .deleteFrom('period_values')
    .where('business_id', '=', ctx.business.business_id)
    .where('subscription_id', '=', subscription_id)
    .execute()
  if (values.length === 0) return
  await ctx.db
    .insertInto('period_values')
    .values(
      values.map(({ kind, product_id, addon_id, description, quantity, amount }, position) => {
        return { ...owned(ctx), subscription_id, position, kind, product_id, addon_id, description, quantity, amount }
      }),
    )
    .execute()
}

/** A period was paid for: it is worth its lines, with their tax. */
export async function writePaidValues(ctx: BusinessCtx, subscription: Subscription, dues: Dues): Promise<void> {
  const { product_id, subscription_id } = subscription
  const own = ownLines(await getDuesLines(ctx, dues.dues_id), dues.kind, product_id)
  const gross = ({ amount, tax }: { amount: number; tax: number }) => (dues.tax_inclusive ? amount : amount + tax)
  await writePeriodValues(
    ctx,
    subscription_id,
    [...own].flatMap(({ kind, ...line }) =>
      kind === 'carried' || kind === 'meter' ? [] : [{ ...line, kind, amount: gross(line) }],
    ),
  )
}
