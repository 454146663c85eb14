// A merchant's look: 16 colours for light and dark, a mode, a radius, a font; named as the API names them.
import { parseColor } from './color.ts'

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
export type ThemeColors = Record<ThemeToken, string>
export type ColorMode = 'light' | 'dark'

export interface Theme {
  light: Partial<ThemeColors>
  dark: Partial<ThemeColors>
  /** 'system' leaves the choice to the customer. */
  mode: ColorMode | 'system'
  /** "10px", "0.5rem" */
  radius: string
  font: ThemeFont
}

const arabic = "'Vazirmatn Variable'"
const fonts = {
  inter: `'Inter Variable',${arabic},system-ui,sans-serif`,
  system: `system-ui,${arabic},sans-serif`,
  serif: `ui-serif,Georgia,'Times New Roman',${arabic},serif`,
  mono: `ui-monospace,'SF Mono',Menlo,Consolas,${arabic},monospace`,
} as const

export type ThemeFont = keyof typeof fonts

const light: ThemeColors = {
  bg_primary: '#ffffff',
  bg_secondary: '#f6f7f5',
  text_primary: '#17191a',
  text_secondary: '#5a6065',
  text_placeholder: '#6f757a',
  text_error: '#b0281c',
  text_success: '#17633f',
  border_primary: '#dfe2de',
  border_secondary: '#ebedea',
  button_primary: '#17493a',
  button_primary_hover: '#0f382c',
  button_secondary: '#ffffff',
  button_secondary_hover: '#f1f3f0',
  button_text_primary: '#ffffff',
  button_text_secondary: '#17191a',
  input_focus_border: '#1f6b54',
}

const dark: ThemeColors = {
  bg_primary: '#121415',
  bg_secondary: '#191c1d',
  text_primary: '#eceeed',
  text_secondary: '#a3a9ab',
  text_placeholder: '#8b9294',
  text_error: '#ff9b90',
  text_success: '#82d3a8',
  border_primary: '#2d3133',
  border_secondary: '#232728',
  button_primary: '#86d1b3',
  button_primary_hover: '#9fdec4',
  button_secondary: '#1d2022',
  button_secondary_hover: '#282c2e',
  button_text_primary: '#0b1f18',
  button_text_secondary: '#eceeed',
  input_focus_border: '#86d1b3',
}

export const defaultTheme: Theme = { light, dark, mode: 'system', radius: '10px', font: 'inter' }

const RADIUS = /^(?:\d{1,2}(?:\.\d{1,3})?)(?:px|rem|em)$/

const cache = new WeakMap<Theme, string>()

/** The theme as one CSS rule; `data-mode` of the document forces light or dark. What is not a colour, a radius or a font of the list falls back to the default's. */
export function themeCss(theme: Theme): string {
  const known = cache.get(theme)
  if (known !== undefined) return known
  const css = `:root{${declarations(theme).join(';')}}`
  cache.set(theme, css)
  return css
}

function declarations(theme: Theme): string[] {
  const colors = themeTokens.map((token) => {
    const pair = [pick(theme.light[token], light[token]), pick(theme.dark[token], dark[token])]
    return `--${token.replaceAll('_', '-')}:light-dark(${pair.join(',')})`
  })
  const radius = RADIUS.test(theme.radius) ? theme.radius : defaultTheme.radius
  const font = Object.hasOwn(fonts, theme.font) ? fonts[theme.font] : fonts.inter
  return [...colors, `--radius:${radius}`, `--font:${font}`]
}

function pick(wish: string | undefined, fallback: string): string {
  return (wish === undefined ? undefined : parseColor(wish)) ?? fallback
}
