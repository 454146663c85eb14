// What was billed of a subscription's usage, period by period, with the invoice it is on.
import { sql } from 'kysely'
import { offsetOf, type Page } from '#core/paging.ts'
import { from, on } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Units are decimals. */
export interface BilledMeter {
  name: string
  measurement_unit: string
  units: string
  free_units: string
  chargeable_units: string
  /** Minor units, as a decimal. */
  price_per_unit: string
  /** Minor units, before discounts and tax. */
  amount: number
  /** Credits that paid for it in place of money. */
  credits: { used: string; unit: string } | null
  /** It was too little to be charged when the subscription ended. */
  waived: boolean
  /** Null while nothing of it is paid. */
  invoice: { payment_id: string; number: string } | null
}

export interface BilledPeriod {
  period_start: Temporal.Instant
  period_end: Temporal.Instant
  meters: BilledMeter[]
}

/** Newest first. A change of plan cuts a period in two. */
export async function listBilledUsage(ctx: BusinessCtx, subscription_id: string, page: Page): Promise<BilledPeriod[]> {
  return from(ctx, 'usage_charges')
    .innerJoin('meters', on('meters.meter_id', 'usage_charges.meter_id'))
    .leftJoin(
      'credit_entitlements',
      on('credit_entitlements.credit_entitlement_id', 'usage_charges.credit_entitlement_id'),
    )
    .select(['period_start', 'period_end'])
    .select(
      sql<BilledMeter[]>`json_agg(json_build_object('name', meters.name, 'measurement_unit', measurement_unit,
        'units', trim_scale(units)::text, 'free_units', trim_scale(free_units)::text,
        'chargeable_units', trim_scale(chargeable_units)::text,
        'price_per_unit', trim_scale(usage_charges.price_per_unit)::text, 'amount', amount,
        'credits', case when credits is not null then
          json_build_object('used', trim_scale(credits)::text, 'unit', credit_entitlements.unit) end,
        'waived', waived_at is not null, 'invoice', ${invoiceOf}) order by meters.name, meters.meter_id)`.as('meters'),
    )
    .where('subscription_id', '=', subscription_id)
    .groupBy(['period_start', 'period_end'])
    .orderBy('period_start', 'desc')
    .orderBy('period_end', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
}

const invoiceOf = sql`(select json_build_object('payment_id', i.payment_id, 'number', i.number)
  from dues_lines l
  join payments p on p.business_id = l.business_id and p.dues_id = l.dues_id and p.applied
  join invoices i on i.business_id = p.business_id and i.payment_id = p.payment_id
 where l.business_id = usage_charges.business_id and l.charge_id = usage_charges.charge_id
 order by i.issued_at limit 1)`
