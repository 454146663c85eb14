// From the row to what is drawn: the preset, and over it what the merchant changed.

import { type Image, imageAt } from '#core/images/image-at.ts'
import type { StoredLook } from '#db/json-types.ts'
import type { BusinessCtx, StoredTheme } from '#src/context.ts'
import { contrast, READABLE } from './contrast.ts'
import { presets } from './presets.ts'
import {
  presetNames,
  type Theme,
  type ThemeColors,
  themeFontSizes,
  themeFonts,
  themeFontWeights,
  themeTokens,
} from './tokens.ts'

const MOST_KNOWN = 1_000
const known = new Map<string, DrawnTheme>()

/** With the colours that follow from the merchant's. */
export interface DrawnTheme extends Omit<Theme, 'light' | 'dark'> {
  light: DrawnColors
  dark: DrawnColors
}

type DrawnColors = ThemeColors & { warn_text: string }

/** The very same object while it is the same theme, so that what is made of it is made once. */
export function themeOf({
  theme,
}: {
  theme: (StoredLook & Partial<Pick<StoredTheme, 'logo' | 'logo_dark'>>) | null
}): DrawnTheme {
  if (theme === null) return plainTheme
  const { logo: _, logo_dark: __, ...look } = theme
  const key = JSON.stringify(look)
  const found = known.get(key)
  if (found !== undefined) return found
  if (known.size >= MOST_KNOWN) known.clear()
  const made = drawn(overlay(theme))
  known.set(key, made)
  return made
}

const WARNINGS = ['#764700', '#f0c987'] as const

/** The colour of warnings, which merchants do not choose: the amber that can be read on their background, or else their text's. */
function warningText({ bg_primary, text_primary }: ThemeColors): string {
  return WARNINGS.find((amber) => contrast(amber, bg_primary) >= READABLE * 1.2) ?? text_primary
}

function drawn(theme: Theme): DrawnTheme {
  const { light, dark } = theme
  const withWarning = (colors: ThemeColors) => ({ ...colors, warn_text: warningText(colors) })
  return { ...theme, light: withWarning(light), dark: withWarning(dark) }
}

/** Where a business has none of its own, and on pages of no business. */
export const plainTheme = drawn(presets.grove)

/** A word of a later version that this one does not know is the preset's. */
export function overlay(stored: StoredLook): Theme {
  const preset = presets[oneOf(presetNames, stored.preset, 'grove')]
  return {
    mode: stored.mode ?? preset.mode,
    radius: stored.radius ?? preset.radius,
    font_primary: oneOf(themeFonts, stored.font_primary, preset.font_primary),
    font_secondary: oneOf(themeFonts, stored.font_secondary, preset.font_secondary),
    font_size: oneOf(themeFontSizes, stored.font_size, preset.font_size),
    font_weight: oneOf(themeFontWeights, stored.font_weight, preset.font_weight),
    light: { ...preset.light, ...onlyTokens(stored.light) },
    dark: { ...preset.dark, ...onlyTokens(stored.dark) },
  }
}

function oneOf<T extends string>(words: readonly T[], word: string | null | undefined, otherwise: T): T {
  return words.find((each) => each === word) ?? otherwise
}

function onlyTokens(colors: Readonly<Record<string, string>>): Partial<ThemeColors> {
  return Object.fromEntries(themeTokens.flatMap((token) => (colors[token] ? [[token, colors[token]]] : [])))
}

export interface Logo extends Image {
  /** Over dark backgrounds; null where there is but one. */
  dark: Image | null
}

export function logoOf({ business, urls }: BusinessCtx): Logo | null {
  const { business_id, theme } = business
  const logo = imageAt(urls, business_id, theme?.logo)
  return logo && { ...logo, dark: imageAt(urls, business_id, theme?.logo_dark) }
}
