import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sum } from './money.ts'
import {
  decideRefund,
  dividePayees,
  leftOf,
  type PaidLine,
  type PaidPayment,
  paidShares,
  type RefundItem,
  refundableOf,
  spreadRefund,
  valueAfter,
} from './refund.ts'

const line = (item_id: string, gross: number, more: Partial<PaidLine> = {}): PaidLine => {
  return { item_id, gross, tax: 0, prorated: false, refunded: 0, credited: 0, ...more }
}
const payment = (lines: PaidLine[], more: Partial<PaidPayment> = {}): PaidPayment => {
  return { paid: sum(lines.map(({ gross }) => gross)), refunded: 0, disputed: 0, lines, ...more }
}
const item = (item_id: string, amount: number | null = null, tax_inclusive = true): RefundItem => {
  return { item_id, amount, tax_inclusive }
}
const plan = line('plan', 3000)
const seat = line('seat', 1000)

describe('what the payment method paid', () => {
  test('is split over what was charged, never over what was given back: 40.00 − 15.00', () => {
    expect(paidShares(payment([line('pro', 4000), line('basic', -1500)]))).toEqual([2500, 0])
  })

  test('where 10.00 of 40.00 came from credit: 22.50 and 7.50', () => {
    expect(paidShares(payment([plan, seat], { paid: 3000 }))).toEqual([2250, 750])
  })
})

describe('the whole payment', () => {
  test('what is left of every line', () => {
    expect(decideRefund(payment([plan, seat]), null)).toMatchObject({ type: 'refund', amount: 4000 })
    const begun = payment([line('plan', 3000, { refunded: 1000, credited: 500 }), seat], { refunded: 1000 })
    // 30.00 − 10.00 − 5.00 and 10.00
    expect(decideRefund(begun, null)).toEqual({
      type: 'refund',
      amount: 2500,
      lines: [
        { index: 0, amount: 1500, tax: 0 },
        { index: 1, amount: 1000, tax: 0 },
      ],
    })
  })

  test('one that paid for nothing is refunded without lines', () => {
    expect(decideRefund(payment([], { paid: 3000, refunded: 500 }), null)).toEqual({
      type: 'refund',
      amount: 2500,
      lines: [],
    })
  })

  test.each([
    ['ZERO_AMOUNT_PAYMENT_REFUND_NOT_ALLOWED', payment([plan], { paid: 0 })],
    ['PAYMENT_ALREADY_REFUNDED', payment([line('plan', 3000, { refunded: 3000 })], { refunded: 3000 })],
    ['NOTHING_TO_REFUND', payment([line('plan', 3000, { credited: 3000 })])],
    ['NOTHING_TO_REFUND', payment([plan], { disputed: 3000 })],
  ])('%s', (code, paid) => {
    expect(decideRefund(paid, null)).toEqual({ type: 'refused', code })
  })
})

describe('items', () => {
  test('an amount, or all of the item', () => {
    const decided = decideRefund(payment([plan, seat]), [item('plan', 1250), item('seat')])
    expect(decided).toMatchObject({ amount: 2250, lines: [{ amount: 1250 }, { amount: 1000 }] })
  })

  test('before tax: 10.00 of a line of 35.70 with 5.70 of tax is 11.90, of which 1.90 are tax', () => {
    const taxed = payment([line('plan', 3570, { tax: 570 })])
    expect(decideRefund(taxed, [item('plan', 1000, false)])).toMatchObject({
      amount: 1190,
      lines: [{ amount: 1190, tax: 190 }],
    })
    expect(decideRefund(taxed, [item('plan', 1000)])).toMatchObject({ lines: [{ amount: 1000, tax: 160 }] })
  })

  test('several lines of one product are one item', () => {
    const decided = decideRefund(payment([plan, plan]), [item('plan', 4500)])
    expect(decided).toMatchObject({ lines: [{ amount: 3000 }, { amount: 1500 }] })
  })

  test.each([
    ['DUPLICATE_LINE_ITEMS_IN_REQUEST', [item('plan', 100), item('plan', 100)]],
    ['LINE_ITEM_NOT_FOUND', [item('other')]],
    ['LINE_ITEM_PRORATED', [item('part')]],
    ['LINE_ITEM_FULLY_REFUNDED', [item('done')]],
    ['LINE_ITEM_REFUND_AMOUNT_TOO_LOW', [item('plan', 0)]],
    ['LINE_ITEM_REFUND_AMOUNT_TOO_HIGH', [item('half', 600)]],
    ['REFUND_AMOUNT_EXCEEDS_PAID_AMOUNT', [item('plan', 3001)]],
  ])('%s', (code, items) => {
    const lines = [
      plan,
      line('part', 500, { prorated: true }),
      line('done', 500, { refunded: 500 }),
      line('half', 1000, { refunded: 500 }),
    ]
    expect(decideRefund(payment(lines, { refunded: 1000 }), items)).toEqual({ type: 'refused', code })
  })
})

test('12.00 of a whole payment of 40.00: 9.00 of the plan and 3.00 of the seat', () => {
  expect(spreadRefund(payment([plan, seat]), 1200)).toMatchObject([{ amount: 900 }, { amount: 300 }])
})

test('25.00 of 20.00 by card and 10.00 by wallet: the card first', () => {
  const parts = [
    { index: 0, amount: 1500, tax: 0 },
    { index: 1, amount: 1000, tax: 0 },
  ]
  expect(dividePayees(parts, 2000).map(({ wallet_amount }) => wallet_amount)).toEqual([0, 500])
})

test('the value of a period falls by what was given back, in proportion to the part of it that was paid', () => {
  expect(valueAfter(3000, 3000, 1000)).toBe(2000)
  // 40.00 were half a period of 80.00: 10.00 of them are 20.00 of a whole one
  expect(valueAfter(8000, 4000, 1000)).toBe(6000)
  expect(valueAfter(3000, 3000, 4000)).toBe(0)
})

const amounts = fc.integer({ min: 0, max: 100_000 })
const paidLines = fc.array(
  fc
    .record({
      gross: fc.integer({ min: -50_000, max: 100_000 }),
      tax: fc.nat(25),
      refunded: amounts,
      credited: amounts,
    })
    .map(({ gross, tax, refunded, credited }) =>
      line('x', gross, { tax: Math.trunc((gross * tax) / 100), refunded, credited }),
    ),
  { minLength: 1, maxLength: 5 },
)

test('never more than was paid of a line, nor than is left of the payment', () => {
  fc.assert(
    fc.property(paidLines, amounts, amounts, amounts, (lines, paid, refunded, disputed) => {
      const given = { paid, refunded, disputed, lines: lines.map((each, at) => ({ ...each, item_id: `${at}` })) }
      const refundable = refundableOf(given)
      expect(sum(refundable)).toBeLessThanOrEqual(leftOf(given))
      const shares = paidShares(given)
      for (const [at, { refunded: before, credited }] of given.lines.entries()) {
        expect(refundable[at]).toBeGreaterThanOrEqual(0)
        expect((refundable[at] ?? 0) === 0 || (refundable[at] ?? 0) + before + credited <= (shares[at] ?? 0)).toBe(true)
      }
    }),
  )
})

test('however it is cut into refunds, a payment gives back what was paid and its tax, once', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 6 }),
      fc.nat(25),
      (asked, rate) => {
        const gross = 10_000
        let held = line('plan', gross, { tax: Math.round((gross * rate) / (100 + rate)) })
        let tax = 0
        for (const items of [...asked.map((amount) => [item('plan', amount)]), null]) {
          const decided = decideRefund(payment([held], { refunded: held.refunded }), items)
          if (decided.type === 'refused') continue
          held = { ...held, refunded: held.refunded + decided.amount }
          tax += sum(decided.lines.map((part) => part.tax))
        }
        expect([held.refunded, tax]).toEqual([gross, held.tax])
      },
    ),
  )
})
