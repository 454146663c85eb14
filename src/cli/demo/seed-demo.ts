// The demo business, played from a year back through the same verbs that real customers reach by the pages.

import { demoBusiness, demoSettings, neighbour } from '#cli/demo/business.ts'
import { buy } from '#cli/demo/buy.ts'
import { createCatalog, createPrintClub } from '#cli/demo/catalog.ts'
import { openShop, type Pages, playTo, type Stage } from '#cli/demo/stage.ts'
import { storyOf } from '#cli/demo/story.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { createBusiness, type NewBusiness } from '#core/businesses/create-business.ts'
import { setSettings } from '#core/businesses/set-settings.ts'
import { startTestClock } from '#core/test-clock/advance-test-clock.ts'
import { DEMO_BEGUN, DEMO_COMPLETED, type Demo } from '#core/unscoped/find-demos.ts'
import { type BusinessCtx, type Ctx, inTransaction } from '#src/context.ts'
import type { ModeRuntime } from '#src/modes.ts'

/** Takes a few seconds; the demo's clock ends at the present. */
export async function seedDemo({ ctx, sandbox }: Pick<ModeRuntime, 'ctx' | 'sandbox'>): Promise<Demo> {
  if (sandbox === undefined) throw new Error('the demo pays at the sandbox, which is there in test mode only')
  const now = ctx.wall.now().toZonedDateTimeISO(demoBusiness.timezone)
  const ctxAYearAgo = await begin(ctx, demoBusiness, now.subtract({ years: 1 }).toInstant())
  await setSettings(ctxAYearAgo, demoSettings)
  const catalog = await createCatalog(ctxAYearAgo)
  const stage: Stage = { ...openShop(ctxAYearAgo, sandbox.pages), catalog }
  for (const scene of storyOf(now)) {
    await playTo(stage, scene.at)
    await scene.play(stage)
  }
  await playTo(stage, ctx.wall.now())
  await seedNeighbour(ctx, sandbox.pages, now)
  return complete(stage)
}

/** Two months and three payments. It is no demo of its own: it carries the first mark only. */
async function seedNeighbour(outer: Ctx, pages: Pages, now: Temporal.ZonedDateTime): Promise<void> {
  const ctx = await begin(outer, neighbour, now.subtract({ months: 2, days: 6 }).toInstant())
  const shop = openShop(ctx, pages)
  await buy(shop, 'ingrid', { product_id: await createPrintClub(ctx) })
  await playTo(shop, outer.wall.now())
}

/** The mark comes with the business, so that one that is broken off is known as such. */
async function begin(outer: Ctx, business: NewBusiness, at: Temporal.Instant): Promise<BusinessCtx> {
  return inTransaction(outer, async (tx) => {
    const ctx = await startTestClock(await createBusiness(tx, business), at)
    const { business_id } = ctx.business
    await recordAudit(ctx, { action: DEMO_BEGUN, resource_id: business_id, customer_id: null })
    return { ...ctx, db: outer.db }
  })
}

async function complete({ ctx, customers }: Stage): Promise<Demo> {
  const { business_id } = ctx.business
  const customer_ids = [...customers.values()]
  const details = { customer_ids: customer_ids.join(' ') }
  await recordAudit(ctx, { action: DEMO_COMPLETED, resource_id: business_id, customer_id: null, details })
  return { business_id, completed: true, archived: false, customer_ids }
}
