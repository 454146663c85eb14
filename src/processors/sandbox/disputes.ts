// Disputes: the holders of one test card ask their bank for the money back as soon as they have paid. Who wins is decided on a page.

import type { DisputeOutcome, NeverSeen } from '#processors/processor.ts'
import { type Books, inBooks, isReference, newReference, recordHook } from './books.ts'
import type { DisputeRow, IntentRow } from './tables.ts'

/** What a person may do with a dispute that is open. */
export type DisputeStep = 'challenged' | 'accepted' | 'won' | 'lost'

/** Belongs into the transaction that takes the money. */
export async function openDispute(tx: Books, { business_id, key, amount, currency }: IntentRow): Promise<void> {
  const dispute_id = newReference('dsp')
  await tx.db
    .insertInto('disputes')
    .values({ business_id, dispute_id, payment_key: key, status: 'opened', amount, currency, created_at: tx.now() })
    .execute()
  await recordHook(tx, { business_id, key: dispute_id, kind: 'dispute' })
}

/** Moves a dispute on; one that is decided stays as it is. */
export async function moveDispute(
  books: Books,
  dispute_id: string,
  step: DisputeStep,
): Promise<DisputeRow | undefined> {
  if (!isReference(dispute_id)) return undefined
  return inBooks(books, async (tx) => {
    const moved = await tx.db
      .updateTable('disputes')
      .set({ status: step, decided_at: step === 'challenged' ? null : tx.now() })
      .where('dispute_id', '=', dispute_id)
      .where('decided_at', 'is', null)
      .returningAll()
      .executeTakeFirst()
    if (moved !== undefined) await recordHook(tx, { ...moved, key: dispute_id, kind: 'dispute' })
    return moved
  })
}

export async function findDispute(books: Books, dispute_id: string): Promise<DisputeRow | undefined> {
  if (!isReference(dispute_id)) return undefined
  return books.db.selectFrom('disputes').selectAll().where('dispute_id', '=', dispute_id).executeTakeFirst()
}

export async function retrieveDispute(
  books: Books,
  business_id: string,
  reference: string,
): Promise<DisputeOutcome | NeverSeen> {
  const found = await findDispute(books, reference)
  if (found?.business_id !== business_id) return { status: 'never_seen' }
  const { payment_key, status, amount, currency } = found
  return {
    status: 'known',
    dispute: {
      reference,
      payment_key,
      status: `dispute_${status}`,
      stage: 'dispute',
      amount,
      currency,
      reason: 'fraudulent',
      remarks: found.decided_at === null ? `Decide it at ${books.baseUrl}${disputePath(reference)}` : null,
      is_resolved_by_rdr: null,
    },
  }
}

export function disputePath(dispute_id: string): string {
  return `/sandbox/disputes/${dispute_id}`
}
