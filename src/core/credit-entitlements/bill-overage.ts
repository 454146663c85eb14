// Overage that is invoiced: an item of the invoice at the end of a period, off the balance once that is paid.
import { priceOf } from '#billing/credit-entitlement.ts'
import { type Decimal, formatDecimal, least, parseDecimal } from '#billing/decimal.ts'
import type { Ratio } from '#billing/money.ts'
import { type Book, lockBook, writeEntry } from '#core/credit-entitlements/ledger.ts'
import { readSubscriptionCredits } from '#core/credit-entitlements/terms.ts'
import { from, on, owned } from '#core/scope.ts'
import { lockWallet } from '#core/wallets/ledger.ts'
import type { TaxCategory } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface OverageItem {
  kind: 'overage'
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
  over: { credit_entitlement_id: string; units: Decimal }
}

interface Owner {
  subscription_id: string
  customer_id: string
  product_id: string
  currency: string
}

/**
 * What a locked subscription's customer used beyond the credits and no open dues ask for yet, where the terms invoice it in its currency.
 * The balances stay locked, so that no other invoice asks for it too; `chargeOverage` says which dues do.
 */
export async function overageItems(ctx: BusinessCtx, owner: Owner, { lock } = { lock: true }): Promise<OverageItem[]> {
  const credits = await readSubscriptionCredits(ctx, [owner.subscription_id])
  const invoiced = credits.filter(({ terms }) => {
    return terms.overage_behavior === 'invoice_at_billing' && terms.currency === owner.currency
  })
  if (invoiced.length === 0) return []
  // Paying takes the wallet before the balances; so do we.
  if (lock) await lockWallet(ctx, owner)
  const items: OverageItem[] = []
  for (const { credit_entitlement_id, terms } of invoiced) {
    const held = { credit_entitlement_id, customer_id: owner.customer_id }
    const overage = lock ? (await lockBook(ctx, held)).overage : await readOverage(ctx, held)
    const units = overage - (await readAsked(ctx, { held }))
    const amount = units > 0n ? priceOf(units, parseDecimal(terms.price_per_unit ?? '0')) : 0
    if (amount > 0) items.push(await itemOf(ctx, owner, { credit_entitlement_id, units }, amount))
  }
  return items
}

export async function chargeOverage(
  ctx: BusinessCtx,
  { customer_id }: Owner,
  dues_id: string,
  items: readonly OverageItem[],
): Promise<void> {
  if (items.length === 0) return
  await ctx.db
    .insertInto('overage_charges')
    .values(
      items.map(({ amount, over: { credit_entitlement_id, units } }) => {
        return { ...owned(ctx), dues_id, customer_id, credit_entitlement_id, units: formatDecimal(units), amount }
      }),
    )
    .execute()
}

/** Dues are paid: what they asked for is no longer overage. */
export async function settleOverage(ctx: BusinessCtx, dues_id: string): Promise<void> {
  const charges = await from(ctx, 'overage_charges')
    .select(['credit_entitlement_id', 'customer_id', 'units'])
    .where('dues_id', '=', dues_id)
    .orderBy('credit_entitlement_id')
    .execute()
  for (const charge of charges) {
    const book = await lockBook(ctx, charge)
    const units = parseDecimal(charge.units)
    if (book.overage === 0n) continue
    const amount = least(book.overage, units)
    await writeEntry(ctx, book, {
      transaction_type: 'overage_charged',
      amount,
      is_credit: true,
      overage: book.overage - amount,
      reference: { type: 'invoice', id: dues_id },
    })
  }
}

async function readOverage(ctx: BusinessCtx, { credit_entitlement_id, customer_id }: Book['held']): Promise<Decimal> {
  const row = await from(ctx, 'credit_balances')
    .select('overage')
    .where('credit_entitlement_id', '=', credit_entitlement_id)
    .where('customer_id', '=', customer_id)
    .executeTakeFirst()
  return parseDecimal(row?.overage ?? '0')
}

/** By dues that are neither paid nor void. */
async function readAsked(ctx: BusinessCtx, { held }: Pick<Book, 'held'>): Promise<Decimal> {
  const rows = await from(ctx, 'overage_charges')
    .innerJoin('dues', on('dues.dues_id', 'overage_charges.dues_id'))
    .select('units')
    .where('credit_entitlement_id', '=', held.credit_entitlement_id)
    .where('overage_charges.customer_id', '=', held.customer_id)
    .where('dues.status', '=', 'open')
    .execute()
  return rows.reduce((sum, { units }) => sum + parseDecimal(units), 0n)
}

async function itemOf(
  ctx: BusinessCtx,
  { product_id }: Owner,
  over: OverageItem['over'],
  amount: number,
): Promise<OverageItem> {
  const { name } = await from(ctx, 'credit_entitlements')
    .select('name')
    .where('credit_entitlement_id', '=', over.credit_entitlement_id)
    .executeTakeFirstOrThrow()
  const { tax_category } = await from(ctx, 'products')
    .select('tax_category')
    .where('product_id', '=', product_id)
    .executeTakeFirstOrThrow()
  return {
    kind: 'overage',
    product_id: null,
    addon_id: null,
    description: `${name} (${formatDecimal(over.units)})`,
    tax_category,
    quantity: 1,
    unit_price: amount,
    amount,
    share: { numerator: 1n, denominator: 1n },
    over,
  }
}
