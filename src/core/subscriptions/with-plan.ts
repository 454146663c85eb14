import { from, on, type Scope } from '#core/scope.ts'

/** Subscriptions, each with the product that is its plan. */
export function withPlan(ctx: Scope) {
  return from(ctx, 'subscriptions').innerJoin('products', on('products.product_id', 'subscriptions.product_id'))
}
