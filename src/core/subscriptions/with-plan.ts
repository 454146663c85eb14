import { from, on } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Subscriptions, each with the product that is its plan. */
export function withPlan(ctx: BusinessCtx) {
  return from(ctx, 'subscriptions').innerJoin('products', on('products.product_id', 'subscriptions.product_id'))
}
