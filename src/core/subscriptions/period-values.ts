// What the running period is worth, line by line: what was really charged for all of it. Every credit of a plan change is a share of it.
import type { Selectable } from 'kysely'
import { valueAfter } from '#billing/refund.ts'
import { ownLines } from '#core/payments/own-lines.ts'
import { type Dues, type DuesLine, getDuesLines } from '#core/payments/queries.ts'
import { grossOf, readGivenBack } from '#core/refunds/paid-lines.ts'
import { from, owned } from '#core/scope.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import type { PlanItem } from '#db/json-types.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Usage has no value: it is billed once it is over. */
export type PeriodValueRow = Selectable<DB['period_values']> & Pick<PlanItem, 'kind'>
type NewValue = Omit<PlanItem, 'unit_price'> & Pick<PeriodValueRow, 'amount' | 'dues_id' | 'dues_position'>

/** Less what was given back since of the lines that paid for it, or is being given back. */
export async function readPeriodValues(ctx: BusinessCtx, subscription_id: string): Promise<PeriodValueRow[]> {
  const values = await from(ctx, 'period_values')
    .selectAll()
    .where('subscription_id', '=', subscription_id)
    .orderBy('position')
    .$castTo<PeriodValueRow>()
    .execute()
  return lessGivenBack(ctx, values)
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
      values.map(({ kind, product_id, addon_id, description, quantity, amount, dues_id, dues_position }, position) => {
        const line = { kind, product_id, addon_id, description, quantity, amount, dues_id, dues_position }
        return { ...owned(ctx), subscription_id, position, ...line }
      }),
    )
    .execute()
}

/** A period was paid for: it is worth its lines, with their tax. */
export async function writePaidValues(ctx: BusinessCtx, subscription: Subscription, dues: Dues): Promise<void> {
  const { product_id, subscription_id } = subscription
  const own = ownLines(await getDuesLines(ctx, dues.dues_id), dues.kind, product_id)
  const paid = (line: DuesLine) => ({
    amount: grossOf(line, dues),
    dues_id: line.dues_id,
    dues_position: line.position,
  })
  await writePeriodValues(
    ctx,
    subscription_id,
    [...own].flatMap((line) => {
      const { kind } = line
      return kind === 'carried' || kind === 'meter' ? [] : [{ ...line, kind, ...paid(line) }]
    }),
  )
}

async function lessGivenBack(ctx: BusinessCtx, values: PeriodValueRow[]): Promise<PeriodValueRow[]> {
  const paidBy = values.find(({ dues_position }) => dues_position !== null)?.dues_id
  if (paidBy == null) return values
  const givenBack = await readGivenBack(ctx, paidBy)
  return values.map((value) => {
    const line = value.dues_position === null ? undefined : givenBack[value.dues_position]
    return line === undefined ? value : { ...value, amount: valueAfter(value.amount, line.gross, line.given_back) }
  })
}
