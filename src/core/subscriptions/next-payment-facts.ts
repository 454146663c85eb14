// All that the price of a renewal depends on besides the subscription's row and the tax table, for many subscriptions in one query.
import { sql } from 'kysely'
import type { AppliedDiscount } from '#core/discounts/subscription-discounts.ts'
import { type CarriedAmount, listCarried } from '#core/payments/carried-amounts.ts'
import { listTaxRates, type TaxRateRow } from '#core/tax/queries.ts'
import type { PlanDiscount, PlanItem } from '#db/json-types.ts'
import type { TaxCategory, TimeInterval } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { withPlan } from './with-plan.ts'

/** A scheduled change of plan: what the renewal will be for. */
export interface ChangeAhead {
  product_id: string
  product_name: string
  tax_category: TaxCategory
  quantity: number
  items: PlanItem[]
  addon_categories: Record<string, TaxCategory>
  discounts: PlanDiscount[]
  tax_inclusive: boolean
  payment_frequency_count: number
  payment_frequency_interval: TimeInterval
}

export interface RenewalFacts {
  subscription_id: string
  product_name: string
  tax_category: TaxCategory
  addons: { addon_id: string; name: string; tax_category: TaxCategory; quantity: number; unit_price: number }[]
  discounts: Pick<AppliedDiscount, 'discount_id' | 'code' | 'terms' | 'cycles_remaining'>[]
  change: ChangeAhead | null
  /** Of the customer, in the subscription's currency. */
  wallet: number
  /** There is money in it, and something else takes from it by itself. */
  shares_wallet: boolean
  /** Something too small to be charged may be waiting. */
  carries: boolean
  /** It pays by usage, or for what is used beyond its credits. */
  metered: boolean
  /** Usage was closed that is not owed yet. */
  used: boolean
}

export type KnownAhead = RenewalFacts & { rates: readonly TaxRateRow[]; carried: readonly CarriedAmount[] }

async function readRenewalFacts(ctx: BusinessCtx, subscription_ids: readonly string[]): Promise<RenewalFacts[]> {
  return withPlan(ctx)
    .select(['subscription_id', 'products.name as product_name', 'products.tax_category'])
    .select([addons(), discounts(), change()])
    .select([
      sql<number>`coalesce((select w.balance from wallets w where w.business_id = subscriptions.business_id
        and w.customer_id = subscriptions.customer_id and w.currency = subscriptions.currency), 0)`.as('wallet'),
      sharesWallet(),
      sql<boolean>`exists (select from carried_amounts c where c.business_id = subscriptions.business_id
        and c.subscription_id = subscriptions.subscription_id and c.waived_at is null)`.as('carries'),
      sql<boolean>`(exists (select from subscription_meters m where m.business_id = subscriptions.business_id
          and m.subscription_id = subscriptions.subscription_id and m.removed_at is null)
        or exists (select from subscription_credits k where k.business_id = subscriptions.business_id
          and k.subscription_id = subscriptions.subscription_id and k.removed_at is null
          and k.terms->>'overage_behavior' = 'invoice_at_billing'))`.as('metered'),
      sql<boolean>`exists (select from usage_charges u where u.business_id = subscriptions.business_id
        and u.subscription_id = subscriptions.subscription_id and u.amount > 0 and u.waived_at is null
        and not exists (select from dues_lines l join dues d using (business_id, dues_id)
          where l.business_id = u.business_id and l.charge_id = u.charge_id and d.status <> 'void'))`.as('used'),
    ])
    .where('subscription_id', 'in', [...subscription_ids])
    .execute()
}

/** What is known of each, with the tax table and what was too small to be charged before. By subscription_id. */
export async function readKnownAhead(
  ctx: BusinessCtx,
  ids: readonly string[],
  table?: readonly TaxRateRow[],
): Promise<Map<string, KnownAhead>> {
  const [facts, rates] = await Promise.all([readRenewalFacts(ctx, ids), table ?? listTaxRates(ctx)])
  const carrying = facts.filter(({ carries }) => carries).map(({ subscription_id }) => subscription_id)
  const carried = carrying.length === 0 ? [] : await listCarried(ctx, carrying)
  const into = Map.groupBy(carried, ({ subscription_id }) => subscription_id)
  return new Map(
    facts.map((known) => [known.subscription_id, { ...known, rates, carried: into.get(known.subscription_id) ?? [] }]),
  )
}

function sharesWallet() {
  return sql<boolean>`(exists (select from wallets w where w.business_id = subscriptions.business_id
      and w.customer_id = subscriptions.customer_id and w.currency = subscriptions.currency and w.balance > 0)
    and (exists (select from subscriptions o where o.business_id = subscriptions.business_id
          and o.customer_id = subscriptions.customer_id and o.currency = subscriptions.currency
          and o.subscription_id <> subscriptions.subscription_id and ${takesBySelf('o')})
      or exists (select from dues d where d.business_id = subscriptions.business_id
          and d.customer_id = subscriptions.customer_id and d.currency = subscriptions.currency
          and d.status = 'open' and d.next_retry_at is not null
          and d.subscription_id <> subscriptions.subscription_id)))`.as('shares_wallet')
}

/** It renews without anybody's doing: it runs and is not being collected at this moment, or it resumes on a date. */
export function takesBySelf(table: string) {
  const column = (name: string) => sql.ref(`${table}.${name}`)
  return sql<boolean>`(not ${column('cancel_at_next_billing_date')}
    and ((${column('status')} = 'active' and ${column('next_attempt_at')} is not null)
      or (${column('status')} = 'paused' and ${column('resumes_at')} is not null)))`
}

function addons() {
  return sql<RenewalFacts['addons']>`coalesce((
    select json_agg(json_build_object('addon_id', a.addon_id, 'name', a.name, 'tax_category', a.tax_category,
             'quantity', s.quantity, 'unit_price', s.unit_price) order by a.addon_id)
      from subscription_addons s join addons a using (business_id, addon_id)
     where s.business_id = subscriptions.business_id and s.subscription_id = subscriptions.subscription_id), '[]')`.as(
    'addons',
  )
}

function discounts() {
  return sql<RenewalFacts['discounts']>`coalesce((
    select json_agg(json_build_object('discount_id', d.discount_id, 'code', d.code, 'terms', s.terms,
             'cycles_remaining', s.cycles_remaining) order by s.position)
      from subscription_discounts s join discounts d using (business_id, discount_id)
     where s.business_id = subscriptions.business_id and s.subscription_id = subscriptions.subscription_id), '[]')`.as(
    'discounts',
  )
}

function change() {
  return sql<ChangeAhead | null>`(
    select json_build_object('product_id', c.product_id, 'product_name', p.name, 'tax_category', p.tax_category,
             'quantity', c.quantity, 'items', c.items, 'discounts', c.discounts, 'tax_inclusive', c.tax_inclusive,
             'payment_frequency_count', c.payment_frequency_count,
             'payment_frequency_interval', c.payment_frequency_interval,
             'addon_categories', coalesce((
               select json_object_agg(a.addon_id, a.tax_category) from addons a
                where a.business_id = c.business_id
                  and a.addon_id in (select i->>'addon_id' from jsonb_array_elements(c.items) i)), '{}'))
      from plan_changes c join products p using (business_id, product_id)
     where c.business_id = subscriptions.business_id and c.subscription_id = subscriptions.subscription_id
       and c.status = 'scheduled')`.as('change')
}
