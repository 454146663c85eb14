// One demo and never two: under a lock of the database, and only one that was completed counts.

import { sql } from 'kysely'
import { seedDemo } from '#cli/demo/seed-demo.ts'
import { archiveBusiness } from '#core/businesses/archive-business.ts'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { setBusiness } from '#core/businesses/set-business.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { listSubscriptions } from '#core/subscriptions/queries.ts'
import { type Demo, findDemos, hasOtherBusiness } from '#core/unscoped/find-demos.ts'
import { type Ctx, withActor } from '#src/context.ts'
import type { ModeRuntime } from '#src/modes.ts'

export type Occasion = 'where there is none' | 'where the database is empty'

/** The demo, made now if the occasion asks for it and nobody else is making it. */
export async function ensureDemo(runtime: ModeRuntime, occasion: 'where there is none'): Promise<Demo>
export async function ensureDemo(runtime: ModeRuntime, occasion: Occasion): Promise<Demo | undefined>
export async function ensureDemo(runtime: ModeRuntime, occasion: Occasion): Promise<Demo | undefined> {
  const ctx = withActor(runtime.ctx, { type: 'operator', id: 'cli' })
  return underLock(ctx, async () => {
    const demos = await findDemos(ctx)
    const present = demos.find(({ completed, archived }) => completed && !archived)
    if (present !== undefined) return present
    const brokenOff = demos.filter(({ completed }) => !completed)
    for (const { business_id } of brokenOff.filter(({ archived }) => !archived)) await putAway(ctx, business_id)
    const known = brokenOff.map(({ business_id }) => business_id)
    if (occasion === 'where the database is empty' && (await hasOtherBusiness(ctx, known))) return undefined
    return seedDemo({ ...runtime, ctx })
  })
}

/** Any number that no other program is likely to lock in this database. */
const LOCK = 7_067_428_311

/** A lock of the session: a process that dies gives it up, and no transaction stands idle meanwhile. */
async function underLock<T>(ctx: Ctx, work: () => Promise<T>): Promise<T> {
  return ctx.db.connection().execute(async (db) => {
    await sql`select pg_advisory_lock(${LOCK})`.execute(db)
    try {
      return await work()
    } finally {
      await sql`select pg_advisory_unlock(${LOCK})`.execute(db)
    }
  })
}

/** A process died while it played the year: what it left ends here, and a new one is played from the beginning. */
async function putAway(outer: Ctx, business_id: string): Promise<void> {
  const ctx = await getBusinessCtx(outer, business_id)
  const running = await listSubscriptions(ctx, { statuses: ['active', 'on_hold'] }, { page_number: 0, page_size: 100 })
  for (const { subscription_id } of running) await cancelSubscription(ctx, subscription_id, { timing: 'now' })
  await setBusiness(outer, business_id, { name: `${ctx.business.name} (unfinished)` })
  await archiveBusiness(ctx)
}
