import { describe, expect, it, test } from 'vitest'
import { contrast, listFaults, mixed, READABLE, ratioOf } from './contrast.ts'
import { readHex } from './parse-color.ts'
import { presets } from './presets.ts'
import { overlay, themeOf } from './read-theme.ts'
import { presetNames, themeTokens } from './tokens.ts'

const looks = presetNames.flatMap((name) => (['light', 'dark'] as const).map((mode) => [name, mode] as const))

describe.each(looks)('%s by %s', (name, mode) => {
  const colors = presets[name][mode]

  it('can be read', () => {
    expect(listFaults(colors)).toEqual([])
  })

  it('names every colour, opaque', () => {
    expect(Object.keys(colors)).toEqual([...themeTokens])
    for (const color of Object.values(colors)) expect(color).toMatch(/^#[0-9a-f]{6}$/)
  })

  it('has warnings that can be read on their tint, and a danger button', () => {
    const { warn_text } = themeOf({ theme: { ...untouched, preset: name } })[mode]
    const amber = mode === 'light' ? '#f3a712' : '#e0a030'
    const ratio = ratioOf(readHex(warn_text).rgb, mixed(amber, colors.bg_primary, 0.15))
    expect(ratio).toBeGreaterThanOrEqual(READABLE)
    const pressed = mixed(colors.text_error, colors.text_primary, 0.88)
    expect(ratioOf(readHex(colors.bg_primary).rgb, pressed)).toBeGreaterThanOrEqual(READABLE)
  })
})

const untouched = {
  preset: 'grove',
  mode: null,
  radius: null,
  font_primary: null,
  font_secondary: null,
  font_size: null,
  font_weight: null,
  light: {},
  dark: {},
  logo: null,
  logo_dark: null,
}

test('contrast is that of WCAG: 21 for black on white, 4.54 for #767676', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
  expect(contrast('#00000000', '#ffffff')).toBe(1)
})

test('a grey on grey is a fault, the worst first, and what the tint takes is seen', () => {
  const { light } = presets.grove
  // #777777 on white is 4.47; on the darker second background less.
  const faults = listFaults({ ...light, text_secondary: '#777777' })
  expect(faults.map(({ text, on, tinted }) => [text, on, tinted])).toEqual([
    ['text_secondary', 'bg_primary', true],
    ['text_secondary', 'bg_secondary', false],
    ['text_secondary', 'bg_primary', false],
  ])
  expect(faults.at(-1)?.ratio).toBe(4.47)
  expect(listFaults({ ...light, input_focus_border: '#c0c0c0' })[0]).toMatchObject({ least: 3 })
})

test('what this version does not know is the preset’s, and one theme is one object', () => {
  const theme = { ...untouched, preset: 'later', font_primary: 'comic', light: { bg_third: '#ffffff' } }
  expect(overlay(theme)).toEqual(presets.grove)
  expect(themeOf({ theme: { ...untouched } })).toBe(themeOf({ theme: { ...untouched, logo: null } }))
})
