// Any sequence of deeds, kills and repeated news: the system stands where the model stands.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { cards, payCheckout } from '#test/support/buy.ts'
import { offer } from '#test/support/everyday.ts'
import { makePlans, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import { deeds, type System } from './deeds.ts'
import { bought, type Model, type PlanName } from './subscription-model.ts'

const full = process.env.PORTICO_TEST_FULL === '1'
const { newWorld } = stage()

/** The customer saved two cards when they bought a trifle; neither that nor its money is in the model. */
async function begin(plan: PlanName): Promise<{ model: Model; real: System }> {
  const world = await newWorld({ startsAt: '2026-01-01T12:00:00Z' })
  await setSettings(await world.fresh(), { collect_plan_change_payments_by_payment_link: true })
  const { basic, pro, starter } = await makePlans(world)
  const product_ids = { basic, pro, starter }
  const subscription_id = await subscribeTo(world, product_ids[plan])
  const { checkout_id } = await offer(world, basic, { trial_period_days: 9000 })
  await payCheckout(world, checkout_id, { card: cards.failsLater })
  const ctx = await world.fresh()
  const { previous_billing_date, payment_method_id } = await getSubscription(ctx, subscription_id)
  const bad = (await rowsOf(world, 'payment_methods')).find(({ card_last_four }) => card_last_four === '0341')
  return {
    model: bought(plan, previous_billing_date?.epochMilliseconds ?? 0),
    real: {
      world,
      subscription_id,
      product_ids,
      methods: { good: payment_method_id ?? '', bad: bad?.payment_method_id ?? '' },
    },
  }
}

test(
  'whatever is done to a subscription, it is what the model says',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<PlanName>('starter', 'basic', 'pro'),
        fc.commands(deeds, { maxCommands: full ? 40 : 14, size: 'max' }),
        async (plan, commands) => {
          const { model, real } = await begin(plan)
          await fc.asyncModelRun(() => ({ model, real }), commands)
          expect(await brokenInvariants(real.world)).toEqual([])
        },
      ),
      { numRuns: full ? 1000 : 15 },
    )
  },
  full ? 1_800_000 : 120_000,
)
