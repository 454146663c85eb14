// Credits whose time has come are no longer there: by the worker, and before anything is taken from the balance.
import { parseDecimal } from '#billing/decimal.ts'
import { type Book, drawGrant, lockBook, readGrants, writeEntry } from '#core/credit-entitlements/ledger.ts'
import type { CreditGrant } from '#core/credit-entitlements/queries.ts'
import { from } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

export async function expireGrant(outer: BusinessCtx, grant_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const grant = await from(ctx, 'credit_grants').selectAll().where('grant_id', '=', grant_id).executeTakeFirst()
    if (grant !== undefined) await expireDue(ctx, await lockBook(ctx, grant))
  })
}

/** Answers the grants that still count. */
export async function expireDue(ctx: BusinessCtx, book: Book): Promise<CreditGrant[]> {
  const now = ctx.clock.now()
  const counting: CreditGrant[] = []
  for (const grant of await readGrants(ctx, book)) {
    const over = grant.expires_at !== null && Temporal.Instant.compare(grant.expires_at, now) <= 0
    if (over) await expire(ctx, book, grant)
    else counting.push(grant)
  }
  return counting
}

/** What is left of a grant is lost. */
export async function expire(ctx: BusinessCtx, book: Book, grant: CreditGrant): Promise<void> {
  const amount = parseDecimal(grant.remaining_amount)
  if (amount === 0n) return
  await drawGrant(ctx, grant, amount)
  await writeEntry(ctx, book, {
    transaction_type: 'credit_expired',
    amount,
    is_credit: false,
    balance: book.balance - amount,
    grant_id: grant.grant_id,
  })
}
