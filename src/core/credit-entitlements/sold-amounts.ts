// What a checkout grants in place of what its product does.
import { formatDecimal, parseDecimal } from '#billing/decimal.ts'
import { from, on } from '#core/scope.ts'
import type { CartItem, CreditTerms } from '#db/json-types.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

interface Granted {
  credit_entitlement_id: string
  terms: CreditTerms
}

/** The credits of a product, in the amounts an item of a cart names for a unit. */
export function inAmountsOf<Credit extends Granted>(
  credits: readonly Credit[],
  item: Pick<CartItem, 'credit_entitlements'> | undefined,
): Credit[] {
  const named = item?.credit_entitlements ?? []
  return credits.map((credit) => {
    const own = named.find(({ credit_entitlement_id: id }) => id === credit.credit_entitlement_id)
    if (own === undefined) return credit
    const credits_amount = formatDecimal(parseDecimal(own.credits_amount))
    return { ...credit, terms: { ...credit.terms, credits_amount } }
  })
}

/** Throws INVALID_REQUEST_BODY for credits that a product of the cart does not grant, or that are named twice. */
export function assertGranted(
  items: readonly CartItem[],
  products: readonly { product: { product_id: string; credits: readonly Pick<Granted, 'credit_entitlement_id'>[] } }[],
): void {
  for (const [index, { product_id, credit_entitlements = [] }] of items.entries()) {
    const ids = credit_entitlements.map(({ credit_entitlement_id }) => credit_entitlement_id)
    const granted = products[index]?.product.credits.map(({ credit_entitlement_id }) => credit_entitlement_id) ?? []
    const foreign = ids.find((id) => !granted.includes(id))
    if (foreign !== undefined) throw refused(`The product ${product_id} does not grant ${foreign}`)
    const twice = ids.find((id, at) => ids.indexOf(id) !== at)
    if (twice !== undefined) throw refused(`The credit entitlement ${twice} is named twice`)
  }
}

function refused(message: string): AppError {
  return new AppError('INVALID_REQUEST_BODY', { message, field: 'product_cart.credit_entitlements' })
}

/** The item of the checkout that sold a product. */
export async function findSoldItem(
  ctx: BusinessCtx,
  checkout_id: string,
  product_id: string,
): Promise<CartItem | undefined> {
  const checkout = await from(ctx, 'checkout_sessions')
    .select('product_cart')
    .where('checkout_id', '=', checkout_id)
    .executeTakeFirst()
  return checkout?.product_cart.find((item) => item.product_id === product_id)
}

/** The same of the checkout a subscription began at, while it is of the product that was sold there. */
export async function findSubscribedItem(
  ctx: BusinessCtx,
  subscription_id: string,
  product_id: string,
): Promise<CartItem | undefined> {
  const begun = await from(ctx, 'subscriptions')
    .innerJoin('checkout_sessions', on('checkout_sessions.checkout_id', 'subscriptions.checkout_id'))
    .select('product_cart')
    .where('subscriptions.subscription_id', '=', subscription_id)
    .executeTakeFirst()
  return begun?.product_cart.find((item) => item.product_id === product_id)
}
