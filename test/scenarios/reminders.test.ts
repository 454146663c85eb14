// What customers are told ahead of time, once for each period and never of what will not come; and what a business switches.
import { beforeEach, describe, expect, test } from 'vitest'
import { update } from '#core/scope.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { updatePaymentMethod } from '#core/subscriptions/update-payment-method.ts'
import { updateSubscription } from '#core/subscriptions/update-subscription.ts'
import { buy, cards, plan } from '#test/support/buy.ts'
import { mailsOf } from '#test/support/mails.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
const thirtyDays = plan({ payment_frequency_count: 30, payment_frequency_interval: 'Day' })

let world: World
let mail: ReturnType<typeof mailsOf>

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T09:00:00Z' })
  mail = mailsOf(world)
})

const reminded = async () =>
  (await rowsOf(world, 'events'))
    .filter(({ type }) => type.startsWith('reminder.'))
    .map(({ type, occurred_at, data }) => {
      return `${occurred_at.toString().slice(0, 10)} ${type} of ${String(data.at).slice(0, 10)}`
    })
const move = async (id: string, to: string) =>
  updateSubscription(await world.fresh(), id, { next_billing_date: Temporal.Instant.from(to) })

describe('a trial', () => {
  test('of two weeks is told of two days before it ends, with what is charged then', async () => {
    await mail.switch({ merchant_subscription_started: true })
    await buy(world, plan({ trial_period_days: 14 }))
    expect(await mail.arrive()).toEqual(['merchant-subscription-started'])
    await world.advanceTo('2026-01-13T10:00:00Z')
    expect(await mail.arrive()).toEqual(['trial-ending'])
    expect(await mail.read('trial-ending')).toMatch(/\$30\.00 on January 15, 2026.*Visa •••• 4242/s)
    await world.advanceTo('2026-01-15T10:00:00Z')
    expect(await mail.arrive()).toEqual(['receipt'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('of two days says it all when it begins; one that will not go on is not told of', async () => {
    await buy(world, plan({ trial_period_days: 2 }))
    const ending = await buy(world, plan({ trial_period_days: 14 }), { email: 'tove@northwind.example' })
    await mail.arrive()
    await cancelSubscription(await world.fresh(), ending.subscription_id, { timing: 'at_next_billing_date' })
    await world.advanceTo('2026-01-16T10:00:00Z')
    expect(await reminded()).toEqual([])
  })
})

describe('a renewal', () => {
  test('is told of where the business wants that, also of what runs already', async () => {
    await buy(world, thirtyDays)
    await mail.arrive()
    await world.advanceTo('2026-01-20T09:00:00Z')
    await mail.switch({ upcoming_renewal: true })
    await world.advanceTo('2026-01-29T10:00:00Z')
    expect(await mail.arrive()).toEqual(['upcoming-renewal'])
    expect(await mail.read('upcoming-renewal')).toContain('$30.00 on January 31, 2026')
    await world.advanceTo('2026-02-01T10:00:00Z')
    await mail.arrive()
    await world.advanceTo('2026-02-28T10:00:00Z')
    expect(await mail.arrive()).toEqual(['upcoming-renewal'])
    expect(await reminded()).toEqual([
      '2026-01-29 reminder.upcoming_renewal of 2026-01-31',
      '2026-02-28 reminder.upcoming_renewal of 2026-03-02',
    ])
  })

  test('whose date moves is told of once, two days before the date it then has', async () => {
    await mail.switch({ upcoming_renewal: true })
    const { subscription_id: id } = await buy(world, thirtyDays)
    await mail.arrive()
    // Sooner: 18 January. Told; then later again: 25 January, of which nothing is said.
    await move(id, '2026-01-20T09:00:00Z')
    await mail.arrive()
    await world.advanceTo('2026-01-18T10:00:00Z')
    expect(await mail.arrive()).toEqual(['upcoming-renewal'])
    await move(id, '2026-01-27T09:00:00Z')
    await mail.arrive()
    await world.advanceTo('2026-01-26T10:00:00Z')
    expect(await mail.arrive()).toEqual([])
    expect(await reminded()).toEqual(['2026-01-18 reminder.upcoming_renewal of 2026-01-20'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('that will not come is not told of: on hold, cancelled, over at its term', async () => {
    await mail.switch({ upcoming_renewal: true })
    await buy(world, thirtyDays, { card: cards.failsLater })
    const { subscription_id } = await buy(world, thirtyDays, { email: 'tove@northwind.example' })
    const term = { subscription_period_count: 1, subscription_period_interval: 'Month' } as const
    await buy(world, plan(term), { email: 'ola@northwind.example' })
    await mail.arrive()
    await cancelSubscription(await world.fresh(), subscription_id, { timing: 'at_next_billing_date' })
    await world.advanceTo('2026-01-29T10:00:00Z')
    // Only the first, which nobody knows yet will be declined.
    expect(await reminded()).toEqual(['2026-01-29 reminder.upcoming_renewal of 2026-01-31'])
    await mail.arrive()
    await world.advanceTo('2026-03-15T10:00:00Z')
    expect((await reminded()).length).toBe(1)
  })

  test('in a year that a test clock jumped over is not told of; the next one is', async () => {
    await mail.switch({ upcoming_renewal: true })
    await buy(world, thirtyDays)
    await mail.arrive()
    await world.advanceTo('2027-01-01T10:00:00Z')
    // Twelve renewals of 30 days: the last on 27 December 2026, five days ago, is the only one written about.
    expect(await mail.arrive()).toEqual(['receipt'])
    await world.advanceTo('2027-01-24T10:00:00Z')
    expect(await mail.arrive()).toEqual(['upcoming-renewal'])
  })
})

test('a card that pays something is told of two weeks before its month is over, once', async () => {
  const { subscription_id: id, customer_id } = await buy(world, thirtyDays)
  await mail.arrive()
  await update(await world.fresh(), 'payment_methods')
    .set({ expiry_year: 2026, expiry_month: 3 })
    .where('customer_id', '=', customer_id)
    .execute()
  const { payment_method_id } = await getSubscription(await world.fresh(), id)
  await updatePaymentMethod(await world.fresh(), id, payment_method_id ?? '')
  await mail.arrive()
  await world.advanceTo('2026-03-18T10:00:00Z')
  expect(await mail.arrive()).toContain('card-expiring')
  expect(await mail.read('card-expiring')).toMatch(/Visa •••• 4242.*03\/2026.*Studio Basic/s)
  await updatePaymentMethod(await world.fresh(), id, payment_method_id ?? '')
  await mail.arrive()
  await world.advanceTo('2026-03-30T10:00:00Z')
  expect(await mail.arrive()).not.toContain('card-expiring')
})

describe('the switches', () => {
  interface Switches {
    items: { kind: string; enabled: boolean; enabled_by_default: boolean; switchable: boolean }[]
  }
  const read = async () => (await world.client().get<Switches>('/portico/emails')).items
  const patch = async (body: Record<string, unknown>) => world.client().patch<Switches>('/portico/emails', { body })

  test('come as published, and are the business’s to turn', async () => {
    const off = (await read()).filter(({ enabled }) => !enabled).map(({ kind }) => kind)
    expect(off).toEqual([
      'payment_failed',
      'renewal_failed',
      'upcoming_renewal',
      'plan_change_failed',
      'merchant_subscription_started',
      'merchant_payment_succeeded',
      'merchant_payment_failed',
      'merchant_refund',
    ])
    await patch({ payment_succeeded: false, renewal_failed: true })
    await buy(world, thirtyDays)
    expect(await mail.arrive()).toEqual([])
    const turned = (await read()).filter(({ enabled, enabled_by_default }) => enabled !== enabled_by_default)
    expect(turned.map(({ kind }) => kind)).toEqual(['payment_succeeded', 'renewal_failed'])
    const { items } = await patch({ payment_succeeded: null })
    expect(items.find(({ kind }) => kind === 'payment_succeeded')?.enabled).toBe(true)
  })

  test('leave what carries access alone', async () => {
    await expect(mail.switch({ sign_in: false })).rejects.toMatchObject({ code: 'INVALID_REQUEST_PARAMETERS' })
    await patch({ sign_in: false })
    expect((await read()).find(({ kind }) => kind === 'sign_in')).toMatchObject({ enabled: true, switchable: false })
  })
})
