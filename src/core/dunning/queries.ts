import type { Selectable } from 'kysely'
import type { DunningSteps } from '#billing/dunning.ts'
import type { BusinessSettings } from '#core/businesses/queries.ts'
import { from } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export type DunningAttempt = Selectable<DB['dunning_attempts']>

export async function getDunningAttempt(ctx: BusinessCtx, dunning_attempt_id: string): Promise<DunningAttempt> {
  const attempt = await from(ctx, 'dunning_attempts')
    .selectAll()
    .where('dunning_attempt_id', '=', dunning_attempt_id)
    .executeTakeFirst()
  if (attempt === undefined) throw notFound('dunning attempt')
  return attempt
}

/** The setting that switches each reason to remind somebody. */
export const switchOf = {
  on_hold: 'dunning_on_hold',
  past_due: 'dunning_past_due',
  cancelled: 'dunning_cancelled',
} as const satisfies Record<DunningAttempt['trigger_state'], keyof BusinessSettings>

export function stepsOf(settings: BusinessSettings): DunningSteps {
  return [
    settings.dunning_step_1_days,
    settings.dunning_step_2_days,
    settings.dunning_step_3_days,
    settings.dunning_step_4_days,
  ]
}
