import type { Updateable } from 'kysely'
import { from, update } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

export async function planRetry(
  ctx: BusinessCtx,
  dues_id: string,
  plan: Pick<Updateable<DB['dues']>, 'declined_at' | 'next_retry_at'>,
): Promise<void> {
  await update(ctx, 'dues').set(plan).where('dues_id', '=', dues_id).where('status', '=', 'open').execute()
}

export interface RetriesMade {
  automatic: number
  /** By hand. */
  sends_used: number
  retries: number
  last_sent_at: Temporal.Instant | null
}

export async function countRetries(ctx: BusinessCtx, dues_id: string): Promise<RetriesMade> {
  const made = await from(ctx, 'payments')
    .select(['origin', 'created_at'])
    .where('dues_id', '=', dues_id)
    .where('retry_attempt', '>', 0)
    .orderBy('attempt')
    .execute()
  const sends = made.filter(({ origin }) => origin === 'manual_retry')
  return {
    automatic: made.length - sends.length,
    sends_used: sends.length,
    retries: made.length,
    last_sent_at: sends.at(-1)?.created_at ?? null,
  }
}
