// Every page in English, by day: no accessibility violation, and it is not heavier than it may be; what one sees every time does not
// stick out at any width. The others are measured for that in every-page.full.test.ts.
import { expect, test } from 'vitest'
import { everyPage } from '#test/support/every-page.ts'
import { overflows, violations } from '#test/support/measure.ts'
import { overweight } from '#test/support/page-weight.ts'
import { useTour } from '#test/support/tour.ts'

const visit = useTour()

test.each(everyPage)('$name', async (place) => {
  const page = await visit(place, { locale: 'en', colors: 'light' })
  expect(await violations(page)).toEqual([])
  if (place.main) expect(await overflows(page)).toEqual([])
  if (!place.tool) expect(await overweight(page)).toEqual([])
})
