// The pages one sees every time, in words longer than any language has: all of it fits. Words without spaces are seen in
// every-page.full.test.ts.
import { expect, test } from 'vitest'
import { everyPage } from '#test/support/every-page.ts'
import { overflows } from '#test/support/measure.ts'
import { useTour } from '#test/support/tour.ts'

const visit = useTour()

test.each(everyPage.filter(({ main }) => main))('$name', async (place) => {
  expect(await overflows(await visit(place, { locale: 'en-XA' }))).toEqual([])
})
