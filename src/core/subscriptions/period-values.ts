// What the running period is worth, line by line: what was really charged for all of it. Every credit of a plan change is a share of it.
import type { Kysely, Selectable } from 'kysely'
import type { PeriodValue } from '#billing/change-lines.ts'
import { scale } from '#billing/money.ts'
import { valueAfter } from '#billing/refund.ts'
import { ownLines } from '#core/payments/own-lines.ts'
import { type Dues, type DuesLine, grossOf } from '#core/payments/queries.ts'
import { readGivenBack } from '#core/refunds/paid-lines.ts'
import { from, owned } from '#core/scope.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import type { PlanItem } from '#db/json-types.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

/** A value with what it was charged for, and the line that paid for it. Usage has none: it is billed once it is over. */
export type PeriodValueOf = PeriodValue &
  Pick<PlanItem, 'kind' | 'product_id' | 'addon_id'> &
  Pick<Selectable<DB['period_values']>, 'dues_id' | 'dues_position'>

/** Less what was given back since of the lines that paid for it, or is being given back. */
export async function readPeriodValues(ctx: BusinessCtx, subscription_id: string): Promise<PeriodValueOf[]> {
  const rows = await from(ctx, 'period_values')
    .selectAll()
    .where('subscription_id', '=', subscription_id)
    .orderBy('position')
    .$castTo<Selectable<DB['period_values']> & Pick<PlanItem, 'kind'>>()
    .execute()
  const values = rows.map(({ amount, tax_rate, ...row }) => ({ ...row, gross: amount, tax_rate: percentOf(tax_rate) }))
  return lessGivenBack(ctx, values)
}

export async function writePeriodValues(
  ctx: BusinessCtx,
  subscription_id: string,
  values: readonly PeriodValueOf[],
): Promise<void> {
  const rows = values.map(({ kind, product_id, addon_id, description, quantity, gross, ...rest }, position) => {
    const { tax, tax_name, tax_inclusive, dues_id, dues_position } = rest
    const tax_rate = rest.tax_rate?.toString() ?? null
    const what = { kind, product_id, addon_id, description, quantity, amount: gross }
    const taxed = { tax, tax_rate, tax_name, tax_inclusive }
    return { ...owned(ctx), subscription_id, position, ...what, ...taxed, dues_id, dues_position }
  })
  const beyond = (db: Pick<Kysely<DB>, 'deleteFrom'>) =>
    db
      .deleteFrom('period_values')
      .where('business_id', '=', ctx.business.business_id)
      .where('subscription_id', '=', subscription_id)
      .where('position', '>=', rows.length)
  if (rows.length === 0) {
    await beyond(ctx.db).execute()
    return
  }
  await ctx.db
    .with('gone', beyond)
    .insertInto('period_values')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['business_id', 'subscription_id', 'position']).doUpdateSet((eb) => ({
        kind: eb.ref('excluded.kind'),
        product_id: eb.ref('excluded.product_id'),
        addon_id: eb.ref('excluded.addon_id'),
        description: eb.ref('excluded.description'),
        quantity: eb.ref('excluded.quantity'),
        amount: eb.ref('excluded.amount'),
        tax: eb.ref('excluded.tax'),
        tax_rate: eb.ref('excluded.tax_rate'),
        tax_name: eb.ref('excluded.tax_name'),
        tax_inclusive: eb.ref('excluded.tax_inclusive'),
        dues_id: eb.ref('excluded.dues_id'),
        dues_position: eb.ref('excluded.dues_position'),
      })),
    )
    .execute()
}

/** A period was paid for: it is worth its lines, with their tax. */
export async function writePaidValues(
  ctx: BusinessCtx,
  subscription: Subscription,
  dues: Pick<Dues, 'kind'>,
  lines: readonly DuesLine[],
): Promise<void> {
  const { product_id, subscription_id } = subscription
  const own = ownLines(lines, dues.kind, product_id)
  const values = [...own].flatMap((line) => {
    const { kind, dues_id, position: dues_position } = line
    if (kind === 'carried' || kind === 'meter' || kind === 'overage') return []
    return [{ ...line, kind, gross: grossOf(line), tax_rate: percentOf(line.tax_rate), dues_id, dues_position }]
  })
  await writePeriodValues(ctx, subscription_id, values)
}

function percentOf(rate: string | null): number | null {
  return rate === null ? null : Number(rate)
}

async function lessGivenBack(ctx: BusinessCtx, values: PeriodValueOf[]): Promise<PeriodValueOf[]> {
  const paidBy = values.find(({ dues_position }) => dues_position !== null)?.dues_id
  if (paidBy == null) return values
  const givenBack = await readGivenBack(ctx, paidBy)
  return values.map((value) => {
    const line = value.dues_position === null ? undefined : givenBack[value.dues_position]
    if (line === undefined || line.given_back === 0) return value
    const gross = valueAfter(value.gross, line.gross, line.given_back)
    return { ...value, gross, tax: taxLeft(value, gross) }
  })
}

/** What was given back took its tax with it. */
function taxLeft({ gross, tax }: PeriodValueOf, left: number): number {
  return gross === 0 ? 0 : scale(tax, { numerator: BigInt(left), denominator: BigInt(gross) })
}
