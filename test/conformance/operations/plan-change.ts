// The worked figures through the published SDK: what the preview says is what the change charges or credits.
import DodoPayments, { ConflictError } from 'dodopayments'
import { beforeEach, describe, expect, test } from 'vitest'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { makePlans, type Plans, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import type { World } from '#test/support/world.ts'

describe('plan changes', () => {
  const { newWorld } = stage()
  let world: World
  let plans: Plans
  let client: DodoPayments

  beforeEach(async () => {
    world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
    plans = await makePlans(world)
    client = checkedClient(world)
  })

  type Mode = DodoPayments.SubscriptionChangePlanParams['proration_billing_mode']
  type Name = Exclude<keyof Plans, 'addon_id'>

  const worked: [
    string,
    Name,
    Name,
    Mode,
    number,
    { charge: number; credit: number; next: string; renewal: number },
  ][] = [
    [
      'prorated up',
      'basic',
      'pro',
      'prorated_immediately',
      0,
      { charge: 2500, credit: 0, next: '01-31', renewal: 8000 },
    ],
    [
      'prorated down',
      'pro',
      'starter',
      'prorated_immediately',
      0,
      { charge: 0, credit: 3000, next: '01-31', renewal: 0 },
    ],
    [
      'with 3 seats',
      'basic',
      'pro',
      'prorated_immediately',
      3,
      { charge: 4000, credit: 0, next: '01-31', renewal: 11_000 },
    ],
    [
      'difference up',
      'basic',
      'pro',
      'difference_immediately',
      0,
      { charge: 5000, credit: 0, next: '01-31', renewal: 8000 },
    ],
    [
      'difference down',
      'pro',
      'starter',
      'difference_immediately',
      0,
      { charge: 0, credit: 6000, next: '01-31', renewal: 0 },
    ],
    ['full', 'basic', 'pro', 'full_immediately', 0, { charge: 8000, credit: 0, next: '02-15', renewal: 8000 }],
    ['not billed', 'basic', 'pro', 'do_not_bill', 0, { charge: 0, credit: 0, next: '01-31', renewal: 8000 }],
  ]

  describe('on 16 January, with 15 of 30 days left', () => {
    test.each(worked)('%s: %s to %s, %s', async (_, from, to, proration_billing_mode, seats, expected) => {
      const id = await subscribeTo(world, plans[from])
      await world.advanceTo('2026-01-16T00:00:00Z')
      const body = {
        product_id: plans[to],
        quantity: 1,
        proration_billing_mode,
        addons: seats === 0 ? [] : [{ addon_id: plans.addon_id, quantity: seats }],
      }
      const { immediate_charge, new_plan } = await client.subscriptions.previewChangePlan(id, body)
      const { total_amount, customer_credits } = immediate_charge.summary
      expect([total_amount, customer_credits]).toEqual([expected.charge, expected.credit])
      const lines = immediate_charge.line_items.flatMap((line) => (line.type === 'meter' ? [] : [line]))
      const amounts = lines.map((line) => Math.round(line.unit_price * line.quantity * line.proration_factor))
      expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(expected.charge - expected.credit)

      const before = (await client.payments.list({ subscription_id: id, page_number: 0 })).items.length
      const answer = await client.subscriptions.changePlan(id, body)
      expect(answer).toEqual({ payment_id: null, payment_link: null, client_secret: null, expires_on: null })
      const { items } = await client.payments.list({ subscription_id: id, page_number: 0 })
      expect(items.slice(0, items.length - before).map((payment) => payment.total_amount)).toEqual(
        expected.charge === 0 ? [] : [expected.charge],
      )
      const changed = await client.subscriptions.retrieve(id)
      expect(changed).toMatchObject({
        product_id: plans[to],
        addons: body.addons,
        recurring_pre_tax_amount: new_plan.recurring_pre_tax_amount,
      })
      expect(changed.next_billing_date.slice(5, 10)).toBe(expected.next)
      expect(new_plan.next_billing_date.slice(5, 10)).toBe(expected.next)
      await world.advanceTo(`2026-${expected.next}T12:00:00Z`)
      const [renewal] = (await client.payments.list({ subscription_id: id, page_number: 0 })).items
      expect([renewal?.created_at.slice(5, 10), renewal?.total_amount]).toEqual([expected.next, expected.renewal])
    })
  })

  test('credit that is there shows in the preview as what it pays', async () => {
    const id = await subscribeTo(world, plans.pro)
    await world.advanceTo('2026-01-16T00:00:00Z')
    const change = { quantity: 1, proration_billing_mode: 'prorated_immediately' } as const
    await client.subscriptions.changePlan(id, { ...change, product_id: plans.starter })
    const back = await client.subscriptions.previewChangePlan(id, { ...change, product_id: plans.pro })
    expect(back.immediate_charge.summary).toMatchObject({ total_amount: 0, customer_credits: -3000 })
    expect(back.immediate_charge.line_items).toMatchObject([
      { type: 'subscription', product_id: plans.pro, name: 'Pro', unit_price: 8000 },
      { type: 'subscription', product_id: plans.starter, name: 'Starter', unit_price: -2000 },
    ])
  })

  test('what conflicts is said once: 409 with x-should-retry false', async () => {
    const id = await subscribeTo(world, plans.pro)
    const later = {
      quantity: 1,
      proration_billing_mode: 'full_immediately',
      effective_at: 'next_billing_date',
    } as const
    await client.subscriptions.changePlan(id, { ...later, product_id: plans.starter })
    let asked = 0
    const counting = new DodoPayments({
      bearerToken: world.api_key,
      baseURL: world.urls.api(),
      fetch: async (to: string | URL | Request, init?: RequestInit) => {
        asked += 1
        return world.app.request(to as string, init)
      },
    })
    const again = counting.subscriptions.changePlan(id, { ...later, product_id: plans.basic })
    await expect(again).rejects.toThrow(ConflictError)
    expect(asked).toBe(1)
  })
})
