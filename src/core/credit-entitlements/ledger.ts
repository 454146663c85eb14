// The one place that moves a balance of credits. It is locked first; every movement is an entry, and an event that tells it.
import { type Decimal, formatDecimal, parseDecimal } from '#billing/decimal.ts'
import type { CreditBalance, CreditGrant, CreditLedgerEntry, Held } from '#core/credit-entitlements/queries.ts'
import { type MerchantEventType, recordEvent } from '#core/events/record-event.ts'
import { from, owned, update } from '#core/scope.ts'
import type { Metadata } from '#db/json-types.ts'
import { json } from '#db/temporal.ts'
import type { BusinessCtx } from '#src/context.ts'
import { newId } from '#src/ids.ts'

/** A locked balance; entries change it. */
export interface Book {
  readonly held: Held
  balance: Decimal
  overage: Decimal
}

/** Locks the balance, and makes it where the customer had none. Taken after subscription, dues, payment and wallet. */
export async function lockBook(ctx: BusinessCtx, { credit_entitlement_id, customer_id }: Held): Promise<Book> {
  const now = ctx.clock.now()
  const held = { credit_entitlement_id, customer_id }
  const balance_id = newId('credit_balance', ctx.wall.now().epochMilliseconds)
  await ctx.db
    .insertInto('credit_balances')
    .values({ ...owned(ctx), ...held, balance_id, balance: '0', overage: '0', created_at: now, updated_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row: Pick<CreditBalance, 'balance' | 'overage'> = await from(ctx, 'credit_balances')
    .select(['balance', 'overage'])
    .where('credit_entitlement_id', '=', credit_entitlement_id)
    .where('customer_id', '=', customer_id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { held, balance: parseDecimal(row.balance), overage: parseDecimal(row.overage) }
}

export interface Movement {
  transaction_type: CreditLedgerEntry['transaction_type']
  /** More than 0. */
  amount: Decimal
  is_credit: boolean
  /** As they are afterwards; left out, they stay. */
  balance?: Decimal
  overage?: Decimal
  grant_id?: string | null
  reference?: { type: string; id: string } | null
  description?: string | null
  metadata?: Metadata
  /** Deterministic, where the same thing must not be written twice. */
  reason_key?: string | null
}

const EVENTS: Record<CreditLedgerEntry['transaction_type'], MerchantEventType> = {
  credit_added: 'credit.added',
  credit_deducted: 'credit.deducted',
  credit_expired: 'credit.expired',
  credit_rolled_over: 'credit.rolled_over',
  rollover_forfeited: 'credit.rollover_forfeited',
  overage_charged: 'credit.overage_charged',
  overage_reset: 'credit.overage_reset',
  manual_adjustment: 'credit.manual_adjustment',
  auto_top_up: 'credit.added',
  refund: 'credit.added',
}

export async function writeEntry(ctx: BusinessCtx, book: Book, movement: Movement): Promise<CreditLedgerEntry> {
  const { transaction_type, amount, is_credit, balance = book.balance, overage = book.overage } = movement
  const now = ctx.clock.now()
  const entry = await ctx.db
    .insertInto('credit_ledger_entries')
    .values({
      ...owned(ctx),
      ...book.held,
      entry_id: newId('credit_ledger_entry', ctx.wall.now().epochMilliseconds),
      transaction_type,
      amount: formatDecimal(amount),
      is_credit,
      balance_before: formatDecimal(book.balance),
      balance_after: formatDecimal(balance),
      overage_before: formatDecimal(book.overage),
      overage_after: formatDecimal(overage),
      grant_id: movement.grant_id ?? null,
      reference_type: movement.reference?.type ?? null,
      reference_id: movement.reference?.id ?? null,
      description: movement.description ?? null,
      metadata: json(movement.metadata ?? {}),
      reason_key: movement.reason_key ?? null,
      created_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await update(ctx, 'credit_balances')
    .set({ balance: entry.balance_after, overage: entry.overage_after, last_transaction_at: now, updated_at: now })
    .where('credit_entitlement_id', '=', book.held.credit_entitlement_id)
    .where('customer_id', '=', book.held.customer_id)
    .execute()
  Object.assign(book, { balance, overage })
  const { customer_id } = book.held
  await recordEvent(ctx, { type: EVENTS[transaction_type], resource_id: entry.entry_id, customer_id })
  return entry
}

/** What is left of the customer's grants; the balance is locked. */
export async function readGrants(ctx: BusinessCtx, { held }: Book): Promise<CreditGrant[]> {
  return from(ctx, 'credit_grants')
    .selectAll()
    .where('credit_entitlement_id', '=', held.credit_entitlement_id)
    .where('customer_id', '=', held.customer_id)
    .where('remaining_amount', '>', '0')
    .orderBy('created_at')
    .orderBy('grant_id')
    .execute()
}

/** Takes from a grant; nothing is due of one that is used up. */
export async function drawGrant(ctx: BusinessCtx, grant: CreditGrant, amount: Decimal): Promise<void> {
  const left = parseDecimal(grant.remaining_amount) - amount
  await update(ctx, 'credit_grants')
    .set({
      remaining_amount: formatDecimal(left),
      updated_at: ctx.clock.now(),
      ...(left === 0n ? { due_at: null } : {}),
    })
    .where('grant_id', '=', grant.grant_id)
    .execute()
}
