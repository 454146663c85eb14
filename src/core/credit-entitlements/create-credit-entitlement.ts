import { recordAudit } from '#core/audit/record-audit.ts'
import type { CreditEntitlement } from '#core/credit-entitlements/queries.ts'
import { owned } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { newId } from '#src/ids.ts'

export type CreditEntitlementFields = Omit<
  CreditEntitlement,
  'business_id' | 'credit_entitlement_id' | 'deleted_at' | 'created_at' | 'updated_at'
>

export async function createCreditEntitlement(
  outer: BusinessCtx,
  fields: CreditEntitlementFields,
): Promise<CreditEntitlement> {
  assertComplete(fields)
  return inTransaction(outer, async (ctx) => {
    const now = ctx.clock.now()
    const credit_entitlement_id = newId('credit_entitlement', ctx.wall.now().epochMilliseconds)
    const made = await ctx.db
      .insertInto('credit_entitlements')
      .values({ ...owned(ctx), credit_entitlement_id, ...fields, created_at: now, updated_at: now })
      .returningAll()
      .executeTakeFirstOrThrow()
    await recordAudit(ctx, {
      action: 'credit_entitlement.created',
      resource_id: credit_entitlement_id,
      customer_id: null,
    })
    return made
  })
}

/** A price has a currency, a timeframe a count and an interval, invoiced overage a price. */
export function assertComplete(fields: Partial<CreditEntitlementFields>): void {
  const { price_per_unit = null, currency = null } = fields
  if (price_per_unit !== null && currency === null) throw refused('currency', 'price_per_unit needs a currency')
  const { rollover_timeframe_count = null, rollover_timeframe_interval = null } = fields
  if ((rollover_timeframe_count === null) !== (rollover_timeframe_interval === null)) {
    throw refused('rollover_timeframe_count', 'A rollover timeframe has a count and an interval')
  }
  if (fields.overage_enabled && fields.overage_behavior === 'invoice_at_billing' && price_per_unit === null) {
    throw refused('price_per_unit', 'Overage that is invoiced needs a price_per_unit')
  }
}

function refused(field: string, message: string): AppError {
  return new AppError('INVALID_REQUEST_BODY', { message, field })
}
