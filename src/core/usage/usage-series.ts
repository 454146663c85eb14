// The course of usage over a stretch of time. Only rollups are read, at most one for each hour, however many events there were.
import { type Selectable, sql } from 'kysely'
import { type StepOfTime, stepOf, stepsOf, type UsageStep } from '#billing/usage-steps.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface UsagePoint extends StepOfTime {
  /** What was used in it, its highest or its last value; a decimal. Null where nothing was reported. */
  units: string | null
}

export interface UsageSeries {
  step: UsageStep
  /** All of the stretch, what is still to come as well. */
  points: UsagePoint[]
}

interface OneMeter {
  subscription_id: string
  meter_id: string
  aggregation_type: Selectable<DB['meters']>['aggregation_type']
}

/** By days of the business's time zone, by hours where it is short, by months where it is long. */
export async function readUsageSeries(
  ctx: BusinessCtx,
  { subscription_id, meter_id, aggregation_type }: OneMeter,
  since: Temporal.Instant,
  until: Temporal.Instant,
): Promise<UsageSeries> {
  const { timezone } = ctx.business
  const step = stepOf(since, until)
  const { rows } = await sql<{ at: Temporal.Instant; units: string }>`
    select date_trunc(${step}, bucket_start, ${timezone}) as at, (${unitsBy[aggregation_type]})::text as units
      from usage_rollups
     where business_id = ${ctx.business.business_id} and subscription_id = ${subscription_id} and meter_id = ${meter_id}
       and bucket_start >= ${since} and bucket_start < ${until}
     group by 1
  `.execute(ctx.db)
  const units = new Map(rows.map((row) => [row.at.epochMilliseconds, row.units]))
  const points = stepsOf(since, until, step, timezone).map((each) => {
    return { ...each, units: units.get(each.start.epochMilliseconds) ?? null }
  })
  return { step, points }
}

const added = sql`sum(total)`
const unitsBy = {
  count: added,
  sum: added,
  max: sql`max(highest)`,
  last: sql`(array_agg(last_value order by last_at desc, last_event_id collate "C" desc))[1]`,
}
