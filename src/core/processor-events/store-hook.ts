import { WORK_CHANNEL } from '#core/work-channel.ts'
import { notify } from '#db/listen.ts'
import type { ProcessorHook } from '#processors/processor.ts'
import { type BusinessCtx, inTransaction, processorNamed } from '#src/context.ts'

/** Verifies a processor's webhook and keeps it to be read later; false where it is forged or stale. A redelivery changes nothing. */
export async function storeHook(outer: BusinessCtx, processor: string, hook: ProcessorHook): Promise<boolean> {
  const events = await processorNamed(outer, processor).readHook(outer.business.business_id, hook)
  if (events === undefined) return false
  await inTransaction(outer, async (ctx) => {
    const now = ctx.wall.now()
    for (const event of events) {
      await ctx.db
        .insertInto('processor_events')
        .values({
          business_id: ctx.business.business_id,
          processor,
          processor_event_id: event.event_id,
          kind: event.kind,
          processor_key: event.key,
          received_at: now,
          next_attempt_at: now,
        })
        .onConflict((conflict) => conflict.columns(['business_id', 'processor', 'processor_event_id']).doNothing())
        .execute()
    }
    await notify(ctx.db, WORK_CHANNEL, ctx.mode)
  })
  return true
}
