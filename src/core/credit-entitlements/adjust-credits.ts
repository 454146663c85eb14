import { roundDown } from '#billing/credit-entitlement.ts'
import { findDecimal } from '#billing/decimal.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { deductCredits } from '#core/credit-entitlements/deduct-credits.ts'
import { expireDue } from '#core/credit-entitlements/expire-grants.ts'
import { grantCredits } from '#core/credit-entitlements/grant-credits.ts'
import { type Book, lockBook } from '#core/credit-entitlements/ledger.ts'
import {
  type CreditEntitlement,
  type CreditLedgerEntry,
  getCreditEntitlement,
} from '#core/credit-entitlements/queries.ts'
import { getCustomer } from '#core/customers/queries.ts'
import { from } from '#core/scope.ts'
import type { Metadata } from '#db/json-types.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { newSecret } from '#src/ids.ts'

export interface CreditAdjustment {
  credit_entitlement_id: string
  customer_id: string
  /** A decimal. */
  amount: string
  entry_type: 'credit' | 'debit'
  /** Of what is added. */
  expires_at: Temporal.Instant | null
  reason: string | null
  metadata: Metadata
  /** The same key is the same adjustment: a repetition answers its entry. */
  idempotency_key: string | null
}

/** The merchant adds credits or uses some up. Throws NEGATIVE_BALANCE_ADJUSTMENT where neither credits nor overage cover it. */
export async function adjustCredits(outer: BusinessCtx, adjustment: CreditAdjustment): Promise<CreditLedgerEntry> {
  const { credit_entitlement_id, customer_id, entry_type, idempotency_key } = adjustment
  const entitlement = await getCreditEntitlement(outer, credit_entitlement_id)
  await getCustomer(outer, customer_id)
  const amount = amountOf(adjustment.amount, entitlement)
  assertAhead(outer, adjustment.expires_at)
  const reason_key = `adjustment:${credit_entitlement_id}:${customer_id}:${idempotency_key ?? newSecret()}`
  return inTransaction(outer, async (ctx) => {
    const book = await lockBook(ctx, adjustment)
    const made = await from(ctx, 'credit_ledger_entries')
      .selectAll()
      .where('reason_key', '=', reason_key)
      .executeTakeFirst()
    if (made !== undefined) return made
    await recordAudit(ctx, {
      action: 'credits.adjusted',
      resource_id: credit_entitlement_id,
      customer_id,
      details: { entry_type, amount: adjustment.amount, reason: adjustment.reason },
    })
    const why = { amount, reason_key, description: adjustment.reason, metadata: adjustment.metadata }
    return entry_type === 'debit'
      ? deductCredits(ctx, book, { ...why, transaction_type: 'manual_adjustment' })
      : add(ctx, book, { ...why, expires_at: adjustment.expires_at }, entitlement)
  })
}

async function add(
  ctx: BusinessCtx,
  book: Book,
  grant: Pick<Parameters<typeof grantCredits>[2], 'amount' | 'reason_key' | 'description' | 'metadata' | 'expires_at'>,
  { overage_behavior }: CreditEntitlement,
): Promise<CreditLedgerEntry> {
  await expireDue(ctx, book)
  const entry = await grantCredits(ctx, book, {
    ...grant,
    source_type: 'api',
    source_id: null,
    subscription_id: null,
    ends_with_cycle: false,
    overage_behavior,
    transaction_type: 'manual_adjustment',
  })
  if (entry === undefined) throw new Error('a new adjustment has not been made before')
  return entry
}

const MOST = 10n ** 10n

function amountOf(text: string, { precision }: CreditEntitlement): bigint {
  const amount = findDecimal(text)
  const field = 'amount'
  if (amount === undefined || amount <= 0n || amount >= MOST * 10n ** 12n) {
    throw new AppError('INVALID_REQUEST_BODY', { message: 'amount must be a decimal above 0 and below 10^10', field })
  }
  if (roundDown(amount, precision) === amount) return amount
  throw new AppError('INVALID_REQUEST_BODY', { message: `amount may have ${precision} decimal places`, field })
}

function assertAhead(ctx: BusinessCtx, expires_at: Temporal.Instant | null): void {
  if (expires_at === null || Temporal.Instant.compare(expires_at, ctx.clock.now()) > 0) return
  throw new AppError('INVALID_REQUEST_BODY', { message: 'expires_at must lie ahead', field: 'expires_at' })
}
