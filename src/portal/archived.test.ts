import { expect, test } from 'vitest'
import { beginsSomething } from './archived.tsx'

test.each([
  ['/subscriptions/sub_1/plan', true],
  ['/subscriptions/sub_1/plan/quo_1', true],
  ['/subscriptions/sub_1/plan/quo_1/stop', false],
  ['/subscriptions/sub_1/resubscription', true],
  ['/subscriptions/sub_1/cancellation/undo', true],
  ['/subscriptions/sub_1/cancellation', false],
  ['/subscriptions/sub_1/payment-method', false],
  ['/subscriptions/sub_1/pause', false],
  ['/payment-methods', false],
  ['/sign-out', false],
])('at a business that sells no more, a form to %s begins something new: %s', (path, begins) => {
  expect(beginsSomething(path)).toBe(begins)
})
