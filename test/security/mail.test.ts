// V3, V2: what arrives at a mail reader, whatever merchants and customers call themselves.
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { setBusiness } from '#core/businesses/set-business.ts'
import { createCustomer } from '#core/customers/create-customer.ts'
import { updateCustomer } from '#core/customers/update-customer.ts'
import { from } from '#core/scope.ts'
import { requestSignIn } from '#core/sessions/request-sign-in.ts'
import { createLiveWorld, type LiveWorld } from '#test/support/live-world.ts'
import { startSmtp } from '#test/support/smtp.ts'

let smtp: Awaited<ReturnType<typeof startSmtp>>
let world: LiveWorld

beforeAll(async () => {
  smtp = await startSmtp()
  world = await createLiveWorld({ smtpUrl: smtp.url })
})
afterAll(async () => {
  await world.close()
  await smtp.stop()
})
beforeEach(() => {
  smtp.received.length = 0
  smtp.asked.length = 0
})

const fresh = () => getBusinessCtx(world.live.ctx, world.business_id)
const ask = async (email: string) => requestSignIn(await fresh(), { email, locale: 'en', flow: undefined })
const emails = async () =>
  from(await fresh(), 'emails')
    .selectAll()
    .orderBy('created_at')
    .execute()

/** The mail that answers the customer of the world. */
async function mailed() {
  await ask('mara@northwind.example')
  await world.work()
  const [received, ...more] = smtp.received
  if (received === undefined || more.length > 0) throw new Error(`${smtp.received.length} mails arrived`)
  return received
}

test('the sign-in mail arrives: link, code, sender, and a way to answer the merchant', async () => {
  const { from: sender, to, mail } = await mailed()
  expect([sender, to]).toEqual(['portal@linden.example', ['mara@northwind.example']])
  expect(mail.from).toEqual({ name: 'Linden Studio', address: 'portal@linden.example' })
  expect(mail.to).toEqual([{ name: '', address: 'mara@northwind.example' }])
  expect(mail.replyTo).toEqual([{ name: '', address: 'hello@linden.example' }])
  const link = /https:\/\/billing\.linden\.example\/session\/[\w-]+/.exec(mail.text ?? '')?.[0] ?? 'no link'
  expect(mail.html).toContain(link)
  expect(mail.text).toMatch(/\b\d{6}\b/)
  expect((await world.app.request(link)).status).toBe(200)
  const [sent] = (await emails()).slice(-1)
  expect(sent?.status).toBe('sent')
  expect(JSON.stringify(sent)).not.toContain(link.split('/').at(-1))
})

describe('a business that calls itself', () => {
  test.each([
    'Linden\r\nBcc: everybody@evil.example',
    'Linden\nSubject: You won',
    'Linden\r\n\r\n<h1>Another body</h1>',
    'Lin"den" <evil@evil.example>',
    'evil@evil.example,',
    'Linden, evil@evil.example',
    'Линден студия שלום 🌱 株式会社',
    '=?utf-8?B?QmNjOiBldmlsQGV2aWwuZXhhbXBsZQ==?=',
    'Linden\u2028Bcc: evil@evil.example',
    '<script>alert(1)</script>',
    'L'.repeat(200),
    "O'Linden & Söhne; \\ (GmbH)",
  ])('%j changes no header, no recipient and no page', async (name) => {
    const ctx = await fresh()
    onTestFinished(async () => {
      await setBusiness(ctx, world.business_id, { name: 'Linden Studio' })
    })
    await setBusiness(ctx, world.business_id, { name })
    const { from: sender, to, mail, raw } = await mailed()
    expect([sender, to]).toEqual(['portal@linden.example', ['mara@northwind.example']])
    expect(mail.from?.address).toBe('portal@linden.example')
    expect([mail.to?.map(({ address }) => address), mail.cc, mail.bcc]).toEqual([
      ['mara@northwind.example'],
      undefined,
      undefined,
    ])
    const names = raw.slice(0, raw.indexOf('\r\n\r\n')).match(/^[\w-]+(?=:)/gm) ?? []
    const lowered = names.map((header) => header.toLowerCase())
    expect(new Set(lowered).size).toBe(names.length)
    const expected = [
      'from',
      'to',
      'reply-to',
      'subject',
      'message-id',
      'date',
      'mime-version',
      'content-type',
      'auto-submitted',
    ]
    expect(lowered.toSorted()).toEqual(expected.toSorted())
    expect(mail.subject).not.toMatch(/[\r\n]/)
    expect(mail.html).not.toMatch(/<script>alert|<h1>Another/)
  })
})

describe('a customer whose address is', () => {
  test.each([
    'mara@northwind.example, evil@evil.example',
    'mara@northwind.example;evil@evil.example',
    'Mara <evil@evil.example>',
    'mara@northwind.example\r\nBcc: evil@evil.example',
    'mara@northwind.example\nRCPT TO:<evil@evil.example>',
    '"mara@northwind.example, x"@evil.example',
    'mara@northwind.example> <evil@evil.example',
    'group: evil@evil.example, mara@northwind.example;',
  ])('%j gets no mail, and nobody else gets it', async (email) => {
    const ctx = await fresh()
    const { customer_id } = await createCustomer(ctx, { email, name: 'M' })
    await ask(email)
    await world.work()
    expect(smtp.asked).toEqual([])
    const [mail] = (await emails()).slice(-1)
    expect([mail?.status, mail?.recipient]).toEqual(['failed', email.trim()])
    await updateCustomer(ctx, customer_id, { email: `old-${customer_id}@northwind.example` })
  })

  test.each([
    'åsa@northwind.example',
    'mara@münchen.example',
    "o'hara+x@northwind.example",
    'a.b_c-d@sub.northwind.example',
  ])('%s gets it', async (email) => {
    await createCustomer(await fresh(), { email, name: 'M' })
    await ask(email)
    await world.work()
    expect(smtp.received.length).toBe(1)
    expect(smtp.received[0]?.to.length).toBe(1)
  })
})

describe('a mail server', () => {
  test('that is away for a moment gets the mail later, once', async () => {
    const away = await createLiveWorld({ smtpUrl: 'smtp://127.0.0.1:9' })
    onTestFinished(away.close)
    await requestSignIn(away.live.ctx, { email: 'mara@northwind.example', locale: 'en', flow: undefined })
    await away.work()
    const [mail] = await from(away.live.ctx, 'emails').selectAll().execute()
    expect([mail?.status, mail?.attempts, mail?.next_attempt_at === null]).toEqual(['queued', 1, false])
  })

  test('that says no for good is not asked again; one that says not now is', async () => {
    onTestFinished(() => smtp.refuse(undefined))
    for (const [code, status] of [
      [550, 'failed'],
      [451, 'queued'],
    ] as const) {
      smtp.refuse(code)
      await ask('mara@northwind.example')
      await world.work()
      expect((await emails()).at(-1)?.status).toBe(status)
    }
  })
})
