import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Subscriptions, each with the product that is its plan. */
export function withPlan(ctx: BusinessCtx) {
  return from(ctx, 'subscriptions').innerJoin('products', (join) =>
    join
      .onRef('products.business_id', '=', 'subscriptions.business_id')
      .onRef('products.product_id', '=', 'subscriptions.product_id'),
  )
}
