// Whether a card is needed before a plan begins, and what comes of it: any price, trial, discount and what the price allows.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { setBusiness } from '#core/businesses/set-business.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import { payCheckout, plan, post } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'

const { newWorld } = stage()

const offers = fc.record({
  price: fc.constantFrom(0, 3000),
  trial: fc.constantFrom(0, 7),
  /** Periods that a code makes free; null: all of them. */
  free: fc.constantFrom(0, 1, 2, null),
  trial_payment_method_optional: fc.boolean(),
  zero_amount_payment_method_optional: fc.boolean(),
})
type Offer = typeof offers extends fc.Arbitrary<infer One> ? One : never

const isFree = ({ price, free }: Offer, period: number) => price === 0 || free === null || period < free

function needsCard(offer: Offer): boolean {
  const { trial, trial_payment_method_optional, zero_amount_payment_method_optional } = offer
  if (trial === 0 && !isFree(offer, 0)) return true
  if (trial > 0) return !trial_payment_method_optional
  // The third month is after any discount that ends.
  return !zero_amount_payment_method_optional && !isFree(offer, 2)
}

/** After a hundred days: periods of thirty begin where the trial ends. */
function outcome(offer: Offer) {
  const begun = Math.floor((100 - offer.trial) / 30) + 1
  const costing = Array.from({ length: begun }, (_, period) => period).filter((period) => !isFree(offer, period))
  if (needsCard(offer)) return { status: 'active', captured: costing.length * offer.price }
  return { status: costing.length > 0 ? 'on_hold' : 'active', captured: 0 }
}

async function play(offer: Offer) {
  const world = await newWorld({ startsAt: '2026-01-01T09:00:00Z' })
  await setBusiness(world.modes.test.ctx, world.business_id, { country: 'SE' })
  const { price, trial, free, ...optional } = offer
  const days = { payment_frequency_count: 30, payment_frequency_interval: 'Day' } as const
  const sold = plan({ price, trial_period_days: trial, ...days, ...optional })
  const { product_id } = await createProduct(await world.fresh(), sold)
  const client = world.client()
  const code = { type: 'percentage' as const, amount: 10_000, ...(free === null ? {} : { subscription_cycles: free }) }
  const discount_codes = free === 0 ? [] : [(await client.discounts.create(code)).code]
  const cart = { product_cart: [{ product_id, quantity: 1 }], discount_codes }
  const { payment_method_required } = await client.checkoutSessions.preview(cart)
  const { session_id } = await client.checkoutSessions.create(cart)
  const buyer = { email: 'mara@northwind.example', name: 'Mara', country: 'SE' }
  const led = (await post(world, world.urls.checkout(session_id), buyer)).headers.get('location') ?? ''
  const asked = led.includes('/sandbox/')
  if (asked) await payCheckout(world, session_id)
  await world.advanceTo('2026-04-11T10:00:00Z')
  const [subscription] = await rowsOf(world, 'subscriptions')
  const captured = (await capturesOf(world)).reduce((sum, { amount }) => sum + amount, 0)
  return {
    told: payment_method_required,
    asked,
    status: subscription?.status,
    captured,
    broken: await brokenInvariants(world),
  }
}

test('a card is asked for where something will be due, unless the price lets it wait; nothing is taken without one', async () => {
  await fc.assert(
    fc.asyncProperty(offers, async (offer) => {
      const needed = needsCard(offer)
      expect(await play(offer)).toEqual({ told: needed, asked: needed, ...outcome(offer), broken: [] })
    }),
    { numRuns: process.env.PORTICO_TEST_FULL === '1' ? 200 : 6 },
  )
}, 300_000)
