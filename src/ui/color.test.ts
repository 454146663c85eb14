import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseColor } from './color.ts'
import { defaultTheme, themeCss, themeTokens } from './theme.ts'

describe('parseColor', () => {
  it.each([
    ['#1D4F3F', '#1d4f3f'],
    ['1d4f3f', '#1d4f3f'],
    ['fff8', '#fff8'],
    [' RebeccaPurple ', 'rebeccapurple'],
    ['rgb(1, 2, 3)', 'rgb(1, 2, 3)'],
    ['rgba(1,2,3,.5)', 'rgba(1,2,3,.5)'],
    ['hsl(120deg 50% 40% / 0.5)', 'hsl(120deg 50% 40% / 0.5)'],
    ['oklch(0.6 0.12 150)', 'oklch(0.6 0.12 150)'],
    ['color(display-p3 1 0.5 0)', 'color(display-p3 1 0.5 0)'],
  ])('reads %s', (text, css) => {
    expect(parseColor(text)).toBe(css)
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
    'rgb(1,2,3) /*',
    'expression(alert(1))',
    '</style><script>',
    'color(nowhere 1 1 1)',
    'currentcolor',
  ])('refuses %s', (text) => {
    expect(parseColor(text)).toBeUndefined()
  })
})

describe('themeCss', () => {
  const shape = /^:root\{(?:--[a-z-]+:[^;{}<>\\]+;){17}--font:[^;{}<>\\]+\}$/

  it('is one rule of 18 properties', () => {
    expect(themeCss(defaultTheme)).toMatch(shape)
  })

  it('stays that rule whatever a merchant writes', () => {
    const hostile = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.stringMatching(/^[;{}<>/\\*"'()a-z#:]{1,20}$/),
      fc.constantFrom('red;}', '10px;}*{color:red}', '</style>', '1px/**/', 'inter;x:y', '__proto__', 'constructor'),
    )
    fc.assert(
      fc.property(fc.constantFrom(...themeTokens), hostile, hostile, hostile, (token, color, radius, font) => {
        const theme = {
          ...defaultTheme,
          light: { [token]: color },
          dark: { [token]: color },
          radius,
          font: font as 'inter',
        }
        expect(themeCss(theme)).toMatch(shape)
      }),
    )
  })

  it('takes what is a colour', () => {
    expect(themeCss({ ...defaultTheme, light: { bg_primary: 'FFEEDD' } })).toContain(
      '--bg-primary:light-dark(#ffeedd,#121415)',
    )
  })
})
