import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Theme, themeCss } from './theme.ts'

const plain: Theme = {
  light: { bg_primary: '#ffffff', text_primary: '#111111' },
  dark: { bg_primary: '#111111', text_primary: '#111111' },
  mode: 'system',
  radius: '10px',
  font_primary: 'system',
  font_secondary: 'system',
  font_size: 'lg',
  font_weight: 'medium',
}

describe('themeCss', () => {
  it('is one rule, with both colours where they differ', () => {
    const font = "system-ui,'Vazirmatn Variable',sans-serif"
    expect(themeCss(plain)).toBe(
      `:root{--bg-primary:light-dark(#ffffff,#111111);--text-primary:#111111;--radius:10px;--font:${font};--font-heading:${font};--font-size:106.667%;--bolder:100}`,
    )
  })

  it('stays one rule of known properties whatever it is handed', () => {
    const hostile = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.stringMatching(/^[;{}<>/\\*"'()a-z#:]{1,20}$/),
      fc.constantFrom('red;}', '#ffffff;x:y', '10px;}*{color:red}', '</style>', '1px/**/', '__proto__', 'constructor'),
    )
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 5, maxLength: 5 }), ([token, color, night, radius, word]) => {
        const colors = (value: string | undefined) => Object.fromEntries([[token, value]])
        const names = { font_primary: word, font_secondary: word, font_size: word, font_weight: word }
        const theme = { ...plain, light: colors(color), dark: colors(night), radius, ...names } as unknown as Theme
        expect(themeCss(theme)).toMatch(/^:root\{(?:--[a-z-]+:[^;{}<>\\]+(?:;(?!\})|(?=\}$)))+\}$/)
      }),
    )
  })
})
