import { afterAll, describe, expect, test } from 'vitest'
import type { InvoiceDocument } from '#wire/invoice-document.ts'
import { creditNoteSheet, statementSheet } from './credit-note-sheet.ts'
import { closePdf, renderCorrection, renderCreditNote, renderInvoice, renderStatement } from './render-invoice.ts'

afterAll(closePdf)

const party = { legal_name: null, address: ['4 Harbour Row', 'Portland, OR 97209'], country: 'US', tax_id: null }
const period = { period_start: '2026-01-30T23:00:00Z', period_end: '2026-02-27T23:00:00Z' }
const invoice: InvoiceDocument = {
  number: 'NW-2026-0042',
  issued_at: '2026-01-31T09:15:00Z',
  time_zone: 'Europe/Berlin',
  currency: 'USD',
  business: { ...party, name: 'Northwind Studio', tax_id: 'DE123456789', email: 'billing@northwind.example' },
  customer: { ...party, name: 'Mara Lindqvist', email: null },
  lines: [
    {
      description: 'Team plan',
      quantity: 3,
      unit_price: 2900,
      amount: 8700,
      tax: 718,
      tax_rate: 8.25,
      tax_inclusive: false,
      discount: 0,
      ...period,
    },
  ],
  subtotal: 8700,
  tax: 718,
  tax_inclusive: false,
  total: 9418,
  taxes: [{ name: 'Sales tax', rate: 8.25, inclusive: false, net: 8700, tax: 718 }],
  discounts: [],
  reverse_charge: false,
  credit_applied: 0,
  wallet_applied: 0,
  payment: { payment_id: 'pay_1', paid_at: '2026-01-31T09:15:02Z', method: 'Visa •••• 4242' },
  next_billing_date: '2026-02-27T23:00:00Z',
}

const text = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1')
const pages = (pdf: Uint8Array) => Number(/\/Type\/?\s*\/Pages\b[\s\S]*?\/Count (\d+)/.exec(text(pdf))?.[1])

test.each(['en', 'ar'] as const)(
  '%s: an archival PDF, byte-equal when drawn again, also by a new thread',
  async (locale) => {
    const first = await renderInvoice(invoice, locale)
    expect(text(first)).toMatch(/^%PDF-1\.7/)
    expect(text(first)).toContain('pdfaid')
    expect(text(first)).toContain(`/Lang (${locale})`)
    expect(pages(first)).toBe(1)
    expect(Buffer.compare(first, await renderInvoice(invoice, locale))).toBe(0)
    await closePdf()
    expect(Buffer.compare(first, await renderInvoice(invoice, locale))).toBe(0)
  },
)

test('its date and title are the document’s, not those of the drawing', async () => {
  const pdf = text(await renderInvoice(invoice, 'en'))
  expect(pdf).toContain('D:20260131091500')
  expect(pdf).toContain('Invoice NW-2026-0042 from Northwind Studio')
})

test.each(['en', 'ar'] as const)(
  '%s: a credit note and a correction name the invoice they belong to',
  async (locale) => {
    const later = {
      ...invoice,
      number: 'NW-CN-0007',
      original: { number: invoice.number, issued_at: invoice.issued_at },
    }
    const note = {
      ...later,
      reason: 'By mistake',
      given_to: { type: 'refund' as const, refund_id: 'ref_1', wallet_amount: 200 },
    }
    const sheet = creditNoteSheet(note, locale)
    expect(sheet.facts.map(({ value }) => value).join(' ')).toContain('NW-2026-0042')
    expect(sheet.below_total.map(({ value }) => value).join(' ')).toMatch(/2[.٫]00|٢٫٠٠/)
    expect(text(await renderCreditNote(note, locale))).toMatch(/^%PDF-1\.7/)
    expect(text(await renderCorrection(later, locale))).toMatch(/^%PDF-1\.7/)
    const credited = creditNoteSheet({ ...note, given_to: { type: 'credit' } }, locale)
    expect(credited.paid).not.toBe(sheet.paid)
  },
)

test.each(['en', 'ar'] as const)('%s: a statement says what is due, and has no number', async (locale) => {
  const { number: _, payment: __, next_billing_date: ___, ...owed } = invoice
  const statement = { ...owed, dues_id: 'due_1', due: 9418 }
  const sheet = statementSheet(statement, locale)
  expect(sheet.paid).toMatch(/94[.٫]18|٩٤٫١٨/)
  expect(JSON.stringify(sheet)).not.toContain('NW-2026')
  expect(text(await renderStatement(statement, locale))).toMatch(/^%PDF-1\.7/)
})

test('sixty lines take several pages', async () => {
  const [line] = invoice.lines
  if (!line) throw new Error('the sample has a line')
  const lines = Array.from({ length: 60 }, (_, at) => ({ ...line, description: `Seat ${at}` }))
  expect(pages(await renderInvoice({ ...invoice, lines }, 'en'))).toBeGreaterThan(2)
})

test('many at once are all drawn, each its own', async () => {
  const numbers = Array.from({ length: 12 }, (_, at) => `NW-${at}`)
  const pdfs = await Promise.all(numbers.map((number) => renderInvoice({ ...invoice, number }, 'en')))
  for (const [at, pdf] of pdfs.entries()) expect(text(pdf)).toContain(`Invoice NW-${at} from`)
})

describe('what a stranger wrote is only text', () => {
  test.each([
    ['code', '#panic("no") #import "x.typ" $x$ *a* `b` <c> @d [e] {f} \\u{41} // g'],
    ['quotes and backslashes', '"\\"\\\\"\'`'],
    ['control characters', '\u0000\u0001\u001b[31m\u007f\u0085\u2028\r\n\t'],
    ['directional overrides', '\u202eevil\u202d \u2066\u2067\u2068 شركة (123) \u2069\u2069\u2069'],
    ['emoji', '😀👩‍👩‍👧‍👦🇩🇪'],
    ['other scripts', '佐藤 花子 · 김철수 · ลูกค้า · לקוח · ग्राहक'],
    ['lone surrogates and noncharacters', '\ud800 \udfff \uffff \ufdd0 \ue000'],
    ['ten thousand letters', 'W'.repeat(10_000)],
    ['nothing', ''],
  ])('%s', async (_, name) => {
    const wild = { name, legal_name: name, address: [name, name], country: name, tax_id: name, email: name }
    const document: InvoiceDocument = {
      ...invoice,
      number: name,
      business: wild,
      customer: wild,
      lines: invoice.lines.map((line) => ({ ...line, description: name })),
      payment: { ...invoice.payment, method: name },
    }
    for (const locale of ['en', 'ar'] as const) {
      expect(text(await renderInvoice(document, locale))).toMatch(/^%PDF/)
    }
  })
})

test('a document with an impossible date is refused and the next one drawn', async () => {
  await expect(renderInvoice({ ...invoice, issued_at: 'soon' }, 'en')).rejects.toThrow(RangeError)
  expect(text(await renderInvoice(invoice, 'en'))).toMatch(/^%PDF/)
})
