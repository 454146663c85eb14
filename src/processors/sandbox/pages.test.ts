import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HostedPageRequest, PaymentOutcome } from '#processors/processor.ts'
import { BASE_URL, card, openSandbox, pageRequest, RETURN_URL, type SandboxWorld } from './sandbox-under-test.ts'

let world: SandboxWorld
beforeAll(async () => {
  world = await openSandbox()
})
afterAll(() => world.database.drop())

const customer = { customer_id: 'cus_mara', email: 'mara@linden.example', name: 'Mara', country: 'SE' }
let pages = 0

/** An open page in a business of its own. */
async function open(change: Partial<HostedPageRequest> = {}, as: 'openPayment' | 'openSetup' = 'openPayment') {
  const business_id = `bus_page_${++pages}`
  const { processor } = world.sandbox
  const outcome = await processor[as]({ ...pageRequest({ business_id, customer }, 'p'), ...change })
  if (outcome.status !== 'requires_action') throw new Error(`the page is ${outcome.status}`)
  const retrieve = async (): Promise<Partial<PaymentOutcome>> =>
    processor.retrievePayment(business_id, 'p') as Promise<PaymentOutcome>
  return { url: outcome.url, business_id, retrieve, close: () => processor.closePayment(business_id, 'p') }
}

async function captured(business_id: string): Promise<number> {
  const rows = await world.db.selectFrom('captures').select('amount').where('business_id', '=', business_id).execute()
  return rows.reduce((sum, { amount }) => sum + amount, 0)
}

describe('a saved card whose holder is asked', () => {
  const asked = async () => {
    const { processor } = world.sandbox
    const owner = { business_id: `bus_page_${++pages}`, customer }
    const opened = await processor.openSetup({ ...pageRequest(owner, 's'), amount: 0 })
    if (opened.status !== 'requires_action') throw new Error(opened.status)
    await world.post(opened.url, card('4000000000003220'))
    await world.post(`${opened.url}/challenge`, { try_number: '1', decision: 'approve' })
    const saved = await processor.retrieveSetup(owner.business_id, 's')
    if (saved.status !== 'succeeded') throw new Error(saved.status)
    const request = {
      ...owner,
      key: 'k',
      amount: 1200,
      currency: 'USD',
      method: saved.method.reference,
      description: 'Team plan',
      statement_descriptor: null,
      present: { return_url: RETURN_URL, business_name: 'Linden', challenge: false },
    }
    const outcome = await processor.charge(request)
    if (outcome.status !== 'requires_action') throw new Error(`the charge is ${outcome.status}`)
    const retrieve = () => processor.retrievePayment(owner.business_id, 'k')
    return { ...owner, processor, request, retrieve, url: outcome.url, again: () => processor.charge(request) }
  }
  const decide = (url: string, decision: string) =>
    world.post(`${url}/challenge`, { try_number: '1', decision }).then(({ headers }) => headers.get('location'))

  it('pays once they approve, however often the charge is asked for, and stays saved', async () => {
    const { url, again, retrieve, business_id, processor, request } = await asked()
    expect([(await again()).status, (await world.get(url)).status]).toEqual(['requires_action', 303])
    // A page of a saved card takes no other one.
    await world.post(url, card('4242424242424242'))
    expect(await captured(business_id)).toBe(0)
    expect(await decide(url, 'approve')).toBe(RETURN_URL)
    expect([(await retrieve()).status, (await again()).status]).toEqual(['succeeded', 'succeeded'])
    expect(await captured(business_id)).toBe(1200)
    expect((await processor.charge({ ...request, key: 'k2' })).status).toBe('requires_action')
  })

  it('is declined for good once they refuse, or once it is closed', async () => {
    const refused = await asked()
    expect(await decide(refused.url, 'refuse')).toBe(RETURN_URL)
    expect(await refused.retrieve()).toMatchObject({ status: 'declined', code: 'AUTHENTICATION_FAILURE' })
    const closed = await asked()
    await closed.processor.closePayment(closed.business_id, 'k')
    await decide(closed.url, 'approve')
    expect(await closed.retrieve()).toMatchObject({ status: 'declined', code: 'AUTHENTICATION_TIMEOUT' })
    expect([await captured(refused.business_id), await captured(closed.business_id)]).toEqual([0, 0])
  })

  it('is declined where nobody is there', async () => {
    const { processor, request } = await asked()
    const { present: _, ...alone } = request
    const outcome = await processor.charge({ ...alone, key: 'k2' })
    expect(outcome).toMatchObject({ status: 'declined', code: 'AUTHENTICATION_REQUIRED' })
  })
})

describe('the hosted page', () => {
  it('shows business, amount and form, escaped, uncached and closed to scripts and frames', async () => {
    const { url } = await open()
    const response = await world.get(url)
    const html = await response.text()
    expect(response.status).toBe(200)
    expect(html).toMatch(/^<!doctype html><html lang="en">/)
    expect(html).toContain('Linden &amp; Söhne &lt;b&gt;')
    expect(html).toContain('$1,234.56')
    expect(html).toContain('Test mode: no real money moves')
    expect(html).not.toContain('<script')
    expect(html).not.toContain('UPI')
    expect(response.headers.get('cache-control')).toBe('no-store')
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('form-action')
    const stylesheet = /href="([^"]+\.css)"/.exec(html)?.[1] ?? ''
    expect((await world.get(stylesheet)).headers.get('content-type')).toContain('text/css')
  })

  it('takes the payment and sends the person back', async () => {
    const { url, business_id, retrieve } = await open()
    const response = await world.post(url, card('4242 4242-4242 4242'))
    expect([response.status, response.headers.get('location')]).toEqual([303, RETURN_URL])
    expect(await retrieve()).toMatchObject({
      status: 'succeeded',
      method: {
        card_network: 'visa',
        card_last_four: '4242',
        card_issuing_country: 'US',
        expiry_month: 6,
        expiry_year: 2032,
      },
    })
    expect(await captured(business_id)).toBe(123456)
  })

  it('says already paid to who comes back, and pays once on a double submit', async () => {
    const { url, business_id } = await open()
    const answers = await Promise.all([1, 2, 3].map(() => world.post(url, card('4242424242424242'))))
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
    expect(await captured(business_id)).toBe(123456)
    const html = await (await world.get(url)).text()
    expect(html).toContain('Already paid')
    expect(html).toContain(`href="${RETURN_URL}"`)
  })

  it('stays open after a decline, tells why, and lets another card pay', async () => {
    const { url, business_id, retrieve } = await open()
    const declined = await world.post(url, card('4000000000009995'))
    const html = await declined.text()
    expect(declined.status).toBe(422)
    expect(html).toContain('insufficient funds')
    expect(html).toContain('value="Mara Lindqvist"')
    expect(html).toContain('value="06/32"')
    expect(html).not.toContain('4000000000009995"')
    expect(html).not.toContain('value="123"')
    expect(await retrieve()).toMatchObject({ status: 'requires_action', url })
    expect((await world.post(url, card('5555555555554444'))).status).toBe(303)
    const tries = await world.db
      .selectFrom('tries')
      .selectAll()
      .where('business_id', '=', business_id)
      .orderBy('try_number')
      .execute()
    expect(tries.map(({ outcome, decline_code }) => [outcome, decline_code])).toEqual([
      ['declined', 'INSUFFICIENT_FUNDS'],
      ['succeeded', null],
    ])
  })

  it('never tells the person that a card is stolen', async () => {
    const { url, close } = await open()
    const html = await (await world.post(url, card('4000000000009979'))).text()
    expect(/role="alert">([^<]*)</.exec(html)?.[1]).toBe(
      'Your payment was declined. Nothing was charged. Try another card.',
    )
    expect(await close()).toMatchObject({ status: 'declined', code: 'STOLEN_CARD' })
  })

  it('is closed for good, with the last decline or none', async () => {
    const { url, business_id, close, retrieve } = await open()
    expect(await close()).toMatchObject({ status: 'declined', code: 'CUSTOMER_CANCELLED' })
    expect(await close()).toEqual(await retrieve())
    for (const response of [await world.get(url), await world.post(url, card('4242424242424242'))]) {
      expect(response.status).toBe(410)
      expect(await response.text()).toContain('This page is closed')
    }
    expect(await captured(business_id)).toBe(0)
  })

  it('saves a method without charging', async () => {
    const { url, business_id } = await open({ amount: 0 }, 'openSetup')
    expect(await (await world.get(url)).text()).toContain('Save a payment method')
    expect((await world.post(url, card('4000000000000341'))).headers.get('location')).toBe(RETURN_URL)
    expect(await world.sandbox.processor.retrieveSetup(business_id, 'p')).toMatchObject({ status: 'succeeded' })
    expect(await captured(business_id)).toBe(0)
    expect(await (await world.get(url)).text()).toContain('Already saved')
  })

  it('does not exist under another address', async () => {
    for (const path of ['/sandbox/pages/sbx_page_nobody', '/sandbox/pages/%00', '/sandbox/pages/nobody/challenge']) {
      expect((await world.get(path)).status).toBe(404)
    }
    expect((await world.post('/sandbox/pages/nobody', card('4242424242424242'))).status).toBe(404)
  })
})

describe('the form', () => {
  it.each([
    ['a number that is no test card', { number: '4111111111111111' }, 'Only the test cards'],
    ['a number with a wrong digit', { number: '4242424242424241' }, 'not a card number'],
    ['no number', { number: '' }, 'Enter the card number'],
    ['a past expiry', { expiry: '10/26' }, 'This date has passed'],
    ['a month that is none', { expiry: '13/30' }, 'Enter month and year'],
    ['a short CVC', { cvc: '12' }, '3 or 4 digits'],
    ['no name', { name: ' ' }, 'Enter the name'],
    ['a name with a NUL', { name: 'a\u0000b' }, 'Enter the name'],
  ])('refuses %s', async (_, change, message) => {
    const { url, business_id, retrieve } = await open()
    const response = await world.post(url, { ...card('4242424242424242'), ...change })
    expect(response.status).toBe(422)
    const html = await response.text()
    expect(html).toContain(message)
    expect(html).toContain('aria-invalid="true"')
    expect(await retrieve()).toMatchObject({ status: 'requires_action' })
    expect(await captured(business_id)).toBe(0)
  })

  it.each(['6/32', '06 / 2032', '0632', '11/26'])('takes %s for an expiry', async (expiry) => {
    const { url } = await open()
    expect((await world.post(url, card('4242424242424242', { expiry }))).status).toBe(303)
  })

  it('is taken from this site only', async () => {
    const { url, business_id } = await open()
    const foreign: Record<string, string>[] = [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: BASE_URL, 'sec-fetch-site': 'cross-site' },
      { origin: BASE_URL, 'sec-fetch-site': 'same-site' },
    ]
    for (const headers of foreign) expect((await world.post(url, card('4242424242424242'), headers)).status).toBe(403)
    expect(await captured(business_id)).toBe(0)
    expect((await world.post(url, card('4242424242424242'), { 'sec-fetch-site': 'same-origin' })).status).toBe(303)
  })

  it.each(['multipart/form-data; boundary=x', 'multipart/form-data', 'application/json', 'text/plain'])(
    'is asked for again when the body is no form but called %s',
    async (type) => {
      const { url } = await open()
      const response = await world.send(url, '{"number":', { origin: BASE_URL, 'content-type': type })
      expect(response.status).toBe(422)
    },
  )

  it('is refused when it is larger than any form of ours', async () => {
    const { url } = await open()
    expect((await world.post(url, card('4242424242424242', { name: 'x'.repeat(20_000) }))).status).toBe(413)
  })
})

describe('UPI', () => {
  const india = { currency: 'INR', customer: { ...customer, country: 'IN' } }

  it('is offered in India for rupees only', async () => {
    expect(await (await world.get((await open(india)).url)).text()).toContain('name="upi_id"')
    for (const change of [
      { ...india, currency: 'USD' },
      { ...india, customer },
    ]) {
      const { url, retrieve } = await open(change)
      expect(await (await world.get(url)).text()).not.toContain('upi_id')
      expect((await world.post(url, { pay_with: 'upi', upi_id: 'success@upi' })).status).toBe(422)
      expect(await retrieve()).toMatchObject({ status: 'requires_action' })
    }
  })

  it('pays with success@upi and declines failure@upi', async () => {
    const { url, retrieve } = await open(india)
    expect((await world.post(url, { pay_with: 'upi', upi_id: 'failure@upi' })).status).toBe(422)
    expect((await world.post(url, { pay_with: 'upi', upi_id: 'mara@bank' })).status).toBe(422)
    expect(await retrieve()).toMatchObject({ status: 'requires_action' })
    expect((await world.post(url, { pay_with: 'upi', upi_id: ' Success@UPI ' })).status).toBe(303)
    expect(await retrieve()).toMatchObject({
      status: 'succeeded',
      method: { type: 'upi', display: 'success@upi', card_last_four: null },
    })
  })
})

describe('3-D Secure', () => {
  async function challenged() {
    const opened = await open()
    const asked = await world.post(opened.url, card('4000000000003220'))
    const challengeUrl = asked.headers.get('location') ?? ''
    expect(challengeUrl).toMatch(/\/challenge$/)
    return { ...opened, challengeUrl }
  }

  it('pays after Approve, once', async () => {
    const { url, challengeUrl, business_id, retrieve } = await challenged()
    const html = await (await world.get(challengeUrl)).text()
    expect(html).toContain('card ending in 3220')
    expect(await retrieve()).toMatchObject({ status: 'requires_action', url })
    const approve = { try_number: '1', decision: 'approve' }
    const answers = await Promise.all([world.post(challengeUrl, approve), world.post(challengeUrl, approve)])
    expect(answers.map(({ headers }) => headers.get('location'))).toEqual([RETURN_URL, RETURN_URL])
    expect(await captured(business_id)).toBe(123456)
    const paid = await retrieve()
    if (paid.status !== 'succeeded') throw new Error(paid.status)
    const charge = {
      key: 'renewal',
      business_id,
      customer,
      amount: 900,
      currency: 'USD',
      method: paid.method?.reference ?? '',
      description: '',
      statement_descriptor: null,
    }
    expect(await world.sandbox.processor.charge(charge)).toMatchObject({
      status: 'declined',
      code: 'AUTHENTICATION_REQUIRED',
    })
  })

  it('goes back to the form after Refuse, and another card may pay', async () => {
    const { url, challengeUrl, business_id, retrieve } = await challenged()
    const refused = await world.post(challengeUrl, { try_number: '1', decision: 'refuse' })
    expect(refused.status).toBe(303)
    expect(await (await world.get(refused.headers.get('location') ?? '')).text()).toContain('was refused')
    expect((await world.get(challengeUrl)).status).toBe(303)
    expect(await retrieve()).toMatchObject({ status: 'requires_action' })
    expect((await world.post(url, card('4242424242424242'))).status).toBe(303)
    expect(await captured(business_id)).toBe(123456)
  })

  it('cannot be approved once the page is closed, or for a try that was given up', async () => {
    const { url, challengeUrl, business_id, close } = await challenged()
    await world.post(url, card('4000000000000002'))
    await world.post(challengeUrl, { try_number: '1', decision: 'approve' })
    expect(await captured(business_id)).toBe(0)
    await world.post(url, card('4000000000003220'))
    expect(await close()).toMatchObject({ status: 'declined', code: 'AUTHENTICATION_TIMEOUT' })
    expect((await world.post(challengeUrl, { try_number: '3', decision: 'approve' })).status).toBe(410)
    expect(await captured(business_id)).toBe(0)
  })
})
