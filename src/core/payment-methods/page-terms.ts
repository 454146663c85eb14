// What is asked of the processor's page besides the money.
import { type Checkout, getCheckout } from '#core/checkout/queries.ts'
import { from, on } from '#core/scope.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import type { HostedPageRequest } from '#processors/processor.ts'
import type { BusinessCtx } from '#src/context.ts'

export type PageTerms = Pick<HostedPageRequest, 'allowed_types' | 'challenge' | 'statement_descriptor'>

/** Of nothing that was sold. */
export const NO_TERMS: PageTerms = { allowed_types: null, challenge: false, statement_descriptor: null }

export async function checkoutPageTerms(
  ctx: BusinessCtx,
  { product_cart, allowed_payment_method_types, force_3ds }: Checkout,
): Promise<PageTerms> {
  // All products of a cart have one brand.
  const statement_descriptor = await findDescriptor(ctx, product_cart[0]?.product_id ?? '')
  return { allowed_types: allowed_payment_method_types, challenge: force_3ds, statement_descriptor }
}

/** `allowed_types` are those of the link it is paid at: what the checkout allowed was for the checkout. */
export async function subscriptionPageTerms(
  ctx: BusinessCtx,
  { product_id, subscription_id }: Pick<Subscription, 'product_id' | 'subscription_id'>,
  allowed_types: PageTerms['allowed_types'],
): Promise<PageTerms> {
  const statement_descriptor = await findDescriptor(ctx, product_id)
  return {
    allowed_types,
    challenge: await asksAlways(ctx, { subscription_id, checkout_id: null }),
    statement_descriptor,
  }
}

/** Whether the checkout that is paid, or that the subscription began at, wants the bank to ask in any case. */
export async function asksAlways(
  ctx: BusinessCtx,
  { checkout_id, subscription_id }: { checkout_id: string | null; subscription_id: string | null },
): Promise<boolean> {
  if (checkout_id !== null) return (await getCheckout(ctx, checkout_id)).force_3ds
  if (subscription_id === null) return false
  const begun = await from(ctx, 'subscriptions')
    .innerJoin('checkout_sessions', on('checkout_sessions.checkout_id', 'subscriptions.checkout_id'))
    .select('checkout_sessions.force_3ds')
    .where('subscriptions.subscription_id', '=', subscription_id)
    .executeTakeFirst()
  return begun?.force_3ds ?? false
}

/** Of the brand a product is sold under. */
async function findDescriptor(ctx: BusinessCtx, product_id: string): Promise<string | null> {
  const sold = await from(ctx, 'products')
    .innerJoin('brands', on('brands.brand_id', 'products.brand_id'))
    .select('brands.statement_descriptor')
    .where('products.product_id', '=', product_id)
    .executeTakeFirst()
  return sold?.statement_descriptor ?? null
}
