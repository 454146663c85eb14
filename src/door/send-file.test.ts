import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filenameOf } from '#api/content-disposition.ts'
import { readRange } from './byte-range.ts'
import { contentDisposition } from './content-disposition.ts'

const whole = { size: 10, etag: '"a"' }

describe('the part that is asked for', () => {
  test.each([
    ['bytes=0-3', { start: 0, end: 3 }],
    ['bytes=4-', { start: 4, end: 9 }],
    ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-30', { start: 0, end: 9 }],
    ['bytes=8-99', { start: 8, end: 9 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-4', undefined],
    ['bytes=0-1,3-4', undefined],
    ['bytes=-', undefined],
    ['lines=0-1', undefined],
    [undefined, undefined],
  ])('%s', (asked, part) => {
    expect(readRange(asked, undefined, whole)).toEqual(part)
  })

  test('is of this file, or all of it is sent', () => {
    expect(readRange('bytes=4-', '"a"', whole)).toEqual({ start: 4, end: 9 })
    expect(readRange('bytes=4-', '"b"', whole)).toBeUndefined()
  })

  test('never leaves the file', () => {
    const number = fc.option(fc.nat(30), { nil: '' })
    fc.assert(
      fc.property(number, number, fc.integer({ min: 1, max: 20 }), (from, to, size) => {
        const part = readRange(`bytes=${from}-${to}`, undefined, { size, etag: '' })
        if (part === undefined || part === 'unsatisfiable') return
        expect(part.start).toBeGreaterThanOrEqual(0)
        expect(part.start).toBeLessThanOrEqual(part.end)
        expect(part.end).toBeLessThan(size)
      }),
    )
  })
})

describe('the name to save it under', () => {
  test('is told to old browsers without what they cannot read', () => {
    expect(contentDisposition('Pinsel für "Öl" 100%.zip')).toBe(
      'attachment; filename="Pinsel f_r __l_ 100_.zip"; filename*=UTF-8\'\'Pinsel%20f%C3%BCr%20%22%C3%96l%22%20100%25.zip',
    )
  })

  test('is a header whatever the name is, and read back the same', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.isWellFormed())
    fc.assert(
      fc.property(name, (filename) => {
        const header = contentDisposition(filename)
        expect(header).toMatch(/^[\x20-\x7e]+$/)
        expect(filenameOf(header)).toBe(filename)
      }),
    )
  })

  test.each([
    ['attachment; filename="a \\"b\\".zip"', 'a "b".zip'],
    ['attachment; filename=a.zip', 'a.zip'],
    ['attachment', undefined],
    ["attachment; filename*=UTF-8''%ff", undefined],
    [null, undefined],
  ])('is read from %s', (header, name) => {
    expect(filenameOf(header)).toBe(name)
  })
})
