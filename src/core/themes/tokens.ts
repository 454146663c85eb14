// The words of a theme: as the API has them, where it has them.

export const themeTokens = [
  'bg_primary',
  'bg_secondary',
  'text_primary',
  'text_secondary',
  'text_placeholder',
  'text_error',
  'text_success',
  'border_primary',
  'border_secondary',
  'button_primary',
  'button_primary_hover',
  'button_secondary',
  'button_secondary_hover',
  'button_text_primary',
  'button_text_secondary',
  'input_focus_border',
] as const

export type ThemeToken = (typeof themeTokens)[number]

/** Colours as they are kept: "#17493a", or eight digits where translucent. */
export type ThemeColors = Record<ThemeToken, string>

export const themeModes = ['light', 'dark', 'system'] as const
/** `system` leaves the choice to the customer. */
export type ThemeMode = (typeof themeModes)[number]

/** Served by us or on the reader's machine already: no page asks a foreign host for a font. */
export const themeFonts = ['inter', 'system', 'humanist', 'geometric', 'rounded', 'serif', 'slab', 'mono'] as const
export type ThemeFont = (typeof themeFonts)[number]

/** Of running text: 14, 14.5, 15, 16, 17 and 18 pixels. */
export const themeFontSizes = ['xs', 'sm', 'md', 'lg', 'xl', '2xl'] as const
export type ThemeFontSize = (typeof themeFontSizes)[number]

/** Of running text; headings and buttons keep their distance to it. */
export const themeFontWeights = ['normal', 'medium', 'bold', 'extraBold'] as const
export type ThemeFontWeight = (typeof themeFontWeights)[number]

export const presetNames = ['grove', 'harbor', 'ember', 'graphite', 'iris'] as const
export type PresetName = (typeof presetNames)[number]

/** Everything but the colours. */
export interface ThemeShape {
  mode: ThemeMode
  /** "10px", "0.625rem" */
  radius: string
  font_primary: ThemeFont
  /** Of headings. */
  font_secondary: ThemeFont
  font_size: ThemeFontSize
  font_weight: ThemeFontWeight
}

export interface Theme extends ThemeShape {
  light: ThemeColors
  dark: ThemeColors
}
