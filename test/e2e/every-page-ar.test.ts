// A page in each frame in Arabic, by night: no accessibility violation, and nothing sticks out at any width. All of them are seen in
// every-page.full.test.ts.
import { expect, test } from 'vitest'
import { everyPage } from '#test/support/every-page.ts'
import { overflows, violations } from '#test/support/measure.ts'
import { useTour } from '#test/support/tour.ts'

const visit = useTour()

const frames = new Set([
  'overview',
  'subscription',
  'billing history',
  'profile',
  'sign-in',
  'checkout',
  'what is owed',
])

test.each(everyPage.filter(({ name }) => frames.has(name)))('$name', async (place) => {
  const page = await visit(place, { locale: 'ar', colors: 'dark' })
  expect(await violations(page)).toEqual([])
  expect(await overflows(page)).toEqual([])
})
