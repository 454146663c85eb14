// A theme as it comes in, and the change it is for the one at hand.
import { z } from '@hono/zod-openapi'
import { notYet } from '#api/input/not-yet.ts'
import type { BodyLimits } from '#api/read-json.ts'
import { logoOf } from '#core/themes/read-theme.ts'
import type { ThemeChange } from '#core/themes/set-theme.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError, type ErrorCode } from '#src/errors.ts'
import { eachToken, presetNameSchema, themeShape } from '#wire/theme.ts'

const color = z.string().max(100).nullish().openapi({ description: 'As CSS writes colours', example: '#17493a' })
export const themeColorsInput = z.object(eachToken(() => color)).nullish()
const picture = z.string().max(2_900_000).nullish().openapi({
  description: 'PNG, JPEG, WebP, AVIF or GIF of at most 2 MB as data:image/png;base64,…; null takes it away',
})

const fields = {
  mode: themeShape.mode.nullish(),
  radius: themeShape.radius.max(20).nullish(),
  font_primary: themeShape.font_primary.nullish(),
  font_secondary: themeShape.font_secondary.nullish(),
  font_size: themeShape.font_size.nullish(),
  font_weight: themeShape.font_weight.nullish(),
  light: themeColorsInput,
  dark: themeColorsInput,
  logo: picture,
  logo_dark: picture,
  font_primary_url: notYet(z.string().nullish()),
  font_secondary_url: notYet(z.string().nullish()),
  pay_button_text: notYet(z.string().nullish()),
}

export const updateThemeBody = z.object({ preset: presetNameSchema.optional(), ...fields }).openapi('UpdateTheme')
export const replaceThemeBody = z.object({ preset: presetNameSchema, ...fields }).openapi('ReplaceTheme')

export const themeExample = {
  preset: 'iris',
  mode: 'system',
  radius: '12px',
  light: { button_primary: '#5a3fb8', button_primary_hover: 'oklch(0.4 0.17 285)' },
} as const

/** Two logos, in letters. */
export const themeLimits: BodyLimits = { bytes: 6 * 1024 * 1024, keys: 1_000 }
export const themeRefusals: ErrorCode[] = ['THEME_NOT_READABLE', 'INVALID_IMAGE']

export function toThemeChange(ctx: BusinessCtx, body: z.output<typeof updateThemeBody>): ThemeChange {
  const { logo, logo_dark, font_primary_url: _, font_secondary_url: __, pay_button_text: ___, ...look } = body
  const shown = logoOf(ctx)
  return {
    ...look,
    logo: bytesOf('logo', logo, shown?.url),
    logo_dark: bytesOf('logo_dark', logo_dark, shown?.dark?.url),
  }
}

const DATA = /^data:image\/(?:png|jpeg|webp|avif|gif);base64,([A-Za-z0-9+/]+={0,2})$/

/** What was read may be sent back: the address of the picture at hand leaves it. */
function bytesOf(field: string, sent: string | null | undefined, shown: string | undefined) {
  if (sent === undefined || sent === null) return sent
  if (sent === shown) return undefined
  const [, base64] = DATA.exec(sent) ?? []
  if (base64 !== undefined) return Buffer.from(base64, 'base64')
  throw new AppError('INVALID_IMAGE', { message: `${field} must be a data URL: data:image/png;base64,…`, field })
}
