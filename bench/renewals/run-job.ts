import { getBusinessCtx } from '#core/businesses/queries.ts'
import { newCompany } from '#core/together/company.ts'
import type { Ctx } from '#src/context.ts'
import { claimDue, releaseClaims } from '#worker/claim.ts'
import type { BusinessJob, Job } from '#worker/jobs.ts'

export function findJob(jobs: readonly Job[], name: string): BusinessJob {
  const job = jobs.find((one) => one.name === name)
  if (job === undefined || job.unowned === true) throw new Error(`there is no job "${name}"`)
  return job
}

/** As the worker does it, to one batch of a business; answers how many rows that were. */
export async function runOnce(ctx: Ctx, job: BusinessJob): Promise<number> {
  const rows = await claimDue(ctx, job, job.together ?? 1)
  const [first] = rows
  if (first === undefined) return 0
  const business = await getBusinessCtx(ctx, first.business_id ?? '')
  const company = newCompany()
  const own = rows.filter(({ business_id }) => business_id === first.business_id)
  await Promise.all(own.map(({ claim, key }) => job.run({ ...business, claim, company }, key)))
  await releaseClaims(
    ctx,
    rows.map(({ claim }) => claim),
  )
  return own.length
}
