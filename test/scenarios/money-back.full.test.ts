// Whatever is changed, refunded, disputed and cancelled in whatever order: nobody gets back more than they paid.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sum } from '#billing/money.ts'
import { setSettings } from '#core/businesses/set-settings.ts'
import { getPaymentLines } from '#core/payments/line-items.ts'
import { createRefund } from '#core/refunds/create-refund.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { AppError } from '#src/errors.ts'
import { change, makePlans, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

const steps = fc.oneof(
  fc.record({
    type: fc.constant('change' as const),
    to: fc.constantFrom('basic' as const, 'pro' as const, 'starter' as const, 'yearly' as const),
    // By difference gives gifts on purpose.
    mode: fc.constantFrom('prorated_immediately' as const, 'full_immediately' as const, 'do_not_bill' as const),
  }),
  fc.record({ type: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 24 * 40 }) }),
  fc.record({ type: fc.constant('refund' as const), of: fc.nat(5), share: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ type: fc.constant('cancel' as const) }),
)
type Step = typeof steps extends fc.Arbitrary<infer T> ? T : never

async function take(world: World, subscription_id: string, plans: Awaited<ReturnType<typeof makePlans>>, step: Step) {
  const ctx = await world.fresh()
  if (step.type === 'wait') return world.advanceTo(ctx.clock.now().add({ hours: step.hours }).toString())
  if (step.type === 'cancel') return cancelSubscription(ctx, subscription_id, { timing: 'now' })
  if (step.type === 'change') {
    return change(world, subscription_id, plans[step.to], { proration_billing_mode: step.mode })
  }
  const payments = await rowsOf(world, 'payments')
  const payment_id = payments[step.of % payments.length]?.payment_id ?? ''
  const { lines } = await getPaymentLines(ctx, payment_id)
  const line = lines.find(({ refundable_amount }) => refundable_amount >= step.share)
  const amount = Math.floor((line?.refundable_amount ?? 0) / step.share)
  const items = line === undefined || step.share === 1 ? null : [{ item_id: line.item_id, amount, tax_inclusive: true }]
  return createRefund(ctx, { payment_id, items, reason: null, metadata: {} })
}

test('money back never exceeds money paid', async () => {
  const stories = fc.array(steps, { minLength: 3, maxLength: 10 })
  await fc.assert(
    fc.asyncProperty(stories, async (story) => {
      const world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
      await setSettings(await world.fresh(), { refund_unused_time: true })
      const plans = await makePlans(world)
      const subscription_id = await subscribeTo(world, plans.pro)
      for (const step of [...story, { type: 'cancel' as const }]) {
        await take(world, subscription_id, plans, step).catch((error: unknown) => {
          if (!(error instanceof AppError)) throw error
        })
      }
      await world.work()
      const captures = await capturesOf(world)
      const taken = sum(captures.map(({ amount }) => amount))
      const back = sum(captures.map(({ refunded_amount }) => refunded_amount))
      const held = sum((await rowsOf(world, 'wallets')).map(({ balance }) => balance))
      expect(back + held).toBeLessThanOrEqual(taken)
      expect(await brokenInvariants(world)).toEqual([])
    }),
    { numRuns: Number(process.env.STORIES ?? 200) },
  )
}, 1_200_000)
