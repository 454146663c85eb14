// The pages one sees every time, in words longer than any language has and in words without spaces: all of it fits.
import { describe, expect, test } from 'vitest'
import { everyPage } from '#test/support/every-page.ts'
import { overflows } from '#test/support/measure.ts'
import { useTour } from '#test/support/tour.ts'

const visit = useTour()

describe.each(['en-XA', 'zh-XA'])('%s', (locale) => {
  test.each(everyPage.filter(({ main }) => main))('$name', async (place) => {
    expect(await overflows(await visit(place, { locale }))).toEqual([])
  })
})
