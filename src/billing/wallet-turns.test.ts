import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type WalletTurn, walletInTurn } from './wallet-turns.ts'

/** Takes `price` at `at`, and again every so many days where there is a rhythm. */
function turn(subscription_id: string, at: number, price: number, every?: number): WalletTurn {
  const following = (day: number | undefined) =>
    day === undefined ? undefined : turn(subscription_id, at + day, price, day)
  return { subscription_id, at, take: (wallet) => ({ wallet: Math.min(wallet, price), following: following(every) }) }
}

const found = (balance: number, turns: WalletTurn[], ...asked: string[]) =>
  Object.fromEntries(walletInTurn(balance, turns, new Set(asked)))

test('each finds what those before it leave, whatever order they are told in', () => {
  const turns = [turn('c', 12, 1000), turn('b', 9, 1000), turn('a', 1, 1000)]
  expect(found(1500, turns, 'a', 'b', 'c')).toEqual({ a: 1500, b: 500, c: 0 })
  expect(found(1500, turns, 'b')).toEqual({ b: 500 })
  expect(found(1500, turns, 'nobody')).toEqual({})
})

test('at one instant the lower id comes first', () => {
  expect(found(1500, [turn('b', 1, 1000), turn('a', 1, 1000)], 'a', 'b')).toEqual({ a: 1500, b: 500 })
})

test('what comes again before another one takes again: 100 − 3 × 30 leaves 10 on day 10', () => {
  expect(found(100, [turn('often', 1, 30, 4), turn('once', 10, 500)], 'often', 'once')).toEqual({
    often: 100,
    once: 10,
  })
})

test('what takes nothing for ever comes to an end', () => {
  expect(found(100, [turn('free', 1, 0, 1), turn('once', 10_000, 500)], 'once')).toEqual({ once: 100 })
})

test('together they never take more than there is', () => {
  const due = fc.record({ at: fc.integer({ min: 0, max: 9 }), price: fc.integer({ min: 0, max: 500 }) })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2000 }), fc.array(due, { maxLength: 8 }), (balance, all) => {
      const turns = all.map(({ at, price }, index) => turn(`s${index}`, at, price))
      const left = found(balance, turns, ...turns.map(({ subscription_id }) => subscription_id))
      const taken = all.map(({ price }, index) => Math.min(left[`s${index}`] ?? 0, price))
      const wanted = all.reduce((sum, { price }) => sum + price, 0)
      expect(taken.reduce((sum, amount) => sum + amount, 0)).toBe(Math.min(balance, wanted))
    }),
  )
})
