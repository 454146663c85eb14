// A payment with all that is said about it where it stands alone, and what a list says beyond the row.

import { sum } from '#billing/money.ts'
import { withCustomers } from '#core/customers/customers-by-id.ts'
import { type Customer, getCustomer } from '#core/customers/queries.ts'
import { type DiscountDetail, detailsOf } from '#core/discounts/details.ts'
import { type Dispute, listDisputesOf } from '#core/disputes/queries.ts'
import { findInvoice } from '#core/invoices/queries.ts'
import {
  getDues,
  getDuesDiscounts,
  getDuesLines,
  getPayment,
  type Payment,
  type PaymentListed,
} from '#core/payments/queries.ts'
import type { Refund } from '#core/refunds/queries.ts'
import { from } from '#core/scope.ts'
import type { Processor } from '#processors/processor.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface PaymentFacts {
  customer: Customer
  /** As the API names the processor. */
  provider: Processor['provider']
}

export type PaymentWhole = Payment &
  PaymentFacts & {
    invoice_id: string | null
    /** By the payment method and the wallet, in minor units. */
    paid_total: number
    /** Of that, given back so far. */
    refunded: number
    products: { product_id: string; quantity: number }[]
    /** Newest first. */
    refunds: Refund[]
    /** Oldest first. */
    disputes: Dispute[]
    discounts: DiscountDetail[]
  }

export async function getPaymentWhole(ctx: BusinessCtx, payment_id: string): Promise<PaymentWhole> {
  const payment = await getPayment(ctx, payment_id)
  const taken = await getDuesDiscounts(ctx, payment.dues_id)
  const [customer, dues, lines, invoice, refunds, disputes] = await Promise.all([
    getCustomer(ctx, payment.customer_id),
    getDues(ctx, payment.dues_id),
    getDuesLines(ctx, payment.dues_id),
    findInvoice(ctx, payment_id),
    listRefundsOf(ctx, payment_id),
    listDisputesOf(ctx, payment_id),
  ])
  return {
    ...payment,
    customer,
    provider: providerOf(ctx, payment.processor),
    invoice_id: invoice?.invoice_id ?? null,
    paid_total: payment.total_amount + (payment.applied ? dues.wallet_applied : 0),
    refunded: sum(refunds.map((refund) => (refund.status === 'succeeded' ? refund.amount + refund.wallet_amount : 0))),
    products: lines.flatMap(({ product_id, quantity }) => (product_id === null ? [] : [{ product_id, quantity }])),
    refunds,
    disputes,
    discounts: await detailsOf(
      ctx,
      taken.map(({ discount_id }) => ({ discount_id, cycles_remaining: null })),
    ),
  }
}

export async function listRefundsOf(ctx: BusinessCtx, payment_id: string): Promise<Refund[]> {
  return from(ctx, 'refunds')
    .selectAll()
    .where('payment_id', '=', payment_id)
    .orderBy('created_at', 'desc')
    .orderBy('refund_id', 'desc')
    .execute()
}

export type PaymentInList = PaymentListed &
  PaymentFacts & {
    has_license_key: boolean
    /** Of the latest dispute. */
    dispute_status: Dispute['status'] | null
  }

export async function withPaymentFacts(ctx: BusinessCtx, payments: readonly PaymentListed[]): Promise<PaymentInList[]> {
  if (payments.length === 0) return []
  const ids = payments.map(({ payment_id }) => payment_id)
  const [named, keys, disputes] = await Promise.all([
    withCustomers(ctx, payments),
    from(ctx, 'license_keys').select('payment_id').distinct().where('payment_id', 'in', ids).execute(),
    from(ctx, 'disputes')
      .select(['payment_id', 'status'])
      .where('payment_id', 'in', ids)
      .orderBy('created_at')
      .execute(),
  ])
  const disputed = new Map(disputes.map(({ payment_id, status }) => [payment_id, status]))
  const withKey = new Set(keys.map(({ payment_id }) => payment_id))
  return named.map((payment) => ({
    ...payment,
    provider: providerOf(ctx, payment.processor),
    has_license_key: withKey.has(payment.payment_id),
    dispute_status: disputed.get(payment.payment_id) ?? null,
  }))
}

/** A payment of nothing had no processor; a processor may have been taken away since. */
export function providerOf(ctx: BusinessCtx, name: string | null): Processor['provider'] {
  return ctx.processors.find((processor) => processor.name === name)?.provider ?? 'dodo'
}
