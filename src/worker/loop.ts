// The loop: claim what is due, run it, sleep until woken or until the next poll.
import { getBusinessCtx, listBusinessesById } from '#core/businesses/queries.ts'
import { newCompany } from '#core/together/company.ts'
import {
  type Business,
  type BusinessCtx,
  type Company,
  type Ctx,
  LostClaim,
  withActor,
  withBusiness,
} from '#src/context.ts'
import { notFound } from '#src/errors.ts'
import { type ClaimedRow, claimDue, releaseClaim, releaseClaims } from '#worker/claim.ts'
import type { BusinessJob, Job } from '#worker/jobs.ts'

const BATCH = 20
/** Of rows that are worked on together: as many batches at once, so that the database and we do not wait for each other. */
const ABREAST = 2
const POLL_MS = 1000
const AFTER_FAILURE = Temporal.Duration.from({ seconds: 30 })

export interface Worker {
  /** Something may be due: look now. */
  wake(): void
  /** Claims no more and resolves when what runs is done. */
  stop(): Promise<void>
}

/** Does everything that is due and returns how many rows that were; tests and commands call it instead of waiting. */
export async function runDue(ctx: Ctx, jobs: readonly Job[]): Promise<number> {
  let total = 0
  for (;;) {
    const counts = await Promise.all(jobs.map((job) => runBatch(ctx, job)))
    const done = counts.reduce((sum, count) => sum + count, 0)
    if (done === 0) return total
    total += done
  }
}

export function startWorker(outer: Ctx, jobs: readonly Job[]): Worker {
  const ctx = withActor(outer, { type: 'system', id: 'worker' })
  let stopping = false
  const loops = jobs.flatMap((job) => {
    if (job.lanes !== undefined) return [startLanes(ctx, job, job.lanes)]
    const work = async () => (stopping ? 0 : runBatch(ctx, job))
    return Array.from({ length: job.together === undefined ? 1 : ABREAST }, () => startLoop(work, ctx, job.name))
  })
  return {
    wake: () => {
      for (const loop of loops) loop.wake()
    },
    stop: async () => {
      stopping = true
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}

/** Work of one kind never waits for another's. */
function startLoop(work: () => Promise<number>, ctx: Ctx, job: string) {
  let stopped = false
  let woken = false
  let sleep = Promise.withResolvers<void>()
  const done = (async () => {
    while (!stopped) {
      woken = false
      let worked = 0
      try {
        worked = await work()
      } catch (error) {
        ctx.log.error({ err: error, job }, 'the worker could not look for work')
      }
      if (worked > 0 || woken || stopped) continue
      sleep = Promise.withResolvers()
      const timer = setTimeout(sleep.resolve, POLL_MS)
      await sleep.promise
      clearTimeout(timer)
    }
  })()
  const wake = () => {
    woken = true
    sleep.resolve()
  }
  return {
    wake,
    stop: async () => {
      stopped = true
      wake()
      await done
    },
  }
}

/** Work that waits for others: as many rows at once as there are lanes, and whoever is done makes room for the next. */
function startLanes(ctx: Ctx, job: BusinessJob, lanes: number) {
  const running = new Set<Promise<unknown>>()
  const stopping = new AbortController()
  const take = async () => {
    const free = stopping.signal.aborted ? 0 : lanes - running.size
    const rows = free === 0 ? [] : await claimDue(ctx, job, free)
    for (const row of rows) {
      const run = runInLane(ctx, job, row, stopping.signal).finally(() => {
        running.delete(run)
        loop.wake()
      })
      running.add(run)
    }
    return 0
  }
  const loop = startLoop(take, ctx, job.name)
  return {
    wake: loop.wake,
    stop: async () => {
      stopping.abort()
      await loop.stop()
      await Promise.all(running)
    },
  }
}

async function runBatch(ctx: Ctx, job: Job): Promise<number> {
  const rows = await claimDue(ctx, job, job.together ?? BATCH)
  if (rows.length === 0) return 0
  const run = await runnerOf(ctx, job, rows)
  const done = await Promise.all(rows.map((row) => runClaimed(ctx, row, job, (claimed) => run(claimed, row))))
  const claims = rows.flatMap(({ claim }, at) => (done[at] ? [claim] : []))
  // Nobody waits for a row that was done, but for its whole batch to be over: given back together.
  await releaseClaims(ctx, claims)
  return claims.length
}

/** How one row of a batch is done; the businesses of a batch are read at once, and their rows have company where they are to. */
async function runnerOf(ctx: Ctx, job: Job, rows: readonly ClaimedRow[]) {
  if (job.unowned === true) return (claimed: Ctx, { key }: ClaimedRow) => job.run(claimed, key)
  const ids = [...new Set(rows.flatMap(({ business_id }) => business_id ?? []))]
  const businesses = new Map((await listBusinessesById(ctx, ids)).map((one) => [one.business_id, one]))
  const companies = companiesOf(rows, job)
  return (claimed: Ctx, row: ClaimedRow) => {
    const company = companies.get(row.business_id)
    return job.run({ ...inBusiness(claimed, businesses, row), company }, row.key)
  }
}

/** For each business of which there is more than one row, if they are worked on together. */
function companiesOf(rows: readonly ClaimedRow[], job: Job): Map<ClaimedRow['business_id'], Company> {
  if (job.together === undefined) return new Map()
  const mates = [...Map.groupBy(rows, ({ business_id }) => business_id)].filter(([, of]) => of.length > 1)
  return new Map(mates.map(([business_id]) => [business_id, newCompany()]))
}

function inBusiness(ctx: Ctx, businesses: ReadonlyMap<string, Business>, { business_id }: ClaimedRow): BusinessCtx {
  const business = businesses.get(business_id ?? '')
  if (business === undefined) throw notFound('business')
  return withBusiness(ctx, business)
}

/** Work that goes by lanes is given back by itself. */
async function runInLane(ctx: Ctx, job: BusinessJob, row: ClaimedRow, stopping: AbortSignal): Promise<void> {
  const isDone = await runClaimed(ctx, row, job, async (claimed) =>
    job.run(await getBusinessCtx(claimed, row.business_id ?? ''), row.key, stopping),
  )
  if (isDone) await releaseClaims(ctx, [row.claim])
}

/** False where it failed: the row comes back after a pause. */
async function runClaimed(ctx: Ctx, row: ClaimedRow, job: Job, run: (ctx: Ctx) => Promise<unknown>): Promise<boolean> {
  try {
    await run({ ...ctx, claim: row.claim })
    return true
  } catch (error) {
    if (error instanceof LostClaim) return false
    ctx.log.error({ err: error, job: job.name, ...row.key }, 'work failed and will be tried again')
    await releaseClaim(ctx, row.claim, AFTER_FAILURE)
    return false
  }
}
