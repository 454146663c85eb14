// The credits a product grants, and on what terms.
import { getCreditEntitlement } from '#core/credit-entitlements/queries.ts'
import { resolveTerms } from '#core/credit-entitlements/terms.ts'
import { from, on, owned } from '#core/scope.ts'
import type { CreditTerms } from '#db/json-types.ts'
import { json } from '#db/temporal.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { newId } from '#src/ids.ts'

/** What is left out or null is the entitlement's. */
export type NewProductCredit = { credit_entitlement_id: string; credits_amount: string } & {
  [K in keyof CreditTerms]?: CreditTerms[K] | null | undefined
}

/** With what the entitlement says of itself. */
export interface ProductCredit {
  product_id: string
  mapping_id: string
  credit_entitlement_id: string
  name: string
  unit: string
  terms: CreditTerms
}

/** In the order they were given. */
export async function readProductCredits(ctx: BusinessCtx, product_ids: readonly string[]): Promise<ProductCredit[]> {
  if (product_ids.length === 0) return []
  return from(ctx, 'product_credits')
    .innerJoin(
      'credit_entitlements',
      on('credit_entitlements.credit_entitlement_id', 'product_credits.credit_entitlement_id'),
    )
    .select(['product_id', 'mapping_id', 'product_credits.credit_entitlement_id', 'name', 'unit', 'terms'])
    .where('product_id', 'in', [...product_ids])
    .orderBy('position')
    .execute()
}

/** The credits of a product become exactly these; running subscriptions keep theirs. */
export async function writeProductCredits(
  ctx: BusinessCtx,
  product_id: string,
  credits: readonly NewProductCredit[],
): Promise<void> {
  const ids = credits.map(({ credit_entitlement_id }) => credit_entitlement_id)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined) throw refused(`The credit entitlement ${twice} is named twice`)
  await ctx.db
    .deleteFrom('product_credits')
    .where('business_id', '=', ctx.business.business_id)
    .where('product_id', '=', product_id)
    .execute()
  for (const [position, { credit_entitlement_id, ...given }] of credits.entries()) {
    const entitlement = await getCreditEntitlement(ctx, credit_entitlement_id)
    if (entitlement.deleted_at !== null) throw refused(`The credit entitlement ${credit_entitlement_id} is deleted`)
    const mapping_id = newId('product_credit', ctx.wall.now().epochMilliseconds)
    await ctx.db
      .insertInto('product_credits')
      .values({
        ...{ ...owned(ctx), product_id, credit_entitlement_id, mapping_id, position },
        terms: json(assertSound(resolveTerms(entitlement, given))),
      })
      .execute()
  }
}

/** Overage that is invoiced needs a price. */
export function assertSound(terms: CreditTerms): CreditTerms {
  const invoiced = terms.overage_enabled && terms.overage_behavior === 'invoice_at_billing'
  if (invoiced && terms.price_per_unit === null) throw refused('Overage that is invoiced needs a price_per_unit')
  return terms
}

function refused(message: string): AppError {
  return new AppError('INVALID_REQUEST_BODY', { message, field: 'credit_entitlements' })
}
