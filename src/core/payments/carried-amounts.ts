// Amounts that left an invoice because they were too small to be charged, until an invoice that is charged holds them. Call it with the
// subscription locked.
import type { Selectable } from 'kysely'
import { byRate, isTooSmall, type RatedAmount, stated } from '#billing/carry.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { readFunds } from '#core/payments/own-funds.ts'
import type { Dues } from '#core/payments/queries.ts'
import type { NewDues, NewLine } from '#core/payments/store.ts'
import { from, owned, update } from '#core/scope.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import type { DB } from '#db/schema.ts'
import { type BusinessCtx, processorFor } from '#src/context.ts'

export type CarriedAmount = Selectable<DB['carried_amounts']>

export interface Carrying {
  dues: NewDues
  /** Earlier amounts that these dues hold as lines. */
  into: CarriedAmount[]
  /** What leaves them again, because even so they are too small. */
  out: RatedAmount[]
}

/** The dues with what waited for them as lines; where they are too small all the same, another line takes all of it out. */
export async function carry(ctx: BusinessCtx, owed: NewDues, has: { carried: boolean }): Promise<Carrying> {
  if (owed.subscription_id == null || owed.kind === 'plan_change') return leaveTooSmall(ctx, owed, [])
  const into = has.carried ? await listCarried(ctx, [owed.subscription_id]) : []
  return leaveTooSmall(ctx, withCarried(owed, into), into)
}

/** What is owed, with a line for each amount that waited for it. */
export function withCarried<Owed extends Amounts>(owed: Owed, into: readonly CarriedAmount[]): Owed {
  return withLines(
    owed,
    into.map((amount) => carriedLine(amount, IN)),
  )
}

/** Once the dues are written: what they hold, and what waits for the next ones. */
export async function writeCarried(ctx: BusinessCtx, dues: Dues, { into, out }: Carrying): Promise<void> {
  for (const { dues_id, position } of into) {
    await update(ctx, 'carried_amounts')
      .set({ into_dues_id: dues.dues_id })
      .where('dues_id', '=', dues_id)
      .where('position', '=', position)
      .execute()
  }
  const { dues_id, subscription_id, created_at } = dues
  if (out.length === 0 || subscription_id === null) return
  const rows = out.map((amount, position) => ({
    ...amount,
    position,
    dues_id,
    subscription_id,
    created_at,
  }))
  await ctx.db
    .insertInto('carried_amounts')
    .values(rows.map((row) => ({ ...owned(ctx), ...row })))
    .execute()
}

/** The subscription has no next invoice: what waits for one is waived, and said to be. */
export async function waiveCarried(ctx: BusinessCtx, subscription: Subscription): Promise<void> {
  const { subscription_id, customer_id, currency } = subscription
  for (const { dues_id, position, ...carried } of await listCarried(ctx, [subscription_id])) {
    const { amount } = stated(carried, true)
    await update(ctx, 'carried_amounts')
      .set({ waived_at: ctx.clock.now() })
      .where('dues_id', '=', dues_id)
      .where('position', '=', position)
      .execute()
    await recordAudit(ctx, {
      action: 'subscription.amount_waived',
      resource_id: subscription_id,
      customer_id,
      details: { amount, currency, dues_id },
    })
    ctx.log.info({ subscription_id, amount, currency }, 'an amount too small to be charged is waived')
  }
}

async function leaveTooSmall(ctx: BusinessCtx, owed: NewDues, into: CarriedAmount[]): Promise<Carrying> {
  if (owed.subscription_id == null) return { dues: owed, into, out: [] }
  const minimum = processorFor(ctx).minimumAmount(owed.currency)
  const small = owed.total > 0 && owed.total < minimum
  if (!small || !isTooSmall(owed.total, await readFunds(ctx, owed), minimum)) return { dues: owed, into, out: [] }
  const out = byRate(owed.lines.map(ratedOf))
  const lines = out.map((rated) => carriedLine({ ...rated, amount: 0 - rated.amount, tax: 0 - rated.tax }, OUT))
  return { dues: withLines(owed, lines), into, out }
}

/** Neither taken into dues that still count, nor from dues that no longer do. */
export async function listCarried(ctx: BusinessCtx, subscription_ids: readonly string[]): Promise<CarriedAmount[]> {
  return from(ctx, 'carried_amounts')
    .innerJoin('dues', (join) =>
      join
        .onRef('dues.business_id', '=', 'carried_amounts.business_id')
        .onRef('dues.dues_id', '=', 'carried_amounts.dues_id'),
    )
    .leftJoin('dues as held_by', (join) =>
      join
        .onRef('held_by.business_id', '=', 'carried_amounts.business_id')
        .onRef('held_by.dues_id', '=', 'carried_amounts.into_dues_id'),
    )
    .selectAll('carried_amounts')
    .where('carried_amounts.subscription_id', 'in', [...subscription_ids])
    .where('carried_amounts.waived_at', 'is', null)
    .where('dues.status', '<>', 'void')
    .where((eb) => eb.or([eb('held_by.dues_id', 'is', null), eb('held_by.status', '=', 'void')]))
    .orderBy('carried_amounts.created_at')
    .orderBy('carried_amounts.position')
    .execute()
}

/** For readers of the API; an invoice says it in its own language. */
const IN = 'Carried from an earlier invoice'
const OUT = 'Carried to the next invoice'

function carriedLine({ amount, tax, tax_rate, tax_inclusive }: RatedAmount, description: string): NewLine {
  const what = { kind: 'carried' as const, product_id: null, addon_id: null, description }
  return { ...what, quantity: 1, unit_price: amount, amount, tax, tax_rate, tax_inclusive }
}

type Amounts = Pick<NewDues, 'subtotal' | 'tax' | 'tax_added' | 'total' | 'lines'>

function withLines<Owed extends Amounts>(owed: Owed, lines: readonly NewLine[]): Owed {
  const subtotal = lines.reduce((sum, { amount }) => sum + amount, owed.subtotal)
  const tax = lines.reduce((sum, line) => sum + line.tax, owed.tax)
  const tax_added = lines.reduce((sum, line) => (line.tax_inclusive ? sum : sum + line.tax), owed.tax_added ?? 0)
  return { ...owed, subtotal, tax, tax_added, total: subtotal + tax_added, lines: [...owed.lines, ...lines] }
}

function ratedOf({ amount, tax, tax_rate, tax_inclusive }: NewLine): RatedAmount {
  return { amount, tax, tax_rate: tax_rate ?? null, tax_inclusive: tax_inclusive ?? false }
}
