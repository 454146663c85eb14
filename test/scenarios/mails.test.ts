// Who is written to, about what, and when: once for each event, as the business switched it.
import { Readable } from 'node:stream'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import { mailKinds } from '#core/emails/kinds.ts'
import { createEntitlement } from '#core/entitlements/create-entitlement.ts'
import { addFile } from '#core/files/add-file.ts'
import { cancelScheduledChange } from '#core/plan-changes/cancel-scheduled-change.ts'
import { undoPlanChange } from '#core/plan-changes/undo-plan-change.ts'
import { createRefund } from '#core/refunds/create-refund.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { pauseSubscription } from '#core/subscriptions/pause-subscription.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { revokeCancellation } from '#core/subscriptions/revoke-cancellation.ts'
import { updatePaymentMethod } from '#core/subscriptions/update-payment-method.ts'
import type { Message } from '#email/mailer.ts'
import { mails } from '#email/mails.ts'
import { react } from '#email/reactions.ts'
import { sendEmail } from '#email/send-email.ts'
import { buy, cards, download, payCheckout, plan } from '#test/support/buy.ts'
import { offer } from '#test/support/everyday.ts'
import { setLaterCharges } from '#test/support/later-charges.ts'
import { mailsOf } from '#test/support/mails.ts'
import { change, makePlans, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { checkoutOf, rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
const thirtyDays = plan({ payment_frequency_count: 30, payment_frequency_interval: 'Day' })

/** By any story of this file. */
const templatesSeen = new Set<string>()

let world: World
let mail: ReturnType<typeof mailsOf>

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T09:00:00Z' })
  mail = mailsOf(world, templatesSeen)
})

const methodOf = async (id: string) => (await getSubscription(await world.fresh(), id)).payment_method_id ?? ''

describe('a subscription', () => {
  test('with keys for two seats: a receipt and one mail with both keys; each renewal a receipt', async () => {
    const seats = { product: { ...thirtyDays, license_key_enabled: true }, quantity: 2 }
    const { checkout_id } = await checkoutOf(world, [seats])
    await payCheckout(world, checkout_id)
    expect(await mail.arrive()).toEqual(['license-keys', 'receipt'])
    expect((await mail.read('license-keys')).match(/(\w{5}-){4}\w{5}/g)?.length).toBe(2)
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await mail.arrive()).toEqual(['receipt'])
    // 2 × 30.00, for the thirty days from 31 January.
    expect(await mail.read('receipt')).toMatch(/\$60\.00.*Jan 31 – Mar 2, 2026.*Next billing date: March 2, 2026/s)
  })

  test('cancelled for later, kept, cancelled for later and ended; the merchant reads why', async () => {
    const { subscription_id: id } = await buy(world, thirtyDays)
    await mail.arrive()
    const reasons = { cancellation_feedback: 'too_complex', cancellation_comment: 'Too many buttons' } as const
    await cancelSubscription(await world.fresh(), id, { timing: 'at_next_billing_date', ...reasons })
    expect(await mail.arrive()).toEqual(['cancellation-scheduled', 'merchant-cancellation'])
    expect(await mail.read('cancellation-scheduled')).toContain('January 31, 2026')
    expect(await mail.read('merchant-cancellation')).toMatch(/Too complex.*Too many buttons/s)
    await revokeCancellation(await world.fresh(), id)
    expect(await mail.arrive()).toEqual(['cancellation-undone', 'merchant-cancellation'])
    await cancelSubscription(await world.fresh(), id, { timing: 'at_next_billing_date' })
    await mail.arrive()
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await mail.arrive()).toEqual(['cancelled'])
    expect(await mail.read('cancelled')).toContain('As planned')
  })

  test('cancelled now says what goes back', async () => {
    await setSettings(await world.fresh(), { refund_unused_time: true })
    const { subscription_id: id } = await buy(world, thirtyDays)
    await world.advanceTo('2026-01-16T09:00:00Z')
    await mail.arrive()
    await cancelSubscription(await world.fresh(), id, { timing: 'now' })
    expect(await mail.arrive()).toEqual(['cancelled', 'merchant-cancellation', 'refunded'])
    // 30.00 × 15/30.
    for (const template of ['cancelled', 'refunded']) expect(await mail.read(template)).toContain('$15.00')
  })

  test('cancelled and kept before anybody looked: nothing is said of a cancellation that is none', async () => {
    const { subscription_id: id } = await buy(world, thirtyDays)
    await mail.arrive()
    await cancelSubscription(await world.fresh(), id, { timing: 'at_next_billing_date' })
    await revokeCancellation(await world.fresh(), id)
    expect(await mail.arrive()).not.toContain('cancellation-scheduled')
  })

  test('paused until a date: told two days before it, and when it runs again', async () => {
    const { subscription_id: id } = await buy(world, thirtyDays)
    await mail.arrive()
    const resumes_at = Temporal.Instant.from('2026-01-20T09:00:00Z')
    await pauseSubscription(await world.fresh(), id, { resumes_at })
    expect(await mail.arrive()).toEqual(['paused'])
    await world.advanceTo('2026-01-18T08:00:00Z')
    expect(await mail.arrive()).toEqual([])
    await world.advanceTo('2026-01-18T10:00:00Z')
    expect(await mail.arrive()).toEqual(['pause-ending'])
    await world.advanceTo('2026-01-21T00:00:00Z')
    expect(await mail.arrive()).toEqual(['resumed'])
  })

  test('at the end of its term', async () => {
    await buy(world, plan({ subscription_period_count: 1, subscription_period_interval: 'Month' }))
    await mail.arrive()
    await world.advanceTo('2026-02-01T10:00:00Z')
    expect(await mail.arrive()).toEqual(['expired'])
  })

  test('paid with another method', async () => {
    const { subscription_id: id } = await buy(world, thirtyDays)
    await mail.arrive()
    await updatePaymentMethod(await world.fresh(), id, await methodOf(id))
    expect(await mail.arrive()).toEqual(['method-updated'])
    expect(await mail.read('method-updated')).toContain('Visa •••• 4242')
  })
})

describe('a declined renewal', () => {
  test('is told once: on hold, why and how to pay; paid, by receipt and that it runs again', async () => {
    await mail.switch({ renewal_failed: true, payment_failed: true, merchant_payment_failed: true })
    const { subscription_id: id } = await buy(world, thirtyDays, { card: cards.failsLater })
    await mail.arrive()
    await world.advanceTo('2026-01-31T10:00:00Z')
    expect(await mail.arrive()).toEqual(['merchant-payment-failed', 'on-hold'])
    const [link] = await rowsOf(world, 'pay_links')
    expect(await mail.read('on-hold')).toContain(world.urls.pay(link?.pay_link_id ?? ''))
    await setLaterCharges(world, 'succeeds')
    await updatePaymentMethod(await world.fresh(), id, await methodOf(id))
    expect(await mail.arrive()).toEqual(['reactivated', 'receipt'].sort())
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('is told as a failed renewal where mails of holds are off, and again at each retry', async () => {
    await setSettings(await world.fresh(), { payment_retries: true })
    await mail.switch({ renewal_failed: true, subscription_on_hold: false })
    await buy(world, thirtyDays, { card: cards.failsLater })
    await mail.arrive()
    await world.advanceTo('2026-01-31T10:00:00Z')
    expect(await mail.arrive()).toEqual(['renewal-failed'])
    // Tried again twelve hours after nine o'clock.
    expect(await mail.read('renewal-failed')).toContain('Jan 31, 2026, 9:00')
    await world.advanceTo('2026-01-31T22:00:00Z')
    expect(await mail.arrive()).toEqual(['renewal-failed'])
  })

  test('in grace: until when access stays; then each reminder in the words of where it stands', async () => {
    await setSettings(await world.fresh(), {
      grace_period: true,
      dunning_on_hold: true,
      dunning_past_due: true,
      dunning_cancelled: true,
    })
    const { subscription_id: id } = await buy(world, thirtyDays, { card: cards.failsLater })
    await mail.arrive()
    await world.advanceTo('2026-01-31T10:00:00Z')
    expect(await mail.arrive()).toEqual(['past-due'])
    expect(await mail.read('past-due')).toContain('Feb 3, 2026')
    await world.advanceTo('2026-02-01T10:00:00Z')
    expect(await mail.arrive()).toEqual(['dunning'])
    expect(await mail.read('dunning')).toContain('You keep your access until February 3, 2026')
    await world.advanceTo('2026-02-03T10:00:00Z')
    expect(await mail.arrive()).toEqual(['dunning', 'on-hold'])
    await world.advanceTo('2026-02-07T10:00:00Z')
    expect(await mail.arrive()).toEqual(['dunning'])
    expect(await mail.read('dunning')).toContain('Last reminder')
    const customer = { type: 'customer' as const, id: (await getSubscription(await world.fresh(), id)).customer_id }
    await cancelSubscription({ ...(await world.fresh()), actor: customer }, id, { timing: 'now' })
    expect(await mail.arrive()).toEqual(['cancelled', 'merchant-cancellation'])
    await world.advanceTo('2026-02-08T11:00:00Z')
    expect(await mail.arrive()).toEqual(['dunning'])
    expect(await mail.read('dunning')).toContain('You can come back')
  })

  test('that was paid before its mail was made is no news', async () => {
    const { subscription_id: id } = await buy(world, thirtyDays, { card: cards.failsLater })
    await mail.arrive()
    await world.advanceTo('2026-01-31T10:00:00Z')
    await setLaterCharges(world, 'succeeds')
    await updatePaymentMethod(await world.fresh(), id, await methodOf(id))
    expect(await mail.arrive()).toEqual(['reactivated', 'receipt'].sort())
  })
})

describe('a change of plan', () => {
  test('at once, for later and taken back; the merchant reads of what happened', async () => {
    const plans = await makePlans(world)
    const id = await subscribeTo(world, plans.basic)
    await world.advanceTo('2026-01-16T09:00:00Z')
    await mail.arrive()
    await change(world, id, plans.pro)
    expect(await mail.arrive()).toEqual(['merchant-plan-changed', 'plan-changed', 'receipt'])
    // (80.00 − 30.00) × 15/30.
    expect(await mail.read('plan-changed')).toMatch(/Before: Basic.*Now: Pro.*\$80\.00 on January 31.*\$25\.00/s)
    const later = { effective_at: 'next_billing_date', proration_billing_mode: 'full_immediately' } as const
    await change(world, id, plans.starter, later)
    expect(await mail.arrive()).toEqual(['change-scheduled'])
    expect(await mail.read('change-scheduled')).toContain('$20.00 on January 31, 2026')
    await cancelScheduledChange(await world.fresh(), id)
    expect(await mail.arrive()).toEqual(['change-undone'])
  })

  test('that could not be paid, where that is switched on; one made unpaid is on hold and may be undone', async () => {
    await mail.switch({ plan_change_failed: true })
    const plans = await makePlans(world)
    const id = await subscribeTo(world, plans.basic, { card: cards.failsLater })
    await mail.arrive()
    await change(world, id, plans.pro)
    expect(await mail.arrive()).toEqual(['change-failed'])
    await change(world, id, plans.pro, { on_payment_failure: 'apply_change' })
    expect(await mail.arrive()).toEqual(['merchant-plan-changed', 'on-hold', 'plan-changed'])
    await undoPlanChange(await world.fresh(), id)
    expect(await mail.arrive()).toEqual(['change-undone'])
    expect(await mail.read('change-undone')).toContain('nothing is owed')
  })
})

describe('what is bought once', () => {
  test('a receipt, its files, and the merchant who wants to know', async () => {
    await mail.switch({ merchant_payment_succeeded: true, merchant_refund: true })
    const { entitlement_id } = await createEntitlement(await world.fresh(), {
      name: 'Brushes',
      description: null,
      metadata: {},
      integration_type: 'digital_files',
      integration_config: { external_url: 'https://files.linden.example/brushes', instructions: 'Unpack them.' },
    })
    await buy(world, { ...download(2500), entitlements: [entitlement_id] } as never)
    expect(await mail.arrive()).toEqual(['delivered', 'merchant-payment-succeeded', 'receipt'])
    expect(await mail.read('delivered')).toContain('https://files.linden.example/brushes')
    const [payment] = await rowsOf(world, 'payments')
    const whole = { payment_id: payment?.payment_id ?? '', items: null, reason: null, metadata: {} }
    await createRefund(await world.fresh(), whole)
    expect(await mail.arrive()).toEqual(['merchant-refund', 'refunded'])
  })

  test('its files that are kept here: by name and size, to be downloaded after signing in', async () => {
    const { entitlement_id } = await createEntitlement(await world.fresh(), {
      ...{ name: 'Brushes', description: null, metadata: {}, integration_type: 'digital_files' },
      integration_config: { external_url: null, instructions: null },
    })
    const content = Readable.from([Buffer.alloc(1_400_000)])
    const file = { filename: 'brushes.zip', content_type: null, content }
    await addFile(await world.fresh(), entitlement_id, file)
    await buy(world, { ...download(2500), entitlements: [entitlement_id] } as never)
    expect(await mail.arrive()).toEqual(['delivered', 'receipt'])
    const text = await mail.read('delivered')
    expect(text).toContain('brushes.zip')
    expect(text).toContain('1.4 MB')
    expect(text).toContain(world.urls.portal.entitlements(world.business_id))
    expect(text).not.toContain('/files/')
  })

  test('declined at the checkout, where that is switched on; free of charge, nothing is said', async () => {
    await mail.switch({ payment_failed: true })
    const { product_id } = await createProduct(await world.fresh(), download(2500))
    const { checkout_id } = await offer(world, product_id)
    await payCheckout(world, checkout_id, { card: cards.declined })
    // Pressed again: the first attempt is closed.
    await payCheckout(world, checkout_id, { card: cards.declined })
    expect(await mail.arrive()).toEqual(['payment-failed'])
    expect(await mail.read('payment-failed')).toContain(world.urls.checkout(checkout_id))
    await buy(world, download(0))
    expect(await mail.arrive()).toEqual([])
  })

  test('a bank that wants the money back, and decides', async () => {
    await subscribeTo(world, (await makePlans(world)).basic, { card: '4000000000000259' })
    await world.modes.test.sandbox?.deliverPending()
    expect(await mail.arrive()).toEqual(['merchant-dispute', 'receipt'])
    const [dispute] = await rowsOf(world, 'disputes')
    await world.modes.test.sandbox?.moveDispute(dispute?.processor_reference ?? '', 'lost')
    await world.modes.test.sandbox?.deliverPending()
    expect(await mail.arrive()).toEqual(['merchant-dispute'])
    expect(await mail.read('merchant-dispute')).toContain('Dispute lost: $30.00')
  })
})

test('a receipt carries the invoice where mails leave the house, and none where they stay', async () => {
  await buy(world, thirtyDays)
  const sent: Message[] = []
  const live = {
    attaches: true,
    send: async (message: Message) => ({ status: 'sent' as const, kept: sent.push(message) }),
  }
  const ctx = await world.fresh()
  const [event] = (await rowsOf(world, 'events')).filter(({ type }) => type === 'payment.succeeded')
  if (event === undefined) throw new Error('it was paid')
  await react(ctx, event)
  // The outbox may be read again: one mail for each event.
  await react(ctx, event)
  const queued = await rowsOf(world, 'emails')
  expect(queued.map(({ template }) => template)).toEqual(['receipt'])
  await sendEmail(ctx, queued[0]?.email_id ?? '', live)
  await sendEmail(ctx, queued[0]?.email_id ?? '', live)
  expect(sent.map(({ attachments }) => attachments.map(({ filename }) => filename))).toEqual([['LS-000001.pdf']])
  expect(Buffer.from(sent[0]?.attachments[0]?.content ?? []).toString('latin1', 0, 5)).toBe('%PDF-')
})

afterAll(() => {
  // Those that carry access and those of what lies ahead have stories of their own.
  const elsewhere = new Set(['webhook-disabled', 'merchant-subscription-started', 'upcoming-renewal', 'trial-ending'])
  const told = Object.entries(mails).filter(([, { kind }]) => mailKinds[kind].sent !== 'always')
  const names = told.map(([template]) => template).filter((template) => !elsewhere.has(template))
  expect([...templatesSeen, 'card-expiring'].sort()).toEqual(names.sort())
})
