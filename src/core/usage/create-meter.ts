import { recordAudit } from '#core/audit/record-audit.ts'
import { owned } from '#core/scope.ts'
import type { Meter } from '#core/usage/queries.ts'
import { json } from '#db/temporal.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export type NewMeter = Pick<
  Meter,
  'name' | 'description' | 'event_name' | 'measurement_unit' | 'aggregation_type' | 'aggregation_key' | 'filter'
>

/** Counts what is reported from now on. How it measures is never changed. */
export async function createMeter(outer: BusinessCtx, { filter, ...meter }: NewMeter): Promise<Meter> {
  return inTransaction(outer, async (ctx) => {
    const meter_id = newId('meter', ctx.wall.now().epochMilliseconds)
    const now = ctx.clock.now()
    const made = await ctx.db
      .insertInto('meters')
      .values({
        ...owned(ctx),
        meter_id,
        ...meter,
        filter: filter === null ? null : json(filter),
        created_at: now,
        updated_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await recordAudit(ctx, { action: 'meter.created', resource_id: meter_id, customer_id: null })
    return made
  })
}
