// A checkout that is confirmed as it is made: nothing of it is left to a page, so the request has to say all of it.
import type { DirectOrder } from '#core/checkout/order-directly.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { type CreateCheckout, toNewCheckout } from './checkout-input.ts'

/** Undefined where its buyer is to confirm it. Throws INVALID_REQUEST_PARAMETERS for what is missing. */
export function toConfirmedOrder(ctx: BusinessCtx, body: CreateCheckout): DirectOrder | undefined {
  const { confirm = false, payment_method_id = null } = body
  if (!confirm) {
    if (payment_method_id !== null) throw refused('payment_method_id', 'goes with confirm only')
    return undefined
  }
  const checkout = toNewCheckout(ctx, body)
  const { customer, billing, page } = checkout
  if (!customer) throw missing('customer')
  if (!billing) throw missing('billing_address')
  if (payment_method_id !== null && !('customer_id' in customer)) {
    throw refused('customer', 'must name the customer_id whose payment_method_id it is')
  }
  if (body.product_collection_id != null) throw refused('product_collection_id', 'leaves the choice to the buyer')
  if (page?.tax_id === 'required' && checkout.tax_id === null) throw missing('tax_id')
  if (payment_method_id !== null && page?.custom_fields.some(({ required }) => required)) {
    throw refused('custom_fields', 'that are required can be answered on the page only, and a saved method needs none')
  }
  return { ...checkout, customer, billing, payment_method_id, sells: 'anything' }
}

function missing(field: string): AppError {
  return refused(field, 'is needed to confirm the checkout')
}

function refused(field: string, problem: string): AppError {
  return new AppError('INVALID_REQUEST_PARAMETERS', { message: `${field} ${problem}`, field })
}
