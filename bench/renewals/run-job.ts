import { getBusinessCtx } from '#core/businesses/queries.ts'
import type { Ctx } from '#src/context.ts'
import { claimDue, releaseClaims } from '#worker/claim.ts'
import type { BusinessJob, Job } from '#worker/jobs.ts'

export function findJob(jobs: readonly Job[], name: string): BusinessJob {
  const job = jobs.find((one) => one.name === name)
  if (job === undefined || job.unowned === true) throw new Error(`there is no job "${name}"`)
  return job
}

/** As the worker does it, to a single row. */
export async function runOne(ctx: Ctx, job: BusinessJob): Promise<void> {
  const [row] = await claimDue(ctx, job, 1)
  if (row === undefined) throw new Error(`nothing is due for "${job.name}"`)
  await job.run(await getBusinessCtx({ ...ctx, claim: row.claim }, row.business_id ?? ''), row.key)
  await releaseClaims(ctx, [row.claim])
}
