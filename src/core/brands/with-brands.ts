// What comes of a product tells the brand its product has now. Looked up when it is told, and only where a business has other brands.
import { sql } from 'kysely'
import { from, on } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

/** A resource as it is told, by which its product is found: its own, else that of its payment, else of its subscription. */
interface Told {
  brand_id: string
  product_id?: string | null
  payment_id?: string | null
  subscription_id?: string | null
}

export async function withBrand<T extends Told>(ctx: BusinessCtx, told: T): Promise<T> {
  const [one = told] = await withBrands(ctx, [told])
  return one
}

export async function withBrands<T extends Told>(ctx: BusinessCtx, told: readonly T[]): Promise<T[]> {
  if (told.length === 0 || !(await hasBrands(ctx))) return [...told]
  const products = await productBrands(ctx, idsOf(told, 'product_id'))
  const payments = await paymentBrands(ctx, idsOf(told, 'payment_id'))
  const subscriptions = await subscriptionBrands(ctx, idsOf(told, 'subscription_id'))
  return told.map((each) => {
    const { product_id, payment_id, subscription_id, brand_id } = each
    const found = product_id
      ? products.get(product_id)
      : ((payment_id && payments.get(payment_id)) ?? (subscription_id && subscriptions.get(subscription_id)))
    return { ...each, brand_id: found || brand_id }
  })
}

async function hasBrands(ctx: BusinessCtx): Promise<boolean> {
  return (await from(ctx, 'brands').select('brand_id').limit(1).executeTakeFirst()) !== undefined
}

function idsOf(told: readonly Told[], key: 'product_id' | 'payment_id' | 'subscription_id'): string[] {
  return [...new Set(told.flatMap((each) => each[key] ?? []))]
}

async function productBrands(ctx: BusinessCtx, ids: readonly string[]): Promise<Map<string, string | null>> {
  if (ids.length === 0) return new Map()
  const rows = await from(ctx, 'products')
    .select(['product_id', 'brand_id'])
    .where('product_id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ product_id, brand_id }) => [product_id, brand_id]))
}

async function subscriptionBrands(ctx: BusinessCtx, ids: readonly string[]): Promise<Map<string, string | null>> {
  if (ids.length === 0) return new Map()
  const rows = await from(ctx, 'subscriptions')
    .innerJoin('products', on('products.product_id', 'subscriptions.product_id'))
    .select(['subscriptions.subscription_id', 'products.brand_id'])
    .where('subscriptions.subscription_id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ subscription_id, brand_id }) => [subscription_id, brand_id]))
}

/** All lines of what is owed have one brand: of the subscription, or of the first product that has one. */
export const brandOfPayment = sql<string | null>`coalesce(
  (select p.brand_id from dues d join subscriptions s using (business_id, subscription_id)
    join products p on p.business_id = s.business_id and p.product_id = s.product_id
    where d.business_id = payments.business_id and d.dues_id = payments.dues_id),
  (select p.brand_id from dues_lines l join products p using (business_id, product_id)
    where l.business_id = payments.business_id and l.dues_id = payments.dues_id and p.brand_id is not null limit 1))`

/** What its bank prints. Looked for only where a brand of the business says so: the first question is asked once for all rows. */
export function descriptorOfPayment({ business }: BusinessCtx) {
  return sql<string | null>`case when exists (
    select from brands where business_id = ${business.business_id} and statement_descriptor is not null
  ) then (select b.statement_descriptor from brands b
    where b.business_id = payments.business_id and b.brand_id = ${brandOfPayment}) end`
}

async function paymentBrands(ctx: BusinessCtx, ids: readonly string[]): Promise<Map<string, string | null>> {
  if (ids.length === 0) return new Map()
  const rows = await from(ctx, 'payments')
    .select(['payment_id', brandOfPayment.as('brand_id')])
    .where('payment_id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ payment_id, brand_id }) => [payment_id, brand_id]))
}
