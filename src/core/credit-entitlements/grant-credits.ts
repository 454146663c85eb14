import { repayOverage } from '#billing/credit-entitlement.ts'
import { type Decimal, formatDecimal } from '#billing/decimal.ts'
import { type Book, type Movement, writeEntry } from '#core/credit-entitlements/ledger.ts'
import type { CreditGrant, CreditLedgerEntry } from '#core/credit-entitlements/queries.ts'
import { from, owned } from '#core/scope.ts'
import type { CreditTerms, Metadata } from '#db/json-types.ts'
import { json } from '#db/temporal.ts'
import type { BusinessCtx } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export interface NewCreditGrant {
  /** Deterministic: the same credits are granted once. */
  reason_key: string
  amount: Decimal
  source_type: CreditGrant['source_type']
  source_id: string | null
  subscription_id: string | null
  expires_at: Temporal.Instant | null
  /** What is left at the subscription's next billing date rolls over or lapses. */
  ends_with_cycle: boolean
  overage_behavior: CreditTerms['overage_behavior']
  transaction_type?: 'credit_added' | 'manual_adjustment'
  description?: string | null
  metadata?: Metadata
}

/** Adds credits to a locked balance, once per reason; first to what was used beyond the old ones, where the terms say so. */
export async function grantCredits(
  ctx: BusinessCtx,
  book: Book,
  grant: NewCreditGrant,
): Promise<CreditLedgerEntry | undefined> {
  if (grant.amount <= 0n || (await wasGranted(ctx, grant.reason_key))) return undefined
  const { granted, overage } = repayOverage(grant.amount, book.overage, grant.overage_behavior)
  const grant_id = await insertGrant(ctx, book, {
    ...grant,
    remaining: granted,
    rollover_count: 0,
    parent_grant_id: null,
  })
  const movement: Movement = {
    transaction_type: grant.transaction_type ?? 'credit_added',
    amount: grant.amount,
    is_credit: true,
    balance: book.balance + granted,
    overage,
    grant_id,
    reference: grant.source_id === null ? null : { type: grant.source_type, id: grant.source_id },
    reason_key: grant.reason_key,
  }
  return writeEntry(ctx, book, { ...movement, description: grant.description ?? null, metadata: grant.metadata ?? {} })
}

export async function insertGrant(
  ctx: BusinessCtx,
  { held }: Book,
  grant: Omit<NewCreditGrant, 'overage_behavior'> & {
    remaining: Decimal
    rollover_count: number
    parent_grant_id: string | null
  },
): Promise<string> {
  const { amount, remaining, expires_at, metadata, ends_with_cycle } = grant
  const { reason_key, source_type, source_id, subscription_id, rollover_count, parent_grant_id } = grant
  const now = ctx.clock.now()
  const { grant_id } = await ctx.db
    .insertInto('credit_grants')
    .values({
      ...owned(ctx),
      ...held,
      grant_id: newId('credit_grant', ctx.wall.now().epochMilliseconds),
      ...{ reason_key, source_type, source_id, subscription_id, rollover_count, parent_grant_id },
      initial_amount: formatDecimal(amount),
      remaining_amount: formatDecimal(remaining),
      ends_with_cycle,
      expires_at,
      due_at: remaining > 0n ? expires_at : null,
      metadata: json(metadata ?? {}),
      created_at: now,
      updated_at: now,
    })
    .returning('grant_id')
    .executeTakeFirstOrThrow()
  return grant_id
}

async function wasGranted(ctx: BusinessCtx, reason_key: string): Promise<boolean> {
  const known = await from(ctx, 'credit_grants')
    .select('grant_id')
    .where('reason_key', '=', reason_key)
    .executeTakeFirst()
  return known !== undefined
}
