// What the address of a list asks for that is not there: a page beyond the last, a filter of somebody else, the number of a card.
import { beforeAll, describe, expect, test } from 'vitest'
import { openAddressSession } from '#core/sessions/open-session.ts'
import { type Bought, buy } from '#test/support/buy.ts'
import { type Measured, measuredCustomer } from '#test/support/measured-customer.ts'
import { stage } from '#test/support/stage.ts'
import { SESSION, signIn, type Visit, visitWith } from '#test/support/visit.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World
let measured: Measured
let visit: Visit
let stranger: Bought

beforeAll(async () => {
  world = await newWorld({ startsAt: '2026-11-01T09:20:00Z' })
  measured = await measuredCustomer(world)
  visit = await signIn(world, measured.customer_id)
  stranger = await buy(world, undefined, { email: 'noor@northwind.example', name: 'Noor' })
})

const portal = () => world.urls.portal
const history = (query: Record<string, string> = {}) => portal().billingHistory(world.business_id, query)
const answered = async (url: string, by = visit) => {
  const answer = await by.get(url)
  return { status: answer.status, to: answer.headers.get('location'), html: await answer.text() }
}
const beyond = (url: string, page = '500') => `${url}${url.includes('?') ? '&' : '?'}page=${page}`

describe('a page beyond the last leads to the first', () => {
  test('of every list of the portal, and keeps what it was narrowed to', async () => {
    const id = world.business_id
    const lists = [
      portal().subscriptions(id),
      portal().usage(id),
      portal().usageHistory(id, measured.subscription_id),
      portal().wallet(id, { currency: 'USD' }),
      portal().credits(id, measured.credit_entitlement_id),
      portal().licenseKeys(id),
      portal().licenseKey(id, measured.license_key_id),
      portal().entitlements(id),
      portal().entitlements(id, { subscription: measured.subscription_id }),
      portal().activity(id),
      history(),
      history({ status: 'succeeded', q: 'رندر & co' }),
    ]
    for (const url of lists) {
      const { status, to } = await answered(beyond(url))
      expect([status, to], url).toEqual([303, url])
      expect((await answered(url)).status, url).toBe(200)
    }
    for (const odd of ['0', '-1', '1', 'x', '20000']) {
      expect((await answered(beyond(history(), odd))).status, odd).toBe(200)
    }
  })

  test('of everything an address has', async () => {
    const { ctx } = world.modes.test
    const session = await openAddressSession(ctx, 'iris@northwind.example', { cookie: undefined, user_agent: null })
    const reader = await visitWith(world, `${SESSION}=${session.token}`)
    for (const url of [world.urls.businesses.overview(), world.urls.businesses.billingHistory()]) {
      const { status, to } = await answered(beyond(url, '2'), reader)
      expect([status, to], url).toEqual([303, url])
      expect((await answered(url, reader)).status, url).toBe(200)
    }
  })
})

test('the billing history is narrowed to a subscription of one’s own, and else to none', async () => {
  const all = (await answered(history())).html
  expect(all).not.toContain('Filtered:')
  for (const subscription of [stranger.subscription_id, 'sub_nonsense', "' or 1=1"]) {
    const { status, html } = await answered(history({ subscription }))
    expect([status, html.includes('Filtered:'), html.includes('Search and filter')], subscription).toEqual([
      200,
      false,
      true,
    ])
    const exported = await answered(portal().billingHistoryCsv(world.business_id, { subscription }))
    expect(exported.html).toBe((await answered(portal().billingHistoryCsv(world.business_id))).html)
  }
  expect((await answered(history({ subscription: measured.subscription_id }))).html).toContain('Filtered:')
})

test('the number of a card is not searched for, and leaves the address', async () => {
  for (const q of ['4242424242424242', '4242 4242 4242 4242', '٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢']) {
    const { status, to } = await answered(history({ q, status: 'succeeded' }))
    expect([status, to]).toEqual([303, history({ status: 'succeeded', refused: 'q' })])
    const { html } = await answered(to ?? '')
    expect(html).toContain('Please do not write a card number here.')
    expect([html.includes(q), html.includes('<details class="fold spreads" open')]).toEqual([false, true])
  }
  expect((await answered(history())).html).not.toContain('card number')
})
