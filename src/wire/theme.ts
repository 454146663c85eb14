// How a business looks, as the API sends it: the names of a checkout's theme_config, where it has them.
import { z } from '@hono/zod-openapi'
import { presets } from '#core/themes/presets.ts'
import { logoOf, themeOf } from '#core/themes/read-theme.ts'
import {
  type PresetName,
  presetNames,
  type Theme,
  type ThemeToken,
  themeFontSizes,
  themeFonts,
  themeFontWeights,
  themeModes,
  themeTokens,
} from '#core/themes/tokens.ts'

export const presetNameSchema = z.enum(presetNames).openapi({ description: 'The look it starts from', example: 'iris' })
export const themeFontSchema = z.enum(themeFonts).openapi({ description: 'Served by us or the reader’s own' })

export const themeShape = {
  mode: z.enum(themeModes).openapi({ description: 'system leaves light or dark to the customer' }),
  radius: z.string().openapi({ description: 'Of corners: px, rem or em, at most 32px', example: '10px' }),
  font_primary: themeFontSchema,
  font_secondary: themeFontSchema.openapi({ description: 'Of headings' }),
  font_size: z.enum(themeFontSizes).openapi({ description: 'Of running text: 14, 14.5, 15, 16, 17 or 18 pixels' }),
  font_weight: z.enum(themeFontWeights).openapi({ description: 'Of running text; the rest keeps its distance' }),
}

const colorsSchema = z
  .object(eachToken(() => z.string().openapi({ example: '#17493a' })))
  .openapi('ThemeColors', { description: 'In hexadecimal, eight digits where translucent' })

const lookSchema = z.object({ preset: presetNameSchema, ...themeShape, light: colorsSchema, dark: colorsSchema })

export const themeSchema = lookSchema
  .extend({
    logo: z.string().nullable().openapi({ description: 'Where it is served' }),
    logo_dark: z.string().nullable().openapi({ description: 'Over dark backgrounds; null where there is but one' }),
  })
  .openapi('Theme')

export const presetsSchema = z.object({ items: z.array(lookSchema.openapi('ThemePreset')) }).openapi('ThemePresets')

export function themeToWire(ctx: Parameters<typeof logoOf>[0]): z.output<typeof themeSchema> {
  const logo = logoOf(ctx)
  const look = lookOf((ctx.business.theme?.preset ?? 'grove') as PresetName, themeOf(ctx.business))
  return { ...look, logo: logo?.url ?? null, logo_dark: logo?.dark?.url ?? null }
}

export function presetsToWire(): z.output<typeof presetsSchema> {
  return { items: presetNames.map((name) => lookOf(name, presets[name])) }
}

function lookOf(preset: PresetName, theme: Theme): z.output<typeof lookSchema> {
  const { mode, radius, font_primary, font_secondary, font_size, font_weight } = theme
  const light = eachToken((token) => theme.light[token])
  const dark = eachToken((token) => theme.dark[token])
  return { preset, mode, radius, font_primary, font_secondary, font_size, font_weight, light, dark }
}

export function eachToken<T>(make: (token: ThemeToken) => T): Record<ThemeToken, T> {
  return Object.fromEntries(themeTokens.map((token) => [token, make(token)])) as Record<ThemeToken, T>
}
