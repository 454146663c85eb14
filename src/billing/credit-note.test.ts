import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { creditNoteLines, creditOfChange, spreadOverLines } from './credit-note.ts'
import type { InvoiceLine } from './invoice.ts'
import { sum } from './money.ts'

const invoiced = (amount: number, more: Partial<InvoiceLine> = {}) => {
  const period = { period_start: null, period_end: null }
  const untaxed = { tax: 0, tax_rate: null, tax_name: 'VAT', tax_inclusive: false, discount: 0 }
  return { description: 'Seat', quantity: 3, unit_price: 1000, amount, ...untaxed, ...period, ...more }
}

describe('a credit note', () => {
  test('of a part of 3 × 10.00 at 19 %: one line of 10.00 with 1.90 of tax', () => {
    const line = invoiced(3000, { tax: 570, tax_rate: 19 })
    const note = creditNoteLines([{ line, amount: 1190, tax: 190 }])
    expect(note.lines).toMatchObject([{ quantity: 1, unit_price: 1000, amount: 1000, tax: 190, tax_rate: 19 }])
    expect([note.subtotal, note.tax, note.total]).toEqual([1000, 190, 1190])
  })

  test('of a whole line keeps its quantity; inclusive tax is part of its amount', () => {
    const { tax_name, ...line } = invoiced(3000, { tax: 479, tax_rate: 19, tax_inclusive: true })
    const note = creditNoteLines([{ line: { ...line, tax_name }, amount: 3000, tax: 479 }])
    expect(note).toMatchObject({
      lines: [line],
      taxes: [{ name: 'VAT', tax: 479, net: 2521 }],
      subtotal: 3000,
      tax: 479,
      total: 3000,
    })
  })
})

test('11.90 of an invoice of 23.80 and 11.90 is 7.93 and 3.97, with 19 % in both', () => {
  const lines = [invoiced(2000, { tax: 380, tax_rate: 19 }), invoiced(1000, { tax: 190, tax_rate: 19 })]
  expect(spreadOverLines(lines, 1190)).toMatchObject([
    { amount: 793, tax: 127 },
    { amount: 397, tax: 63 },
  ])
  expect(spreadOverLines([invoiced(-500)], 100)).toEqual([])
})

describe('the credit of a plan change', () => {
  test('is what it gives back less what it charges: 40.00 − 10.00', () => {
    const lines = [
      { gross: 1000, tax: 0 },
      { gross: -4000, tax: 0 },
    ]
    expect(creditOfChange(lines, 0).map(({ amount }) => amount)).toEqual([-1000, 4000])
  })

  test('leaves out what the merchant gives: of −80.00 and 20.00, 20.00 are a gift and 40.00 were paid', () => {
    const lines = [
      { gross: 2000, tax: 0 },
      { gross: -8000, tax: -1278 },
    ]
    // 12.78 × 40.00 ÷ 80.00
    expect(creditOfChange(lines, 2000)).toMatchObject([{ amount: 4000, tax: 639 }])
  })

  test('sums to the credit less the gift, whatever the lines', () => {
    const line = fc.integer({ min: -100_000, max: 50_000 }).map((gross) => ({ gross, tax: 0 }))
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (lines, share) => {
          const credit = 0 - sum(lines.map(({ gross }) => gross))
          fc.pre(credit > 0)
          const gift = Math.floor(credit * share)
          expect(sum(creditOfChange(lines, gift).map(({ amount }) => amount))).toBe(credit - gift)
        },
      ),
    )
  })
})
