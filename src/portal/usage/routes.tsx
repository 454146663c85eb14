import { Hono } from 'hono'
import { listSubscriptions } from '#core/subscriptions/queries.ts'
import { orLogged } from '#portal/or-logged.ts'
import { portalPage } from '#portal/portal-page.ts'
import { tellUsage } from '#portal/usage/tell-usage.ts'
import { UsagePage } from '#portal/usage/usage-page.tsx'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import type { BusinessCtx } from '#src/context.ts'

const MOST_SUBSCRIPTIONS = 100

export function usageRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.get('/', showUsage)
  return door
}

async function showUsage(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const usages = await orLogged(c, readUsages(ctx, customer.customer_id))
  return c.html(<UsagePage page={portalPage(c)} usages={usages} />)
}

async function readUsages(ctx: BusinessCtx, customer_id: string) {
  const running = { customer_id, statuses: ['active', 'past_due', 'on_hold', 'paused'] } as const
  const subscriptions = await listSubscriptions(ctx, running, { page_number: 0, page_size: MOST_SUBSCRIPTIONS })
  const usages = await Promise.all(subscriptions.map((subscription) => tellUsage(ctx, subscription)))
  return usages.filter((usage) => usage !== null)
}
