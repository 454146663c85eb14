// Payments as their customer reads them: with what else paid, what was given back or disputed, and their credit notes. Still one query.

import { sql } from 'kysely'
import type { Page } from '#core/paging.ts'
import { type Dues, type PaymentFilter, type PaymentListed, paymentsQuery } from '#core/payments/queries.ts'
import { on } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

export type BillingEntry = PaymentListed & {
  /** What was owed. */
  kind: Dues['kind']
  /** What credit and wallet paid of it besides; minor units. */
  own_funds: number
  /** Too small to be charged: it is on a later invoice. */
  carried_out: boolean
  /** Lines besides the one it is described by. */
  more_lines: number
  refund_pending: boolean
  /** `open`: not decided; `lost`: the bank gave the money back. */
  dispute: 'open' | 'lost' | null
  credit_notes: { credit_note_id: string; number: string }[]
  /** What the purchase came with. */
  license_keys: number
  entitlements: number
}

/** Newest first. */
export async function listBilling(ctx: BusinessCtx, filter: PaymentFilter, page: Page): Promise<BillingEntry[]> {
  return paymentsQuery(ctx, filter, page)
    .innerJoin('dues', on('dues.dues_id', 'payments.dues_id'))
    .select('dues.kind')
    .select([
      sql<number>`case when payments.applied then dues.credit_applied + dues.wallet_applied else 0 end`.as('own_funds'),
      sql<boolean>`exists (select from dues_lines l where l.business_id = payments.business_id
        and l.dues_id = payments.dues_id and l.kind = 'carried' and l.amount < 0)`.as('carried_out'),
      sql<number>`(select count(*) from dues_lines l where l.business_id = payments.business_id
        and l.dues_id = payments.dues_id and l.position > 0 and l.kind <> 'carried' and l.amount > 0)`.as('more_lines'),
      sql<boolean>`exists (select from refunds r where r.business_id = payments.business_id
        and r.payment_id = payments.payment_id and r.status = 'pending')`.as('refund_pending'),
      sql<
        BillingEntry['dispute']
      >`(select case when bool_or(d.status in ('dispute_lost', 'dispute_accepted')) then 'lost'
          when bool_or(d.status not in ('dispute_won', 'dispute_cancelled')) then 'open' end
        from disputes d where d.business_id = payments.business_id and d.payment_id = payments.payment_id)`.as(
        'dispute',
      ),
      sql<BillingEntry['credit_notes']>`coalesce((select json_agg(json_build_object('credit_note_id', n.credit_note_id,
          'number', n.number) order by n.issued_at, n.credit_note_id)
        from credit_notes n where n.business_id = payments.business_id and n.invoice_id = invoices.invoice_id), '[]')`.as(
        'credit_notes',
      ),
      sql<number>`(select count(*) from license_keys k where k.business_id = payments.business_id
        and k.payment_id = payments.payment_id)`.as('license_keys'),
      sql<number>`(select count(*) from entitlement_grants g where g.business_id = payments.business_id
        and g.payment_id = payments.payment_id and g.license_key_id is null)`.as('entitlements'),
    ])
    .execute()
}
