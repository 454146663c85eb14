import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseColor } from './parse-color.ts'
import { parseRadius } from './parse-radius.ts'

describe('parseColor', () => {
  it.each([
    ['#1D4F3F', '#1d4f3f'],
    ['1d4f3f', '#1d4f3f'],
    ['fff8', '#ffffff88'],
    ['#123456ff', '#123456'],
    [' RebeccaPurple ', '#663399'],
    ['transparent', '#00000000'],
    ['rgb(1, 2, 3)', '#010203'],
    // Half of 255 is 127.5.
    ['rgba(1,2,3,.5)', '#01020380'],
    ['rgb(10% 20% 30% / 100%)', '#1a334d'],
    ['rgb(300 -5 0)', '#ff0000'],
    ['hsl(120deg 50% 40% / 0.5)', '#33993380'],
    ['hsl(.5turn 100% 50%)', '#00ffff'],
    ['hwb(0 20% 20%)', '#cc3333'],
    ['hwb(0 60% 60%)', '#808080'],
    ['lab(50 0 0)', '#777777'],
    ['lch(50% 0 none)', '#777777'],
    // 0.6³ = 0.216 of the light, which sRGB writes as 0.502.
    ['oklab(0.6 0 0)', '#808080'],
    ['oklch(62.8% 0.2577 29.23)', '#ff0000'],
    ['color(srgb 1 0.5 0)', '#ff8000'],
    ['color(display-p3 1 1 1 / 25%)', '#ffffff40'],
    ['color(xyz-d50 0.9643 1 0.8251)', '#ffffff'],
  ])('reads %s as %s', (text, hex) => {
    expect(parseColor(text)).toBe(hex)
  })

  it.each([
    '',
    'red;',
    'red}body{display:none',
    '#12',
    '#12345',
    'url(https://example.com/x)',
    'var(--bg-primary)',
    'rgb(1,2)',
    'rgb(1 2 3 4)',
    'rgb(1, 2, 3 / 1)',
    'rgb(1deg 2 3)',
    'oklch(0.6, 0.1, 40)',
    'rgb(1,2,3) /*',
    'expression(alert(1))',
    '</style><script>',
    'color(nowhere 1 1 1)',
    'color(constructor 1 1 1)',
    'toString(1 1 1)',
    'currentcolor',
    'light-dark(red,blue)',
  ])('refuses %s', (text) => {
    expect(parseColor(text)).toBeUndefined()
  })

  it('answers in its one form or not at all, and reads that as itself', () => {
    const word = fc.constantFrom(
      '1',
      '-5',
      '50%',
      '.3',
      'none',
      '90deg',
      '1e9',
      'NaN',
      '',
      '/',
      ',',
      ' ',
      ';',
      '}',
      '*/',
    )
    const call = fc
      .tuple(fc.constantFrom('rgb', 'hsl', 'hwb', 'lab', 'oklch', 'color'), fc.array(word, { maxLength: 9 }))
      .map(([name, words]) => `${name}(${words.join(' ')})`)
    const hostile = fc.oneof(fc.string({ maxLength: 40 }), fc.stringMatching(/^[;{}<>/\\*"'()a-z#:0-9]{1,20}$/), call)
    fc.assert(
      fc.property(hostile, (text) => {
        const color = parseColor(text)
        if (color === undefined) return
        expect(color).toMatch(/^#(?:[0-9a-f]{6}|[0-9a-f]{8})$/)
        expect(parseColor(color)).toBe(color)
      }),
      { numRuns: 500 },
    )
  })
})

describe('parseRadius', () => {
  it.each([
    ['10px', '10px'],
    ['0px', '0px'],
    [' 0.50REM ', '0.5rem'],
    ['.25em', '0.25em'],
  ])('reads %s as %s', (text, radius) => {
    expect(parseRadius(text)).toBe(radius)
  })

  it.each(['', '10', '33px', '2.1rem', '-1px', '10%', '1e1px', '10px;', 'calc(1px)', '10px 20px'])(
    'refuses %s',
    (text) => {
      expect(parseRadius(text)).toBeUndefined()
    },
  )
})
