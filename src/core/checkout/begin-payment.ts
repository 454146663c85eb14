// The buyer pressed Pay: write who buys, what is owed and the attempt; then open the processor's page, or charge what is saved there.

import { closeEarlierAttempt } from '#core/checkout/close-earlier-attempt.ts'
import { openPage, stepOf } from '#core/checkout/open-page.ts'
import { rulesOf } from '#core/checkout/page-rules.ts'
import { lockCheckout } from '#core/checkout/store.ts'
import { writeAttempt } from '#core/checkout/write-attempt.ts'
import { type Order, writeOrder } from '#core/checkout/write-order.ts'
import { assertAllowed } from '#core/payment-methods/allowed-types.ts'
import { lockPaymentMethod } from '#core/payment-methods/remove-method.ts'
import { collectPayment } from '#core/payments/collect-payment.ts'
import type { CustomFieldResponse } from '#db/checkout-json.ts'
import type { BillingAddress } from '#db/json-types.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

/** Who buys, as the order says it. */
export interface Orderer {
  email: string
  name: string
  phone_number: string | null
  billing: BillingAddress
  /** What the shop told of these two stays where they are not given. */
  tax_id?: string | null
  customer_business_name?: string | null
  /** To the shop's own questions. */
  custom_field_responses?: CustomFieldResponse[]
  /** Null: not known. */
  locale: string | null
}

/** One who is there. */
export interface Buyer extends Orderer {
  locale: string
}

/** Where the browser goes next: the processor's page, or the checkout's own end where nothing had to be paid. */
export type NextStep = { type: 'page'; url: string } | { type: 'done' } | { type: 'checking' }

/**
 * `payment_method_id` is one of those the page offered. Throws CHECKOUT_SESSION_CONSUMED where it was paid, PREVIOUS_PAYMENT_PENDING where an
 * attempt is still undecided, and what keeps its codes from being redeemed by this buyer.
 */
export async function beginPayment(
  outer: BusinessCtx,
  checkout_id: string,
  buyer: Buyer,
  payment_method_id: string | null = null,
): Promise<NextStep> {
  await closeEarlierAttempt(outer, checkout_id)
  const attempt = await inTransaction(outer, async (ctx) => {
    const order = await writeOrder(ctx, await lockCheckout(ctx, checkout_id), buyer)
    if (payment_method_id !== null) await assertOffered(ctx, order, payment_method_id)
    return writeAttempt(ctx, order, { ...buyer, payment_method_id })
  })
  if (attempt.type === 'done') return attempt
  if (payment_method_id === null || attempt.type === 'setup') return openPage(outer, checkout_id, attempt, buyer)
  return stepOf(await collectPayment(outer, attempt.payment_id, outer.urls.checkoutReturn(checkout_id)))
}

/** Throws NOT_FOUND for a method that the page did not offer to this buyer. */
async function assertOffered(ctx: BusinessCtx, { checkout, customer_id }: Order, id: string): Promise<void> {
  const method = rulesOf(checkout).saved_methods_of === customer_id ? await lockPaymentMethod(ctx, id) : undefined
  if (method?.customer_id !== customer_id || method.removed_at !== null) throw notFound('payment method')
  assertAllowed(method, checkout.allowed_payment_method_types)
}
