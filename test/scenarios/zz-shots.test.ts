import { test } from 'vitest'
import { stage } from '#test/support/stage.ts'
import { buy, cards, plan } from '#test/support/buy.ts'
import { rowsOf } from '#test/support/story.ts'
import { renderEmail } from '#email/render-email.tsx'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { change, makePlans, subscribeTo } from '#test/support/plans.ts'
import { createRefund } from '#core/refunds/create-refund.ts'
import { setMailSwitches } from '#core/emails/set-mail-switches.ts'
import { createInvite } from '#core/sessions/create-invite.ts'
import { chromium } from 'playwright-core'
import { findChromium } from '#test/support/chromium.ts'
import { mkdirSync } from 'node:fs'
const { newWorld } = stage()
test('shots', async () => {
  const world = await newWorld({ startsAt: '2026-01-01T09:00:00Z' })
  await setMailSwitches(await world.fresh(), { upcoming_renewal: true })
  const plans = await makePlans(world, { license_key_enabled: true })
  const id = await subscribeTo(world, plans.basic)
  await world.work()
  await world.advanceTo('2026-01-16T09:00:00Z')
  await change(world, id, plans.pro, { addons: [{ addon_id: plans.addon_id, quantity: 3 }], quantity: 2 })
  await world.work()
  await world.advanceTo('2026-01-29T10:00:00Z'); await world.work()
  const [p] = await rowsOf(world, 'payments')
  await createRefund(await world.fresh(), { payment_id: p!.payment_id, items: null, reason: null, metadata: {} }).catch((e) => console.log(e))
  await cancelSubscription(await world.fresh(), id, { timing: 'at_next_billing_date', cancellation_feedback: 'too_expensive', cancellation_comment: 'Hello \u202eevil <b>x</b> שלום' })
  await world.work()
  const h = await buy(world, plan({ payment_frequency_count: 30, payment_frequency_interval: 'Day' }, { name: 'Studio Basic with a very long name that goes on and on <b>' }), { card: cards.failsLater, email: 'x@northwind.example' })
  await createInvite(await world.fresh(), { customer_id: h.customer_id, send_email: true })
  await world.work()
  await world.advanceTo('2026-03-01T10:00:00Z'); await world.work()
  mkdirSync('/tmp/shots-mails', { recursive: true })
  const { path, env } = findChromium(); const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'], env: { ...process.env, ...env } })
  const seen = new Set<string>()
  for (const e of (await rowsOf(world, 'emails')).reverse()) {
    if (seen.has(e.template)) continue
    seen.add(e.template)
    for (const [locale, width, scheme] of [['en', 700, 'light'], ['en', 390, 'dark'], ['ar', 390, 'light'], ['ar', 700, 'dark']] as const) {
      const d = await renderEmail(await world.fresh(), { ...e, locale })
      const page = await browser.newPage({ viewport: { width, height: 600 }, colorScheme: scheme })
      await page.setContent(d.html)
      await page.screenshot({ path: `/tmp/shots-mails/${e.template}-${locale}-${width}-${scheme}.png`, fullPage: true })
      await page.close()
    }
  }
  await browser.close()
  console.log([...seen])
}, 120000)
