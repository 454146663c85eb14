// How mails look: every colour, the radius and the logo in one object, so that a merchant's theme has one thing to replace.

import { type Logo, logoOf, themeOf } from '#core/themes/read-theme.ts'
import type { ThemeColors } from '#core/themes/tokens.ts'
import type { BusinessCtx } from '#src/context.ts'
import { fonts } from '#ui/fonts.ts'

export interface MailColors {
  page: string
  sheet: string
  border: string
  ink: string
  soft: string
  button: string
  button_text: string
  well: string
}

export interface MailLook {
  light: MailColors
  /** For readers that ask for the dark; null where the merchant decided. */
  dark: MailColors | null
  mode: 'light' | 'dark' | 'system'
  radius: string
  /** Stacks of families, in single quotes. */
  fonts: { text: string; headings: string }
  /** At an absolute address; the only image a mail may have. */
  logo: Logo | null
}

/** Of the business's theme: a merchant who is only ever light or dark is so in mails, too. */
export function lookOf(ctx: BusinessCtx): MailLook {
  const theme = themeOf(ctx.business)
  const { mode } = theme
  return {
    light: colorsOf(theme[mode === 'dark' ? 'dark' : 'light']),
    dark: mode === 'system' ? colorsOf(theme.dark) : null,
    mode,
    radius: theme.radius,
    fonts: { text: fonts[theme.font_primary], headings: fonts[theme.font_secondary] },
    logo: logoOf(ctx),
  }
}

function colorsOf(colors: ThemeColors): MailColors {
  return {
    page: colors.bg_secondary,
    sheet: colors.bg_primary,
    border: colors.border_primary,
    ink: colors.text_primary,
    soft: colors.text_secondary,
    button: colors.button_primary,
    button_text: colors.button_text_primary,
    well: colors.bg_secondary,
  }
}
