// What the running period is worth, line by line: what was really charged for all of it. Every credit of a plan change is a share of it.
import { type Selectable, sql } from 'kysely'
import type { PeriodValue } from '#billing/change-lines.ts'
import { scale } from '#billing/money.ts'
import { valueAfter } from '#billing/refund.ts'
import { ownLines } from '#core/payments/own-lines.ts'
import { type Dues, type DuesLine, grossOf } from '#core/payments/queries.ts'
import { readGivenBack } from '#core/refunds/paid-lines.ts'
import { from } from '#core/scope.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import { type NewRow, putRows } from '#core/together/rows.ts'
import { together } from '#core/together/together.ts'
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
    return { subscription_id, position, ...what, ...taxed, dues_id, dues_position }
  })
  await together(ctx, replaceValues, { subscription_id, rows })
}

interface Values {
  subscription_id: string
  rows: NewRow<'period_values'>[]
}

/** Those of the period before are written over, and what is left of them goes. */
async function replaceValues(ctx: BusinessCtx, of: readonly Values[]): Promise<undefined[]> {
  const ids = of.map(({ subscription_id }) => subscription_id)
  const counts = of.map(({ rows }) => rows.length)
  await sql`
    delete from period_values old using unnest(${ids}::text[], ${counts}::int[]) as now (subscription_id, count)
     where old.business_id = ${ctx.business.business_id} and old.subscription_id = now.subscription_id
       and position >= now.count
  `.execute(ctx.db)
  const rows = of.flatMap((one) => one.rows)
  await putRows(ctx, 'period_values', rows, ['subscription_id', 'position'])
  return []
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
