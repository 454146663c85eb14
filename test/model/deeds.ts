// What can be done to a subscription, each to the model and to the system, which must then agree. What the model does not allow, the
// system has to refuse.
import fc from 'fast-check'
import { expect } from 'vitest'
import { reconcilePayment } from '#core/payments/reconcile-payment.ts'
import { cancelScheduledChange } from '#core/plan-changes/cancel-scheduled-change.ts'
import { askAboutChange, openChangePage } from '#core/plan-changes/open-change-page.ts'
import { readProcessorEvent } from '#core/processor-events/read-processor-event.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { pauseSubscription } from '#core/subscriptions/pause-subscription.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { renewSubscription } from '#core/subscriptions/renew-subscription.ts'
import { resumeSubscription } from '#core/subscriptions/resume-subscription.ts'
import { revokeCancellation } from '#core/subscriptions/revoke-cancellation.ts'
import { updatePaymentMethod } from '#core/subscriptions/update-payment-method.ts'
import { cards as numbers, post } from '#test/support/buy.ts'
import { runUntilKilled } from '#test/support/crash-points.ts'
import { change as changePlan } from '#test/support/plans.ts'
import { capturesOf, rowsOf, skipTo } from '#test/support/story.ts'
import type { World } from '#test/support/world.ts'
import {
  advance,
  canChange,
  cancel,
  change,
  DAY,
  giveCard,
  type Model,
  offer,
  type PlanName,
  pause,
  payOffer,
  resume,
} from './subscription-model.ts'

export interface System {
  world: World
  subscription_id: string
  product_ids: Record<PlanName, string>
  /** Saved methods of the customer. */
  methods: Record<Model['card'], string>
}

type Deed = fc.AsyncCommand<Model, System>

interface Step {
  name: string
  allowed?: (model: Model) => boolean
  inModel: (model: Model) => void
  inSystem: (system: System, model: Readonly<Model>) => Promise<unknown>
}

function deed({ name, allowed = () => true, inModel, inSystem }: Step): Deed {
  return {
    check: () => true,
    toString: () => name,
    run: async (model, system) => {
      model.now = (await system.world.fresh()).clock.now().epochMilliseconds
      if (allowed(model)) {
        await inSystem(system, model)
        inModel(model)
      } else {
        await expect(inSystem(system, model), name).rejects.toHaveProperty('name', 'AppError')
      }
      expect(await stateOf(system), name).toEqual(expected(model))
    },
  }
}

const text = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toString()
const day = (ms: number) => text(ms).slice(0, 10)

function expected(model: Model) {
  const { status, plan, credit, captured, ends, scheduled, end, owed } = model
  return { status, plan, credit, captured, ends, scheduled, owed: owed?.amount, until: day(end) }
}

async function stateOf({ world, subscription_id, product_ids }: System): Promise<ReturnType<typeof expected>> {
  const subscription = await getSubscription(await world.fresh(), subscription_id)
  const pending = (await rowsOf(world, 'plan_changes')).filter(({ status }) => status === 'pending')
  const offered = pending.map(({ dues_id }) => dues_id)
  const open = (await rowsOf(world, 'dues')).filter(
    ({ status, dues_id }) => status === 'open' && !offered.includes(dues_id),
  )
  const nameOf = (id: string) =>
    Object.entries(product_ids).find(([, product_id]) => product_id === id)?.[0] as PlanName
  const scheduled = subscription.scheduled_change?.product_id
  const captures = await capturesOf(world)
  const wallets = await rowsOf(world, 'wallet_entries')
  return {
    status: subscription.status as Model['status'],
    plan: nameOf(subscription.product_id),
    // What was paid for outlives the subscription in the customer's wallet.
    credit: subscription.credit_balance + wallets.reduce((sum, { amount }) => sum + amount, 0),
    captured: captures.reduce((sum, { amount, refunded_amount }) => sum + amount - refunded_amount, 0),
    ends: subscription.cancel_at_next_billing_date,
    scheduled: scheduled === undefined ? undefined : nameOf(scheduled),
    owed: open[0]?.total,
    until: day(subscription.next_billing_date?.epochMilliseconds ?? 0),
  }
}

const advances = fc.integer({ min: 1, max: 40 }).map((days) =>
  deed({
    name: `${days} days pass`,
    inModel: (model) => advance(model, model.now + days * DAY),
    inSystem: ({ world }, { now }) => world.advanceTo(text(now + days * DAY)),
  }),
)

/** The worker renews and is killed at some point of it; another one takes over. */
const killedRenewals = fc.nat({ max: 12 }).map((point) =>
  deed({
    name: `a renewal is killed at point ${point}`,
    allowed: ({ status }) => status === 'active',
    inModel: (model) => advance(model, model.end + 1000),
    inSystem: async ({ world, subscription_id }, { status, end }) => {
      if (status !== 'active') return cancelSubscription(await world.fresh(), 'sub_none', { timing: 'now' })
      await skipTo(world, text(end + 1000))
      await runUntilKilled(await world.fresh(), point, (ctx) => renewSubscription(ctx, subscription_id))
      const ctx = await world.fresh()
      for (const { payment_id, settled_at } of await rowsOf(world, 'payments')) {
        if (settled_at === null) await reconcilePayment(ctx, payment_id)
      }
      await renewSubscription(ctx, subscription_id)
    },
  }),
)

const plans = fc.constantFrom<PlanName>('starter', 'basic', 'pro')
const policies = fc.constantFrom('prevent_change' as const, 'apply_change' as const)

const changes = fc.tuple(plans, policies).map(([to, on_payment_failure]) =>
  deed({
    name: `change to ${to}, ${on_payment_failure}`,
    allowed: (model) => canChange(model, to),
    inModel: (model) => change(model, to, on_payment_failure),
    inSystem: ({ world, subscription_id, product_ids }) =>
      changePlan(world, subscription_id, product_ids[to], { on_payment_failure, cancel_scheduled_change_plan: true }),
  }),
)

const offers = plans.map((to) =>
  deed({
    name: `offer ${to} under a link`,
    allowed: (model) => canChange(model, to),
    inModel: (model) => offer(model, to),
    inSystem: ({ world, subscription_id, product_ids }) =>
      changePlan(world, subscription_id, product_ids[to], {
        collect_via_payment_link: true,
        cancel_scheduled_change_plan: true,
      }),
  }),
)

/** Whether or not the change is still waiting. */
const payments = fc.constant(
  deed({
    name: 'pay under the last link',
    allowed: ({ linked }) => linked,
    inModel: payOffer,
    inSystem: async ({ world }) => {
      const ctx = await world.fresh()
      const link = (await rowsOf(world, 'pay_links')).findLast(({ change_id }) => change_id !== null)
      const { url } = await openChangePage(ctx, link?.pay_link_id ?? 'pyl_none', 'en')
      if (url === undefined || link === undefined) return
      await post(world, url, { number: numbers.good, expiry: '12/34', cvc: '123', name: 'Mara Lindqvist' })
      await askAboutChange(ctx, link)
    },
  }),
)

const laterChanges = plans.map((to) =>
  deed({
    name: `change to ${to} at the next billing date`,
    allowed: (model) => canChange(model, to),
    inModel: (model) => {
      model.scheduled = to
    },
    inSystem: ({ world, subscription_id, product_ids }) =>
      changePlan(world, subscription_id, product_ids[to], {
        effective_at: 'next_billing_date',
        proration_billing_mode: 'full_immediately',
        cancel_scheduled_change_plan: true,
      }),
  }),
)

const unscheduled = fc.constant(
  deed({
    name: 'drop the scheduled change',
    allowed: ({ scheduled }) => scheduled !== undefined,
    inModel: (model) => {
      model.scheduled = undefined
    },
    inSystem: async ({ world, subscription_id }) => cancelScheduledChange(await world.fresh(), subscription_id),
  }),
)

const cancellations = fc.constantFrom('now' as const, 'at_next_billing_date' as const).map((timing) =>
  deed({
    name: `cancel ${timing}`,
    allowed: ({ status }) => status !== 'cancelled',
    inModel: (model) => cancel(model, timing),
    inSystem: async ({ world, subscription_id }) =>
      cancelSubscription(await world.fresh(), subscription_id, { timing }),
  }),
)

const revocations = fc.constant(
  deed({
    name: 'take the cancellation back',
    allowed: ({ status }) => status === 'active' || status === 'paused',
    inModel: (model) => {
      model.ends = false
    },
    inSystem: async ({ world, subscription_id }) => revokeCancellation(await world.fresh(), subscription_id),
  }),
)

const cards = fc.constantFrom<Model['card']>('good', 'bad').map((card) =>
  deed({
    name: `give a ${card} card`,
    allowed: ({ status }) => status !== 'cancelled',
    inModel: (model) => giveCard(model, card),
    inSystem: async ({ world, subscription_id, methods }) =>
      updatePaymentMethod(await world.fresh(), subscription_id, methods[card]),
  }),
)

const pauses = fc.constant(
  deed({
    name: 'pause',
    allowed: ({ status }) => status === 'active',
    inModel: pause,
    inSystem: async ({ world, subscription_id }) => pauseSubscription(await world.fresh(), subscription_id),
  }),
)

const resumptions = fc.constant(
  deed({
    name: 'resume',
    allowed: ({ status }) => status === 'paused',
    inModel: resume,
    inSystem: async ({ world, subscription_id }) => resumeSubscription(await world.fresh(), subscription_id),
  }),
)

/** The processor tells again what it told before: twice, in any order, and late. */
const oldNews = fc.infiniteStream(fc.nat()).map((stream) =>
  deed({
    name: 'old news of the processor',
    inModel: () => {},
    inSystem: async ({ world }) => {
      const ctx = await world.fresh()
      const payments = (await rowsOf(world, 'payments')).map(({ processor_key }) => processor_key)
      const told = [...payments, ...payments].map((processor_key) => ({ processor_key, at: stream.next().value ?? 0 }))
      for (const [n, { processor_key, at }] of told.toSorted((a, b) => a.at - b.at).entries()) {
        const key = { processor: 'sandbox', processor_event_id: `again_${n}_${at}` }
        const now = ctx.wall.now()
        await ctx.db
          .insertInto('processor_events')
          .values({ ...key, business_id: world.business_id, kind: 'payment', processor_key, received_at: now })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
        await readProcessorEvent(ctx, key)
      }
    },
  }),
)

export const deeds = [
  advances,
  changes,
  offers,
  payments,
  cards,
  laterChanges,
  killedRenewals,
  unscheduled,
  cancellations,
  revocations,
  pauses,
  resumptions,
  oldNews,
]
