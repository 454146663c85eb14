// What a customer was sent, through the published SDK: told whole, and nothing shown that opens something.
import type DodoPayments from 'dodopayments'
import { NotFoundError } from 'dodopayments'
import { beforeEach, describe, expect, test } from 'vitest'
import { requestAddressSignIn } from '#core/addresses/request-address-sign-in.ts'
import { eraseCustomer } from '#core/erasure/erase-customer.ts'
import { findPayLink } from '#core/recovery/pay-links.ts'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { buy, cards, plan } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import type { World } from '#test/support/world.ts'

describe('mails a customer was sent', () => {
  const { newWorld } = stage()
  let world: World
  let client: DodoPayments

  beforeEach(async () => {
    world = await newWorld({ startsAt: '2026-01-01T10:00:00Z' })
    client = checkedClient(world)
  })

  const listed = async (customer_id: string) =>
    (await client.customers.emails.list(customer_id, { page_number: 0 })).items
  const bodyOf = async (customer_id: string, type: string) => {
    const { email_log_id = '' } = (await listed(customer_id)).find(({ email_type }) => email_type === type) ?? {}
    return client.customers.emails.retrieveBody(email_log_id, { customer_id })
  }

  test('are listed newest first, with what they said', async () => {
    const { customer_id } = await buy(world)
    const other = await buy(world, plan(), { email: 'noor@northwind.example' })
    await world.work()
    await world.advanceTo('2026-02-02T00:00:00Z')
    await world.work()
    const items = await listed(customer_id)
    expect(items.map(({ email_type, category, status }) => [email_type, category, status])).toEqual([
      ['payment_succeeded', 'payments', 'sent'],
      ['payment_succeeded', 'payments', 'sent'],
    ])
    expect(items[0]).toMatchObject({
      recipient: 'mara@northwind.example',
      from: 'hello@harbour.example',
      has_preview: true,
      failure_code: null,
      policies: { resend_allowed: false, resends_remaining: 0 },
    })
    expect(items[0]?.subject).toContain('$30.00')
    const body = await bodyOf(customer_id, 'payment_succeeded')
    expect(body).toMatchObject({ merchant_authored: false, failure_reason: null })
    expect(body.html).toContain('$30.00')
    const stolen = client.customers.emails.retrieveBody(items[0]?.email_log_id ?? '', {
      customer_id: other.customer_id,
    })
    await expect(stolen).rejects.toThrow(NotFoundError)
    await expect(client.customers.emails.list('cus_nobody')).rejects.toThrow(NotFoundError)
  })

  test('that carry access are told and never shown', async () => {
    const { customer_id } = await buy(world)
    await client.customers.customerPortal.create(customer_id, { send_email: true })
    await world.work()
    const invite = (await listed(customer_id)).find(({ email_type }) => email_type === 'invite')
    expect(invite).toMatchObject({ category: 'auth', subject: null, has_preview: false, status: 'sent' })
    await expect(bodyOf(customer_id, 'invite')).rejects.toThrow(NotFoundError)
  })

  test('the mail of a sign-in at all businesses is none of this one’s', async () => {
    // Of no other business that shares the database.
    const email = 'everywhere@northwind.example'
    const { customer_id } = await buy(world, undefined, { email })
    await requestAddressSignIn(world.modes.test.ctx, {
      email,
      locale: 'en',
      flow: undefined,
    })
    await world.work()
    const mails = (await rowsOf(world, 'emails')).map(({ template, customer_id }) => [template, customer_id])
    expect(mails).toContainEqual(['address-sign-in', null])
    expect((await listed(customer_id)).map(({ category }) => category)).not.toContain('auth')
  })

  test('a link that pays without signing in stays with its reader', async () => {
    const { customer_id, subscription_id } = await buy(world, plan(), { card: cards.failsLater })
    await world.advanceTo('2026-02-02T00:00:00Z')
    await world.work()
    const link = await findPayLink(await world.fresh(), subscription_id)
    const body = await bodyOf(customer_id, 'subscription_on_hold')
    expect(`${body.html} ${body.text}`).not.toContain(link?.pay_link_id)
    expect(body.html).toContain(world.urls.portal.subscription(world.business_id, subscription_id))
  })

  test('of a customer who was erased only that they were sent', async () => {
    const { customer_id } = await buy(world)
    await world.work()
    await eraseCustomer(await world.fresh(), customer_id)
    const [mail] = await listed(customer_id)
    expect(mail).toMatchObject({ recipient: null, subject: null, has_preview: false })
    await expect(bodyOf(customer_id, 'payment_succeeded')).rejects.toThrow(NotFoundError)
  })
})
