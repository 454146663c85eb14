import { UsageError } from '#cli/usage-error.ts'
import { findBusiness } from '#core/businesses/queries.ts'
import { type BusinessCtx, type Ctx, withBusiness } from '#src/context.ts'

export async function businessNamed(ctx: Ctx, business_id: string): Promise<BusinessCtx> {
  const business = await findBusiness(ctx, business_id)
  if (business !== undefined) return withBusiness(ctx, business)
  throw new UsageError(`There is no business ${business_id} here; portico business create makes one and prints its id.`)
}
