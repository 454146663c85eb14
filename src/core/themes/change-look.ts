// A look with what is named of it changed: read into the one form that is kept, and refused where people could not read it.
import type { StoredLook } from '#db/json-types.ts'
import { AppError } from '#src/errors.ts'
import { listFaults } from './contrast.ts'
import { parseColor } from './parse-color.ts'
import { parseRadius } from './parse-radius.ts'
import { overlay } from './read-theme.ts'
import { type PresetName, type Theme, type ThemeShape, type ThemeToken, themeTokens } from './tokens.ts'

/** As merchants write them; null goes back to the preset's. */
export type ColorChange = Partial<Record<ThemeToken, string | null | undefined>>

export type LookChange = { [Name in keyof ThemeShape]?: ThemeShape[Name] | null | undefined } & {
  preset?: PresetName | undefined
  light?: ColorChange | null | undefined
  dark?: ColorChange | null | undefined
}

/** Of a business that never said how it looks. */
export const BLANK_LOOK: StoredLook = {
  preset: 'grove',
  mode: null,
  radius: null,
  font_primary: null,
  font_secondary: null,
  font_size: null,
  font_weight: null,
  light: {},
  dark: {},
}

/** Throws THEME_NOT_READABLE where people could not read it, INVALID_REQUEST_BODY for what is no colour or no radius. */
export function changeLook(before: StoredLook, change: LookChange): StoredLook {
  const { preset, light, dark, radius, ...shape } = change
  const named = Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined))
  const { mode, font_primary, font_secondary, font_size, font_weight } = { ...before, ...named }
  const after = {
    ...{ mode, font_primary, font_secondary, font_size, font_weight },
    preset: preset ?? before.preset,
    radius: radius === undefined ? before.radius : radius === null ? null : radiusOf(radius),
    light: colorsOf('light', before.light, light),
    dark: colorsOf('dark', before.dark, dark),
  }
  assertReadable(overlay(after))
  return after
}

function radiusOf(text: string): string {
  const radius = parseRadius(text)
  if (radius === undefined) throw refused('radius', 'must be a length of at most 32px or 2rem, such as 10px')
  return radius
}

function colorsOf(mode: 'light' | 'dark', before: StoredLook['light'], change: ColorChange | null | undefined) {
  if (change === undefined) return before
  if (change === null) return {}
  const colors = { ...before }
  for (const token of themeTokens) {
    const wish = change[token]
    if (wish === undefined) continue
    delete colors[token]
    if (wish !== null) colors[token] = colorOf(`${mode}.${token}`, wish)
  }
  return colors
}

function colorOf(field: string, wish: string): string {
  const color = parseColor(wish)
  if (color === undefined) throw refused(field, 'must be a colour of CSS, such as #17493a or oklch(0.4 0.1 160)')
  if (field.endsWith('.bg_primary') && color.length > 7) throw refused(field, 'must not be translucent')
  return color
}

export function refused(field: string, message: string): AppError {
  return new AppError('INVALID_REQUEST_BODY', { message: `${field} ${message}`, field })
}

/** Only what is ever seen has to be readable. */
function assertReadable(theme: Theme): void {
  for (const mode of ['light', 'dark'] as const) {
    if (theme.mode !== 'system' && theme.mode !== mode) continue
    const [fault, ...others] = listFaults(theme[mode])
    if (fault === undefined) continue
    const ground = fault.tinted ? `its own tint over ${fault.on}` : fault.on
    const message = `${mode}.${fault.text} on ${ground} has a contrast of ${fault.ratio.toFixed(2)}:1 and needs at least ${fault.least}:1`
    const more = others.length === 0 ? '' : `; ${others.length} more pairs are too close`
    throw new AppError('THEME_NOT_READABLE', { message: `${message}${more}`, field: `${mode}.${fault.text}` })
  }
}
