// What the invoice's page says: every text ready to print in one language. The Typst file only places it.

import type { Direction, Locale } from '#i18n/locales.ts'
import { type Translator, translator } from '#i18n/translator.ts'
import type { InvoiceDocument, InvoiceLine, InvoiceParty } from '#wire/invoice-document.ts'
import { fontFamilies } from './fonts.ts'
import { foreignText, printable } from './foreign-text.ts'

const HEADING_LENGTH = 100

export interface InvoiceSheet {
  lang: string
  dir: Direction
  fonts: string[]
  document: { title: string; author: string; issued: number[] }
  business_name: string
  title: string
  facts: Labelled[]
  from: PrintedParty
  to: PrintedParty
  columns: { description: string; quantity: string; unit_price: string; tax_rate: string | null; amount: string }
  lines: {
    description: string
    period: string
    quantity: string
    unit_price: string
    tax_rate: string
    amount: string
  }[]
  sums: Labelled[]
  total: Labelled
  below_total: Labelled[]
  paid: string
  next: string
  /** What the law wants said. */
  note: string
  footer: string[]
  /** With U+E000 for the page's number and U+E001 for the number of pages. */
  page: string
}

interface Labelled {
  label: string
  value: string
}

interface PrintedParty {
  label: string
  name: string
  lines: string[]
}

export function invoiceSheet(invoice: InvoiceDocument, locale: Locale): InvoiceSheet {
  const say = translator(locale, invoice.time_zone)
  const { t, dir } = say
  const taxed = invoice.lines.some(({ tax_rate }) => tax_rate !== null)
  return {
    lang: say.locale.slice(0, 2),
    dir: say.dir,
    fonts: fontFamilies(say.locale.slice(0, 2)),
    document: metadata(invoice, say),
    business_name: foreignText(invoice.business.name, dir, HEADING_LENGTH),
    title: t('invoice.title'),
    facts: [
      { label: t('invoice.number'), value: foreignText(invoice.number, dir) },
      { label: t('invoice.date'), value: say.date(invoice.issued_at) },
    ],
    from: party(t('invoice.from'), invoice.business, say),
    to: party(t('invoice.to'), invoice.customer, say),
    columns: {
      description: t('invoice.description'),
      quantity: t('invoice.quantity'),
      unit_price: t('invoice.unit_price'),
      tax_rate: taxed ? t('invoice.tax_rate') : null,
      amount: t('invoice.amount'),
    },
    lines: invoice.lines.map((line) => printLine(line, invoice.currency, say)),
    ...sums(invoice, say),
    paid: paid(invoice, say),
    next: next(invoice, say),
    note: invoice.reverse_charge ? t('invoice.reverse_charge') : '',
    footer: [
      t('invoice.payment_reference', { payment_id: foreignText(invoice.payment.payment_id, dir) }),
      t('invoice.time_zone', { time_zone: foreignText(invoice.time_zone, dir) }),
    ],
    page: t('invoice.page', { number: foreignText(invoice.number, dir), page: '\ue000', pages: '\ue001' }),
  }
}

function metadata(invoice: InvoiceDocument, { t }: Translator): InvoiceSheet['document'] {
  const author = printable(invoice.business.name)
  const issued = Temporal.Instant.from(invoice.issued_at).toZonedDateTimeISO('UTC')
  return {
    title: printable(t('invoice.document_title', { number: printable(invoice.number), business: author })),
    author,
    issued: [issued.year, issued.month, issued.day, issued.hour, issued.minute, issued.second],
  }
}

function party(label: string, { name, legal_name, address, country, tax_id, email }: InvoiceParty, say: Translator) {
  const own = (text: string) => foreignText(text, say.dir)
  const lines = [
    legal_name !== null && legal_name !== name ? own(legal_name) : '',
    ...address.map(own),
    country === null ? '' : countryName(country, say),
    email === null ? '' : own(email),
    tax_id === null ? '' : say.t('invoice.tax_id', { tax_id: own(tax_id) }),
  ]
  return { label, name: own(name), lines: lines.filter((line) => line !== '') }
}

function countryName(code: string, say: Translator): string {
  try {
    return new Intl.DisplayNames(say.locale.slice(0, 2), { type: 'region' }).of(code) ?? code
  } catch {
    return foreignText(code, say.dir)
  }
}

function printLine(line: InvoiceLine, currency: string, say: Translator): InvoiceSheet['lines'][number] {
  const { period_start, period_end } = line
  return {
    description: describe(line, say),
    period: period_start !== null && period_end !== null ? say.period(period_start, period_end) : '',
    quantity: say.number(line.quantity),
    unit_price: say.money(line.unit_price, currency),
    tax_rate: line.tax_rate === null ? '–' : say.percent(line.tax_rate),
    amount: say.money(line.amount + line.discount, currency),
  }
}

/** What a change of plan gives back names the plan it is for. */
function describe({ description, amount, carried }: InvoiceLine, { t, dir }: Translator): string {
  if (carried !== undefined) return t(carried === 'out' ? 'invoice.carried_out' : 'invoice.carried_in')
  const own = foreignText(description, dir)
  return amount < 0 ? t('invoice.credit_line', { description: own }) : own
}

/** Lines stand at their price; what discounts took and exclusive tax lead to the total; inclusive tax is part of it and stated below. */
function sums(invoice: InvoiceDocument, say: Translator): Pick<InvoiceSheet, 'sums' | 'total' | 'below_total'> {
  const { t } = say
  const money = (amount: number) => say.money(amount, invoice.currency)
  const listed = invoice.lines.reduce((sum, { amount, discount }) => sum + amount + discount, 0)
  const discounts = invoice.discounts
    .filter(({ amount }) => amount !== 0)
    .map(({ code, amount }) => ({
      label: t('invoice.discount', { code: foreignText(code, say.dir) }),
      value: money(-amount),
    }))
  const taxes = (inclusive: boolean) =>
    taxesShown(invoice)
      .filter((tax) => tax.inclusive === inclusive)
      .map((tax) => ({ label: taxLabel(tax, say), value: money(tax.tax) }))
  return {
    sums: [{ label: t('invoice.subtotal'), value: money(listed) }, ...discounts, ...taxes(false)],
    total: { label: t('invoice.total'), value: money(invoice.total) },
    below_total: [...taxes(true), ...creditOf(invoice, say)],
  }
}

/** An invoice from before taxes were listed knows only their sum. */
function taxesShown({ taxes, lines, tax, tax_inclusive: inclusive }: InvoiceDocument): TaxShown[] {
  if (taxes.length > 0) return taxes
  const rates = [...new Set(lines.map(({ tax_rate }) => tax_rate))]
  const [rate = null] = rates
  return rates.every((each) => each === null)
    ? []
    : [{ name: null, rate: rates.length === 1 ? rate : null, inclusive, tax }]
}

interface TaxShown {
  name: string | null
  rate: number | null
  inclusive: boolean
  tax: number
}

function taxLabel({ name, rate, inclusive }: TaxShown, { t, percent, dir }: Translator): string {
  if (name !== null && rate !== null) {
    const named = { name: foreignText(name, dir), rate: percent(rate) }
    return inclusive ? t('invoice.tax_named_included', named) : t('invoice.tax_named', named)
  }
  if (inclusive) return t('invoice.tax_included')
  return rate === null ? t('invoice.tax') : t('invoice.tax_at', { rate: percent(rate) })
}

/** The total stays what the period costs; credit and wallet are ways in which it was paid. */
function creditOf({ credit_applied, wallet_applied, currency }: InvoiceDocument, { t, money }: Translator): Labelled[] {
  const credit = { label: t('invoice.credit_applied'), value: money(-credit_applied, currency) }
  const wallet = { label: t('invoice.wallet_applied'), value: money(-wallet_applied, currency) }
  return [...(credit_applied === 0 ? [] : [credit]), ...(wallet_applied === 0 ? [] : [wallet])]
}

function paid(invoice: InvoiceDocument, { t, date, dir }: Translator): string {
  const { paid_at, method } = invoice.payment
  if (invoice.total === invoice.credit_applied + invoice.wallet_applied) return t('invoice.nothing_due')
  if (method === null) return t('invoice.paid_on', { date: date(paid_at) })
  return t('invoice.paid_on_with', { date: date(paid_at), method: foreignText(method, dir) })
}

function next({ next_billing_date }: InvoiceDocument, { t, date }: Translator): string {
  return next_billing_date === null ? '' : t('invoice.next_billing_date', { date: date(next_billing_date) })
}
