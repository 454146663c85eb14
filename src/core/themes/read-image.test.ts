import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pictures } from '#test/support/pictures.ts'
import { readImage } from './read-image.ts'

describe('readImage', () => {
  it.each([
    ['png', { type: 'png', width: 64, height: 48 }],
    ['jpg', { type: 'jpg', width: 64, height: 48 }],
    ['webp', { type: 'webp', width: 64, height: 48 }],
    ['webp_lossless', { type: 'webp', width: 64, height: 48 }],
    ['webp_extended', { type: 'webp', width: 64, height: 48 }],
  ] as const)('knows a %s and its size', (name, facts) => {
    expect(readImage(pictures[name])).toEqual(facts)
  })

  it.each(['png_moving', 'webp_moving', 'gif', 'svg'] as const)('refuses a %s', (name) => {
    expect(readImage(pictures[name])).toBeUndefined()
  })

  it('answers for every cut and every garbled file', () => {
    const names = fc.constantFrom('png', 'jpg', 'webp', 'webp_lossless', 'webp_extended', 'svg' as const)
    fc.assert(
      fc.property(names, fc.nat(400), fc.nat(400), fc.nat(255), (name, cut, at, byte) => {
        const bytes = pictures[name].slice(0, cut)
        if (at < bytes.length) bytes[at] = byte
        const facts = readImage(bytes)
        if (facts !== undefined) expect(Number.isSafeInteger(facts.width * facts.height)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
