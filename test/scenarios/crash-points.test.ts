// X4: whatever kills the process, before or after any commit and any call to the processor, the books come to the end they would have come
// to. A request that died before its first commit has not happened, and can be made again. `npm test` kills at every second point, of each
// flow at others than of the one before; the nightly run kills at all.
import { describe, expect, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { returnFromPage } from '#core/checkout/open-page.ts'
import { collectPayment } from '#core/payments/collect-payment.ts'
import { changePlan, type PlanChangeRequest } from '#core/plan-changes/change-plan.ts'
import { askAboutChange, openChangePage } from '#core/plan-changes/open-change-page.ts'
import { undoPlanChange } from '#core/plan-changes/undo-plan-change.ts'
import { createRefund } from '#core/refunds/create-refund.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { pauseSubscription } from '#core/subscriptions/pause-subscription.ts'
import { renewSubscription } from '#core/subscriptions/renew-subscription.ts'
import { resumeSubscription } from '#core/subscriptions/resume-subscription.ts'
import { updatePaymentMethod } from '#core/subscriptions/update-payment-method.ts'
import type { BusinessCtx } from '#src/context.ts'
import { buy, cards, payCheckout, plan, post } from '#test/support/buy.ts'
import { crashPointsOf, runUntilKilled } from '#test/support/crash-points.ts'
import { endState } from '#test/support/end-state.ts'
import { offer } from '#test/support/everyday.ts'
import { change, makePlans, type Plans, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf, skipTo } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const full = process.env.PORTICO_TEST_FULL === '1'
const { newWorld } = stage()

interface Scene {
  world: World
  plans: Plans
  subscription_id: string
}

interface Flow {
  name: string
  card?: string
  /** What the customer has before the process that dies begins. */
  plan?: 'basic' | 'pro'
  prepare?: (scene: Scene) => Promise<unknown>
  run: (ctx: BusinessCtx, scene: Scene) => Promise<unknown>
}

const DUE = '2026-01-31T00:05:00Z'
const MIDWAY = '2026-01-16T00:00:00Z'
const renew: Flow['run'] = (ctx, { subscription_id }) => renewSubscription(ctx, subscription_id)
const midway: Flow['prepare'] = ({ world }) => world.advanceTo(MIDWAY)

function changeTo(product: keyof Plans, more: Partial<PlanChangeRequest> = {}): Flow['run'] {
  return (ctx, { plans, subscription_id }) =>
    changePlan(ctx, subscription_id, {
      product_id: plans[product],
      quantity: 1,
      addons: [],
      effective_at: 'immediately',
      proration_billing_mode: 'prorated_immediately',
      on_payment_failure: 'prevent_change',
      ...more,
    })
}

const BY_LINK = { collect_via_payment_link: true } as const

async function allowLinks({ world }: Scene): Promise<void> {
  await setSettings(await world.fresh(), { collect_plan_change_payments_by_payment_link: true })
  await world.advanceTo(MIDWAY)
}

async function linkOf({ world }: Scene) {
  const [link] = await rowsOf(world, 'pay_links')
  if (link === undefined) throw new Error('a link was asked for')
  return link
}

async function giveAnotherMethod({ world }: Scene): Promise<void> {
  await buy(world, plan({ payment_frequency_interval: 'Year' }, { name: 'Something else' }))
}

const flows: Flow[] = [
  { name: 'a renewal that is paid', prepare: ({ world }) => skipTo(world, DUE), run: renew },
  {
    name: 'a renewal that is declined',
    card: cards.failsLater,
    prepare: ({ world }) => skipTo(world, DUE),
    run: renew,
  },
  {
    name: 'a renewal that credit pays',
    plan: 'pro',
    prepare: async ({ world, plans, subscription_id }) => {
      await world.advanceTo(MIDWAY)
      await change(world, subscription_id, plans.starter)
      await skipTo(world, DUE)
    },
    run: renew,
  },
  {
    name: 'a renewal onto another plan',
    prepare: async ({ world, plans, subscription_id }) => {
      await world.advanceTo(MIDWAY)
      const later = { effective_at: 'next_billing_date', proration_billing_mode: 'full_immediately' } as const
      await change(world, subscription_id, plans.pro, later)
      await skipTo(world, DUE)
    },
    run: renew,
  },
  {
    name: 'an end that was scheduled',
    prepare: async ({ world, subscription_id }) => {
      await cancelSubscription(await world.fresh(), subscription_id, { timing: 'at_next_billing_date' })
      await skipTo(world, DUE)
    },
    run: renew,
  },
  { name: 'a change that waits for its money', prepare: midway, run: changeTo('pro') },
  { name: 'a change that does not get it', card: cards.failsLater, prepare: midway, run: changeTo('pro') },
  { name: 'a change made at once', prepare: midway, run: changeTo('pro', { on_payment_failure: 'apply_change' }) },
  {
    name: 'a change made at once and declined',
    card: cards.failsLater,
    prepare: midway,
    run: changeTo('pro', { on_payment_failure: 'apply_change' }),
  },
  { name: 'a change that a link is asked for', prepare: allowLinks, run: changeTo('pro', BY_LINK) },
  {
    name: 'the return from the page of a link',
    prepare: async (scene) => {
      await allowLinks(scene)
      await changeTo('pro', BY_LINK)(await scene.world.fresh(), scene)
      const { pay_link_id } = await linkOf(scene)
      const { url = '' } = await openChangePage(await scene.world.fresh(), pay_link_id, 'en')
      await post(scene.world, url, { number: cards.good, expiry: '12/34', cvc: '123', name: 'Mara Lindqvist' })
    },
    run: async (ctx, scene) => askAboutChange(ctx, await linkOf(scene)),
  },
  { name: 'a change that gives credit', plan: 'pro', prepare: midway, run: changeTo('starter') },
  {
    name: 'a way out of a hold',
    card: cards.failsLater,
    prepare: async (scene) => {
      await giveAnotherMethod(scene)
      await scene.world.advanceTo('2026-02-05T00:00:00Z')
    },
    run: async (ctx, { world, subscription_id }) => {
      const methods = await rowsOf(world, 'payment_methods')
      const good = methods.find(({ card_last_four }) => card_last_four === '4242')?.payment_method_id ?? ''
      await updatePaymentMethod(ctx, subscription_id, good)
    },
  },
  {
    name: 'a cancellation',
    prepare: midway,
    run: (ctx, { subscription_id }) => cancelSubscription(ctx, subscription_id, { timing: 'now' }),
  },
  {
    name: 'a pause',
    prepare: midway,
    run: (ctx, { subscription_id }) => pauseSubscription(ctx, subscription_id),
  },
  {
    name: 'the end of a pause',
    prepare: async ({ world, subscription_id }) => {
      await world.advanceTo('2026-01-11T00:00:00Z')
      await pauseSubscription(await world.fresh(), subscription_id)
      await world.advanceTo(MIDWAY)
    },
    run: (ctx, { subscription_id }) => resumeSubscription(ctx, subscription_id),
  },
  {
    name: 'a refund',
    prepare: midway,
    run: async (ctx, { world }) => {
      const payment_id = (await rowsOf(world, 'payments'))[0]?.payment_id ?? ''
      await createRefund(ctx, { payment_id, items: null, reason: null, metadata: {} })
    },
  },
  {
    name: 'an undone change',
    card: cards.failsLater,
    prepare: async (scene) => {
      await scene.world.advanceTo(MIDWAY)
      await change(scene.world, scene.subscription_id, scene.plans.pro, { on_payment_failure: 'apply_change' })
    },
    run: (ctx, { subscription_id }) => undoPlanChange(ctx, subscription_id),
  },
  {
    name: 'a renewal that grace puts off',
    card: cards.failsLater,
    prepare: async ({ world }) => {
      await setSettings(await world.fresh(), { grace_period: true })
      await skipTo(world, DUE)
    },
    run: renew,
  },
  {
    name: 'money for what has ended, which goes back',
    prepare: async ({ world, subscription_id }) => {
      await skipTo(world, DUE)
      const ctx = await world.fresh()
      const [real] = ctx.processors
      if (real === undefined) throw new Error('the world has a processor')
      const silent = { ...real, charge: () => Promise.reject(new Error('cut off')) }
      await renewSubscription({ ...ctx, processors: [silent] }, subscription_id)
      await cancelSubscription(await world.fresh(), subscription_id, { timing: 'now' })
    },
    run: async (ctx, { world }) => {
      const open = (await rowsOf(world, 'payments')).find(({ settled_at }) => settled_at === null)
      if (open !== undefined) await collectPayment(ctx, open.payment_id)
    },
  },
]

async function sceneOf(flow: Flow): Promise<Scene> {
  const world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  const plans = await makePlans(world, { license_key_enabled: true })
  const card = flow.card === undefined ? {} : { card: flow.card }
  const subscription_id = await subscribeTo(world, plans[flow.plan ?? 'basic'], card)
  const scene = { world, plans, subscription_id }
  await flow.prepare?.(scene)
  return scene
}

/** Another process takes over: leases end, what is undecided is asked about, refunds are given. */
async function recover({ world }: Scene): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    world.advanceWall({ minutes: 6 })
    await world.work()
  }
}

describe.each(flows.map((flow, at) => ({ name: flow.name, flow, at })))('$name', ({ flow, at }) => {
  test('comes to the same end wherever the process is killed', async () => {
    const whole = await sceneOf(flow)
    const points = await crashPointsOf(await whole.world.fresh(), (ctx) => flow.run(ctx, whole))
    expect(points.length).toBeGreaterThan(1)
    await recover(whole)
    const end = await endState(whole.world)
    for (const [index, point] of points.entries()) {
      if (!full && index % 2 !== at % 2) continue
      const scene = await sceneOf(flow)
      const before = index === 0 ? await endState(scene.world) : []
      const killed = await runUntilKilled(await scene.world.fresh(), index, (ctx) => flow.run(ctx, scene))
      expect(killed, `${index} ${point}`).toBe(true)
      const untouched = index === 0 && (await endState(scene.world)).join('\n') === before.join('\n')
      if (untouched) await flow.run(await scene.world.fresh(), scene)
      await recover(scene)
      expect(await endState(scene.world), `killed at ${index}: ${point}`).toEqual(end)
    }
    expect(await brokenInvariants(whole.world)).toEqual([])
  })
})

test('wherever opening the page of a link is killed, a second press leads to one page, which is paid once', async () => {
  const flow = (ctx: BusinessCtx, link: string) => openChangePage(ctx, link, 'en')
  const asked = flows.find(({ name }) => name === 'a change that a link is asked for')
  if (asked === undefined) throw new Error('a flow is gone')
  const points: string[] = []
  for (let index = -1; index < points.length; index += 1) {
    const scene = await sceneOf(asked)
    await asked.run(await scene.world.fresh(), scene)
    const { pay_link_id } = await linkOf(scene)
    if (index === -1) points.push(...(await crashPointsOf(await scene.world.fresh(), (ctx) => flow(ctx, pay_link_id))))
    else expect(await runUntilKilled(await scene.world.fresh(), index, (ctx) => flow(ctx, pay_link_id))).toBe(true)
    // Now the one way, now the other: pressed again at once, or after others have asked about it.
    if (index % 2 === 0) await recover(scene)
    const { url = '' } = await flow(await scene.world.fresh(), pay_link_id)
    await post(scene.world, url, { number: cards.good, expiry: '12/34', cvc: '123', name: 'Mara Lindqvist' })
    await recover(scene)
    expect(await endState(scene.world), `killed at ${index}: ${points[index]}`).toEqual(
      expect.arrayContaining(['change applied', 'captured 2500, given back 0', '2 invoices']),
    )
    expect(await brokenInvariants(scene.world)).toEqual([])
  }
  expect(points.length).toBeGreaterThan(2)
})

test('a buyer whose return from the processor’s page is killed anywhere has bought once', async () => {
  const points: string[] = []
  let end: string[] = []
  for (let index = -1; index < points.length; index += 1) {
    const world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
    const plans = await makePlans(world, { license_key_enabled: true })
    const { checkout_id } = await offer(world, plans.basic)
    const flow = (ctx: BusinessCtx) => returnFromPage(ctx, checkout_id)
    await payCheckout(world, checkout_id, { goes_away: true })
    if (index === -1) points.push(...(await crashPointsOf(await world.fresh(), flow)))
    else expect(await runUntilKilled(await world.fresh(), index, flow)).toBe(true)
    await recover({ world, plans, subscription_id: '' })
    if (index === -1) end = await endState(world)
    else expect(await endState(world), `killed at ${index}: ${points[index]}`).toEqual(end)
    expect(await brokenInvariants(world)).toEqual([])
  }
  expect(points.length).toBeGreaterThan(2)
  expect(end).toContain('captured 3000, given back 0')
})
